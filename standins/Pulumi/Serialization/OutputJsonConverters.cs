using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pulumi.Serialization;

/// <summary>
/// Writes outputs and inputs as their values, and keeps what it met: how known and secret they were, where they came from,
/// and those that have no value yet.
/// </summary>
internal sealed class OutputJsonConverters(OutputData<int> around) : JsonConverterFactory
{
    /// <summary>The tasks of outputs that could not be written yet.</summary>
    public List<Task> Pending { get; } = [];

    /// <summary>What surrounds the outputs and all of them together.</summary>
    public OutputData<int> Seen { get; private set; } = around;

    public JsonSerializerOptions AddedTo(JsonSerializerOptions? options)
    {
        var with = options is null ? new JsonSerializerOptions() : new JsonSerializerOptions(options);
        with.Converters.Add(this);
        return with;
    }

    public override bool CanConvert(Type typeToConvert) => ConverterOf(typeToConvert) is not null;

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)
            Activator.CreateInstance(
                ConverterOf(typeToConvert)!.MakeGenericType(typeToConvert.GenericTypeArguments),
                this
            )!;

    private static Type? ConverterOf(Type type)
    {
        var open = type.IsGenericType ? type.GetGenericTypeDefinition() : null;

        return open == typeof(Output<>) ? typeof(OfOutput<>)
            : open == typeof(Input<>) ? typeof(OfInput<>)
            : open == typeof(InputList<>) ? typeof(OfList<>)
            : open == typeof(InputMap<>) ? typeof(OfMap<>)
            : null;
    }

    private abstract class Of<TShape, T>(OutputJsonConverters all) : JsonConverter<TShape>
    {
        protected abstract Output<T> Output(TShape shape);

        protected abstract TShape Shape(Output<T> output);

        public override TShape Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var value = JsonSerializer.Deserialize<T>(ref reader, options)!;
            return Shape(new Output<T>(Task.FromResult(all.Seen.With(value))));
        }

        public override void Write(Utf8JsonWriter writer, TShape value, JsonSerializerOptions options)
        {
            var task = Output(value).DataTask;

            if (!task.IsCompleted)
            {
                all.Pending.Add(task);
                writer.WriteNullValue();
                return;
            }

            var data = task.GetAwaiter().GetResult();
            all.Seen = new(
                all.Seen.Resources.Union(data.Resources),
                0,
                all.Seen.IsKnown && data.IsKnown,
                all.Seen.IsSecret || data.IsSecret
            );

            if (data.IsKnown)
            {
                JsonSerializer.Serialize(writer, data.Value, options);
            }
            else
            {
                writer.WriteNullValue();
            }
        }
    }

    private sealed class OfOutput<T>(OutputJsonConverters all) : Of<Output<T>, T>(all)
    {
        protected override Output<T> Output(Output<T> shape) => shape;

        protected override Output<T> Shape(Output<T> output) => output;
    }

    private sealed class OfInput<T>(OutputJsonConverters all) : Of<Input<T>, T>(all)
    {
        protected override Output<T> Output(Input<T> shape) => shape;

        protected override Input<T> Shape(Output<T> output) => output;
    }

    private sealed class OfList<T>(OutputJsonConverters all) : Of<InputList<T>, ImmutableArray<T>>(all)
    {
        protected override Output<ImmutableArray<T>> Output(InputList<T> shape) => shape;

        protected override InputList<T> Shape(Output<ImmutableArray<T>> output) => output;
    }

    private sealed class OfMap<T>(OutputJsonConverters all) : Of<InputMap<T>, ImmutableDictionary<string, T>>(all)
    {
        protected override Output<ImmutableDictionary<string, T>> Output(InputMap<T> shape) => shape;

        protected override InputMap<T> Shape(Output<ImmutableDictionary<string, T>> output) => output;
    }
}
