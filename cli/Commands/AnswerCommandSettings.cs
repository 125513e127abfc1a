namespace Mlops.Cli.Commands;

/// <summary>What <c>mlops approve</c> and <c>mlops reject</c> are asked.</summary>
/// <param name="Global">Options of every command.</param>
/// <param name="Pipeline">Name or ARN.</param>
/// <param name="Target">What waits; null where only one does.</param>
/// <param name="Decision"><c>approve</c> or <c>reject</c>.</param>
/// <param name="Comment">Why.</param>
public sealed record AnswerCommandSettings(
    GlobalSettings Global,
    string Pipeline,
    string? Target,
    string Decision,
    string Comment
);
