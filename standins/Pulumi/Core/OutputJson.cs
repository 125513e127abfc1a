using System.Text.Json;
using Pulumi.Serialization;

namespace Pulumi;

public static partial class Output
{
    /// <summary>The value as JSON; it may hold further outputs, and is as unknown and as secret as they are.</summary>
    public static Output<string> JsonSerialize<T>(Output<T> value, JsonSerializerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new(SerializeAsync(value, options));
    }

    /// <summary>Reads JSON; outputs inside are as secret as the text was.</summary>
    public static Output<T> JsonDeserialize<T>(Output<string> json, JsonSerializerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        return new(DeserializeAsync<T>(json, options));
    }

    private static async Task<OutputData<string>> SerializeAsync<T>(Output<T> value, JsonSerializerOptions? options)
    {
        var data = await value.DataTask;

        if (!data.IsKnown)
        {
            return data.With("");
        }

        // Converters cannot wait. So a pass that meets outputs without a value yet is repeated when they have one.
        while (true)
        {
            var outputs = new OutputJsonConverters(data.With(0));
            var json = JsonSerializer.Serialize(data.Value, outputs.AddedTo(options));

            if (outputs.Pending.Count == 0)
            {
                return outputs.Seen.With(outputs.Seen.IsKnown ? json : "");
            }

            await Task.WhenAll(outputs.Pending);
        }
    }

    private static async Task<OutputData<T>> DeserializeAsync<T>(Output<string> json, JsonSerializerOptions? options)
    {
        var data = await json.DataTask;
        return data.With(
            data.IsKnown
                ? JsonSerializer.Deserialize<T>(data.Value, new OutputJsonConverters(data.With(0)).AddedTo(options))!
                : default!
        );
    }
}
