namespace Mlops.Cli.Commands;

/// <summary>What <c>mlops validate</c> is asked.</summary>
/// <param name="Global">Options of every command.</param>
/// <param name="Files">The requests; <c>-</c> for standard input.</param>
public sealed record ValidateCommandSettings(GlobalSettings Global, IReadOnlyList<string> Files)
{
    /// <summary>Whether the deployment takes models from the SageMaker Model Registry; its default is no.</summary>
    public bool UseModelRegistry { get; init; }
}
