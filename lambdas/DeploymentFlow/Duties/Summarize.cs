using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Evidence;

namespace Mlops.DeploymentFlow.Duties;

/// <summary>
/// Before an approval: writes down what the change sets of a target would change, for the approval's text, behind a link and
/// in a message to whoever may approve.
/// </summary>
public sealed class Summarize(ITargets targets, IEvidence evidence, INotices notices) : IDuty
{
    /// <inheritdoc />
    public Duty Duty => Duty.Summarize;

    /// <inheritdoc />
    public async Task<DutyOutcome> RunAsync(DutyRequest request, CancellationToken cancellationToken)
    {
        var parameters = request.Parameters;
        if (parameters is not { Stacks: { Count: > 0 } names, Execution: { Length: > 0 } execution })
        {
            return new DutyOutcome.Failed(
                "The action does not say which stacks to look at. Provision the pipeline again to have its definition mended."
            );
        }

        var target = targets.Of(parameters.Target);
        var stacks = new List<StackChanges>();
        foreach (var stack in names)
        {
            var changeSet = await target.Stacks.FindChangeSetAsync(stack, DutyParameters.ChangeSet, cancellationToken);
            if (changeSet is null || (changeSet is { IsEmpty: false, Status: not "CREATE_COMPLETE" }))
            {
                return new DutyOutcome.Failed(
                    $"The change set of {stack} is {changeSet?.Status ?? "not there"}"
                        + $"{(changeSet?.Reason is { Length: > 0 } reason ? $": {reason.TrimEnd('.')}" : "")}. Retry this stage: it makes a new one."
                );
            }

            stacks.Add(await ChangesAsync(target.Stacks, stack, changeSet, cancellationToken));
        }

        var changes = new TargetChanges(parameters.Stack, execution, parameters.Target, target.Account, stacks);
        var link = await evidence.KeepAsync(changes, cancellationToken);
        if (target.Approval)
        {
            await notices.TellAsync(Subject(changes), Message(changes, link), cancellationToken);
        }

        return new DutyOutcome.Done(ChangeText.Headline(changes))
        {
            Outputs = new Dictionary<string, string>
            {
                ["Summary"] = ChangeText.Of(changes),
                ["Link"] = link.AbsoluteUri,
            },
        };
    }

    private static async Task<StackChanges> ChangesAsync(
        ITargetStacks stacks,
        string stack,
        ChangeSet changeSet,
        CancellationToken cancellationToken
    )
    {
        var state = await stacks.FindAsync(stack, cancellationToken);
        var isNew = state is null or { Status: "REVIEW_IN_PROGRESS" };
        return new StackChanges(
            stack,
            isNew,
            changeSet.IsEmpty ? [] : ChangeOrder.Of(changeSet.Resources),
            changeSet.IsEmpty ? [] : Differing(isNew ? new Dictionary<string, string>() : state!.Parameters, changeSet)
        );
    }

    private static IReadOnlyList<ParameterChange> Differing(
        IReadOnlyDictionary<string, string> before,
        ChangeSet changeSet
    ) =>
        [
            .. before
                .Keys.Union(changeSet.Parameters.Keys, StringComparer.Ordinal)
                .Select(name => new ParameterChange(
                    name,
                    before.GetValueOrDefault(name),
                    changeSet.Parameters.GetValueOrDefault(name)
                ))
                .Where(change => change.Before != change.After)
                .OrderBy(change => change.Name, StringComparer.Ordinal),
        ];

    private static string Subject(TargetChanges changes)
    {
        const int Limit = 99;
        var subject = $"Approval needed: {changes.Pipeline} to {changes.Target}";
        return subject.Length <= Limit ? subject : subject[..Limit];
    }

    private static string Message(TargetChanges changes, Uri link) =>
        $"""
            {changes.Pipeline} waits for an approval before it changes {changes.Target} (account {changes.Account}).

            {ChangeText.Of(changes, MessageLimit)}

            All of it: {link}

            To let it go on, or not:
              mlops approve {changes.Pipeline} {changes.Target} --comment "why"
              mlops reject {changes.Pipeline} {changes.Target} --comment "why"
            or in CodePipeline's console. Execution {changes.Execution}. What is approved is exactly this: if the target has
            changed by then, the execution fails, and a retry of the stage asks anew.
            """;

    /// <summary>A mail is to be read; all of it is behind the link.</summary>
    private const int MessageLimit = 8_000;
}
