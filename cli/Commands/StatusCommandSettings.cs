namespace Mlops.Cli.Commands;

/// <summary>What <c>mlops status</c> is asked.</summary>
/// <param name="Global">Options of every command.</param>
/// <param name="Pipeline">Name or id.</param>
/// <param name="Watch">Stay until it has succeeded, failed, or waits for nothing but an approval.</param>
public sealed record StatusCommandSettings(GlobalSettings Global, string Pipeline, bool Watch)
{
    /// <summary>Time between two looks.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(2);
}
