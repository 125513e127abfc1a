using Pulumi;

namespace Mlops.Infra.Components;

/// <summary>
/// What holds data either outlives the stack or goes with it. Not protected: a protected resource makes <c>pulumi destroy</c>
/// fail instead of leaving it (docs/decisions/0005-retained-not-protected.md).
/// </summary>
internal static class Retention
{
    public static CustomResourceOptions Of(bool retain, Resource parent) =>
        new() { Parent = parent, RetainOnDelete = retain ? true : null };
}
