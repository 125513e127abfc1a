using Mlops.Provisioning.Requests;

namespace Mlops.Cli;

/// <summary>Ends a command with <see cref="ExitCode.Failed"/>: something that the user can put right. Never a bug of ours.</summary>
public sealed class ExpectedFailureException(string message, string remedy, Exception? cause = null)
    : Exception(message, cause)
{
    /// <summary>What to do about it, one sentence or a command.</summary>
    public string Remedy { get; } = remedy;

    /// <summary>Status of the API's answer; null when none came.</summary>
    public int? Status { get; init; }

    /// <summary>The file that the findings are about; null when there is none.</summary>
    public string? File { get; init; }

    /// <summary>What the API found wrong with the request.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];
}
