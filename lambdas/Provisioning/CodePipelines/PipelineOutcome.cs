using Mlops.Provisioning.Requests;

namespace Mlops.Provisioning.CodePipelines;

/// <summary>What a call about one pipeline came to: <see cref="Answered{T}"/> or <see cref="Declined{T}"/>.</summary>
/// <typeparam name="T">The answer.</typeparam>
public abstract record PipelineOutcome<T>
{
    private protected PipelineOutcome() { }
}

/// <summary>It was done.</summary>
/// <param name="Answer">What is to be told of it.</param>
public sealed record Answered<T>(T Answer) : PipelineOutcome<T>;

/// <summary>It was not done; nothing was changed.</summary>
/// <param name="Refusal">Why not.</param>
public sealed record Declined<T>(Refusal Refusal) : PipelineOutcome<T>;

/// <summary>Why something was not done.</summary>
/// <param name="Reason">Which kind of refusal.</param>
/// <param name="Findings">Every reason, at least one.</param>
public sealed record Refusal(RefusalReason Reason, IReadOnlyList<Finding> Findings)
{
    internal static Refusal Of(IReadOnlyList<Finding> findings) =>
        new(
            findings.Any(finding => finding.Code == FindingCodes.TooLarge)
                ? RefusalReason.TooLarge
                : RefusalReason.Invalid,
            findings
        );

    internal static Refusal NotFound(Finding finding) => new(RefusalReason.NotFound, [finding]);

    internal static Refusal Conflict(Finding finding) => new(RefusalReason.Conflict, [finding]);
}
