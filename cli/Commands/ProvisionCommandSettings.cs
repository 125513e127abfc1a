namespace Mlops.Cli.Commands;

/// <summary>What <c>mlops provision</c> is asked.</summary>
/// <param name="Global">Options of every command.</param>
/// <param name="File">The request; <c>-</c> for standard input.</param>
/// <param name="Force">Update the pipeline's definition even though that ends an execution that runs or waits.</param>
public sealed record ProvisionCommandSettings(GlobalSettings Global, string File, bool Force)
{
    /// <summary>Reject what of the pipeline waits for an approval, and deliver this instead.</summary>
    public bool ReplaceWaiting { get; init; }
}
