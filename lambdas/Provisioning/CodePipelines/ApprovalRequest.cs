using System.Diagnostics.CodeAnalysis;
using Mlops.Provisioning.Requests;

namespace Mlops.Provisioning.CodePipelines;

/// <summary>The body that answers an approval, read: <c>{"target": …, "decision": …, "comment": …}</c>.</summary>
/// <param name="Target">A target or stage; null for the only one that waits.</param>
/// <param name="Decision"><see cref="Approve"/> or <see cref="Reject"/>.</param>
/// <param name="Comment">Why; never empty.</param>
/// <param name="Pointer">Where the target is named in the body; empty where the path names it.</param>
internal sealed record ApprovalRequest(string? Target, string Decision, string Comment, string Pointer)
{
    public const string TargetKey = "target";

    public const string Approve = "approve";

    public const string Reject = "reject";

    private const string DecisionKey = "decision";

    private const string CommentKey = "comment";

    private static readonly string[] InStage = [DecisionKey, CommentKey];
    private static readonly string[] Known = [TargetKey, .. InStage];

    public bool IsApproved => Decision == Approve;

    /// <summary>Reads an answer.</summary>
    /// <param name="json">The body.</param>
    /// <param name="stage">The stage or target that the path names, which the body then does not.</param>
    /// <param name="approval">The answer.</param>
    /// <param name="findings">What is wrong with it.</param>
    public static bool TryParse(
        ReadOnlySpan<byte> json,
        string? stage,
        [NotNullWhen(true)] out ApprovalRequest? approval,
        out IReadOnlyList<Finding> findings
    )
    {
        approval = null;
        if (!PipelineRequest.TryParse(json, out var request, out findings))
        {
            return false;
        }

        var known = stage is null ? Known : InStage;
        var problems = new List<Finding>(Unknown(request, known));
        var target = stage ?? (request.Find(TargetKey) is { } named ? Text(TargetKey, named, problems) : null);
        var decision = Required(
            DecisionKey,
            known,
            request,
            problems,
            $"Add \"{DecisionKey}\": \"{Approve}\" or \"{Reject}\"."
        );
        var comment = Required(
            CommentKey,
            known,
            request,
            problems,
            $"Add \"{CommentKey}\": why, for those who ask later."
        );
        var word = decision?.Trim().ToLowerInvariant();
        if (word is not (null or Approve or Reject))
        {
            problems.Add(NotAWord(request.Find(DecisionKey)!));
        }

        findings = problems;
        approval =
            problems.Count == 0
                ? new ApprovalRequest(target?.Trim(), word!, comment!.Trim(), stage is null ? $"/{TargetKey}" : "")
                : null;
        return approval is not null;
    }

    private static IEnumerable<Finding> Unknown(PipelineRequest request, string[] known) =>
        request
            .Keys.Where(key => !known.Contains(key.Key))
            .Take(PipelineRequest.DepthLimit)
            .Select(key =>
                new Problem(
                    FindingCodes.UnknownKey,
                    $"the keys {string.Join(", ", known)}",
                    $"There is no key {Quote.Text(key.Key)}.",
                    Nearest.To(key.Key, known) is { } near ? $"Did you mean \"{near}\"?" : "Leave it out."
                ).At(Quote.Pointer("", key.Key), key.Value)
            );

    private static string? Required(
        string key,
        string[] known,
        PipelineRequest request,
        List<Finding> problems,
        string remedy
    )
    {
        if (request.Find(key) is { } value)
        {
            return Text(key, value, problems);
        }

        problems.Add(RequiredKeys.Missing(key, known, request, remedy));
        return null;
    }

    private static string? Text(string key, RequestValue value, List<Finding> problems)
    {
        if (value.Kind == RequestValueKind.Text)
        {
            return value.Text;
        }

        problems.Add(
            new Problem(
                FindingCodes.WrongType,
                "a text",
                $"The key \"{key}\" is {value.KindName}.",
                "Write it as a text, in quotes."
            ).At(Quote.Pointer("", key), value)
        );
        return null;
    }

    private static Finding NotAWord(RequestValue value) =>
        new Problem(
            FindingCodes.NotAllowed,
            $"{Approve} or {Reject}",
            $"{Quote.Text(value.Text)} is no decision.",
            Nearest.To(value.Text, [Approve, Reject]) is { } near
                ? $"Did you mean \"{near}\"?"
                : $"Write \"{Approve}\" or \"{Reject}\"."
        ).At(Quote.Pointer("", DecisionKey), value);
}
