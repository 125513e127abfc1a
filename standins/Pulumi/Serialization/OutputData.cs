using System.Collections.Immutable;

namespace Pulumi.Serialization;

/// <summary>What an output carries: a value, whether it is known and secret, and the resources that it came from.</summary>
internal readonly record struct OutputData<T>(
    ImmutableHashSet<Resource> Resources,
    T Value,
    bool IsKnown,
    bool IsSecret
)
{
    public OutputData<TResult> With<TResult>(TResult value) => new(Resources, value, IsKnown, IsSecret);
}

internal static class OutputData
{
    public static OutputData<T> Known<T>(T value, bool isSecret = false) => new([], value, IsKnown: true, isSecret);

    public static OutputData<T> Unknown<T>(T value = default!) => new([], value, IsKnown: false, IsSecret: false);
}
