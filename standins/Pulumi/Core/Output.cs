using System.Collections.Immutable;
using System.Globalization;
using Pulumi.Serialization;

namespace Pulumi;

/// <summary>Makes and combines outputs.</summary>
public static partial class Output
{
    /// <summary>An output that is known already.</summary>
    public static Output<T> Create<T>(T value) => Create(Task.FromResult(value));

    /// <summary>An output of the task's result.</summary>
    public static Output<T> Create<T>(Task<T> value) => Output<T>.Create(value);

    /// <summary>A secret that is known already.</summary>
    public static Output<T> CreateSecret<T>(T value) => CreateSecret(Task.FromResult(value));

    /// <summary>A secret that is the task's result.</summary>
    public static Output<T> CreateSecret<T>(Task<T> value) => Output<T>.Create(value, isSecret: true);

    /// <summary>The same output as a secret.</summary>
    public static Output<T> CreateSecret<T>(Output<T> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.WithSecret(true);
    }

    /// <summary>The same output, no secret any more.</summary>
    public static Output<T> Unsecret<T>(Output<T> output) => output.WithSecret(false);

    /// <summary>Whether the output is a secret.</summary>
    public static async Task<bool> IsSecretAsync<T>(Output<T> output) => (await output.DataTask).IsSecret;

    /// <summary>All values in order; unknown when one is, secret when one is.</summary>
    public static Output<ImmutableArray<T>> All<T>(params Input<T>[] inputs) => All(inputs.AsEnumerable());

    /// <inheritdoc cref="All{T}(Input{T}[])"/>
    public static Output<ImmutableArray<T>> All<T>(IEnumerable<Input<T>> inputs) =>
        All(inputs.Select(input => (Output<T>)input));

    /// <inheritdoc cref="All{T}(Input{T}[])"/>
    public static Output<ImmutableArray<T>> All<T>(params Output<T>[] outputs) => All(outputs.AsEnumerable());

    /// <inheritdoc cref="All{T}(Input{T}[])"/>
    public static Output<ImmutableArray<T>> All<T>(IEnumerable<Output<T>> outputs) => new(AllAsync(outputs.ToList()));

    /// <summary>An interpolated text whose holes may be outputs; formatted invariantly.</summary>
    public static Output<string> Format(FormattableString formattableString) =>
        All(formattableString.GetArguments().Select(ToObjectOutput))
            .Apply(values => string.Format(CultureInfo.InvariantCulture, formattableString.Format, [.. values]));

    private static async Task<OutputData<ImmutableArray<T>>> AllAsync<T>(List<Output<T>> outputs)
    {
        var values = ImmutableArray.CreateBuilder<T>(outputs.Count);
        var combined = OutputData.Known(0);

        foreach (var output in outputs)
        {
            var data = await output.DataTask;
            values.Add(data.Value);
            combined = Combine(combined, data);
        }

        return combined.With(values.MoveToImmutable());
    }

    private static OutputData<int> Combine<T>(OutputData<int> sum, OutputData<T> next) =>
        new(sum.Resources.Union(next.Resources), 0, sum.IsKnown && next.IsKnown, sum.IsSecret || next.IsSecret);

    private static Output<object?> ToObjectOutput(object? value) =>
        value switch
        {
            IInput input => new(input.ToOutput().GetDataAsync()),
            IOutput output => new(output.GetDataAsync()),
            _ => Create(value),
        };
}
