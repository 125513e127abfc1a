namespace Pulumi.AwsNative;

internal static class Utilities
{
    /// <summary>The first of these environment variables that is set.</summary>
    public static string? GetEnv(params string[] names) =>
        names.Select(Environment.GetEnvironmentVariable).FirstOrDefault(value => value is not null);

    /// <summary>What every resource of this package asks of the engine, with what the program asks.</summary>
    public static CustomResourceOptions Options(CustomResourceOptions? options, params string[] replaceOnChanges)
    {
        var merged = CustomResourceOptions.Merge(
            new CustomResourceOptions { Version = Version, ReplaceOnChanges = [.. replaceOnChanges] },
            options
        );
        merged.Id = "";
        return merged;
    }

    public static InvokeOptions Options(InvokeOptions? options)
    {
        var result = options ?? new InvokeOptions();
        result.Version ??= Version;
        return result;
    }

    /// <summary>The version of the official package whose surface this is a part of.</summary>
    public const string Version = "1.79.0";
}

internal sealed class AwsNativeResourceTypeAttribute(string type) : ResourceTypeAttribute(type, Utilities.Version);
