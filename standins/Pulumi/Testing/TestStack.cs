namespace Pulumi.Testing;

/// <summary>The stack of a program that is only a function.</summary>
internal sealed class TestStack : Stack
{
    public IDictionary<string, object?> Results { get; set; } = new Dictionary<string, object?>();
}
