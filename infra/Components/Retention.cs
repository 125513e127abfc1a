using Pulumi;

namespace Mlops.Infra.Components;

/// <summary>What holds data either outlives the stack and is protected, or goes with it.</summary>
internal static class Retention
{
    public static CustomResourceOptions Of(bool retain, Resource parent) =>
        retain
            ? new CustomResourceOptions
            {
                Parent = parent,
                Protect = true,
                RetainOnDelete = true,
            }
            : new CustomResourceOptions { Parent = parent };
}
