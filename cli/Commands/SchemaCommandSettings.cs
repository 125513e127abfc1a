namespace Mlops.Cli.Commands;

/// <summary>What <c>mlops schema</c> is asked.</summary>
/// <param name="Global">Options of every command.</param>
/// <param name="Type">A pipeline type; null for all.</param>
public sealed record SchemaCommandSettings(GlobalSettings Global, string? Type)
{
    /// <summary>Whether the deployment takes models from the SageMaker Model Registry; its default is no.</summary>
    public bool UseModelRegistry { get; init; }

    /// <summary>Whether keys that mean nothing are refused.</summary>
    public bool Strict { get; init; }
}
