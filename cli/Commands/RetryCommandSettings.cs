namespace Mlops.Cli.Commands;

/// <summary>What <c>mlops retry</c> is asked.</summary>
/// <param name="Global">Options of every command.</param>
/// <param name="Pipeline">Name or ARN.</param>
/// <param name="Stage">The stage, or its target.</param>
public sealed record RetryCommandSettings(GlobalSettings Global, string Pipeline, string Stage);
