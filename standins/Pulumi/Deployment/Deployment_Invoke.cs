using System.Collections.Immutable;
using Pulumi.Serialization;

namespace Pulumi;

public sealed partial class Deployment
{
    /// <summary>Calls a function when its arguments are known; not at all when one is not.</summary>
    internal async Task<OutputData<T>> InvokeWhenKnownAsync<T>(string token, InvokeArgs args, InvokeOptions? options)
    {
        var wire = await SerializeAsync($"invoke:{token}", (args ?? InvokeArgs.Empty).ToDictionary());
        var explicitly = options is InvokeOutputOptions { DependsOn: var first }
            ? await first.ToOutput().GetValueAsync(whenUnknown: [])
            : [];

        if (wire.Values.Values.Any(value => !Deserializer.Deserialize(value).IsKnown))
        {
            return OutputData.Unknown<T>();
        }

        foreach (var custom in Reachable([.. wire.Dependencies, .. explicitly]).OfType<CustomResource>())
        {
            // A resource that is only referred to has no id.
            if (custom.Id is not null && !(await custom.Id.DataTask).IsKnown)
            {
                return OutputData.Unknown<T>();
            }
        }

        var data = new Converter(warning => Log.Warn(warning)).Convert<T>(
            $"{token} result",
            await InvokeAsync(token, wire.Values, options)
        );
        return data with { Resources = [.. wire.Dependencies, .. explicitly] };
    }

    /// <summary>Calls a function with the arguments that are known.</summary>
    internal async Task<T> InvokeNowAsync<T>(string token, InvokeArgs args, InvokeOptions? options)
    {
        var wire = await SerializeAsync($"invoke:{token}", (args ?? InvokeArgs.Empty).ToDictionary());
        var result = await InvokeAsync(token, wire.Values, options);
        return new Converter(warning => Log.Warn(warning)).Convert<T>($"{token} result", result).Value;
    }

    private async Task<ImmutableDictionary<string, object?>> InvokeAsync(
        string token,
        ImmutableDictionary<string, object?> args,
        InvokeOptions? options
    )
    {
        var provider = options?.Provider ?? options?.Parent?.GetProvider(token);
        return await _monitor.InvokeAsync(token, args, provider is null ? "" : await provider.ReferenceAsync());
    }
}
