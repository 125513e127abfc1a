namespace Mlops.Cli.Commands;

/// <summary>What <c>mlops delete</c> is asked.</summary>
/// <param name="Global">Options of every command.</param>
/// <param name="Pipeline">Name or ARN; null for all pipelines of the deployment.</param>
public sealed record DeleteCommandSettings(GlobalSettings Global, string? Pipeline)
{
    /// <summary>Nobody is asked.</summary>
    public bool Yes { get; init; }

    /// <summary>Take down also what runs or waits.</summary>
    public bool Force { get; init; }

    /// <summary>Stay until all of it is gone, or failed.</summary>
    public bool Watch { get; init; }

    /// <summary>Between two looks.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(5);
}
