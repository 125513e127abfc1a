using Mlops.Provisioning.CodePipelines;

namespace Mlops.DeploymentFlow.Duties;

/// <summary>After a deployment: asks SageMaker whether what runs is what was asked for. CloudFormation can report success for
/// an endpoint that silently rolled back; that is a failure here.</summary>
public sealed class Verify(ITargets targets, TimeProvider clock) : IDuty
{
    // An endpoint update that SageMaker goes on with after CloudFormation was done: longest blue/green time plus termination wait.
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(10);

    // Scaling takes a new range into account within minutes; starting an instance takes minutes more.
    private static readonly TimeSpan LongestScaling = TimeSpan.FromHours(2);

    /// <inheritdoc />
    public Duty Duty => Duty.Verify;

    /// <inheritdoc />
    public async Task<DutyOutcome> RunAsync(DutyRequest request, CancellationToken cancellationToken)
    {
        var stack = request.Parameters.Stack;
        var target = targets.Of(request.Parameters.Target);
        var (stacks, endpoints) = (target.Stacks, target.Endpoints);
        var state = await stacks.FindAsync(stack, cancellationToken);
        if (state?.Status is not ("CREATE_COMPLETE" or "UPDATE_COMPLETE" or "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS"))
        {
            var reason = state is null
                ? null
                : await stacks.FirstFailureAsync(stack, cancellationToken) ?? state.Reason;
            return new DutyOutcome.Failed(
                $"{stack} is {state?.Status ?? "not there"}: what was asked for was not deployed. {reason}".TrimEnd()
            );
        }

        var resources = await stacks.ResourcesAsync(stack, cancellationToken);
        var range = InstanceRange.Of(state.Outputs);
        var (waiting, longest) = (new List<string>(), LongestWait);
        var failed = new List<string>();
        var outputs = new Dictionary<string, string>(StringComparer.Ordinal);

        foreach (var resource in resources.Where(r => r is { Type: "AWS::SageMaker::Endpoint", Name: not null }))
        {
            var endpoint = await endpoints.FindAsync(resource.Name!, cancellationToken);
            if (
                await DifferenceAsync(endpoints, resource, endpoint, resources, range, cancellationToken) is
                { } difference
            )
            {
                failed.Add(difference);
            }
            else if (endpoint!.Status != "InService")
            {
                waiting.Add($"endpoint {endpoint.Name} is {endpoint.Status}");
            }
            else if (range?.Outside(endpoint) is { } outside)
            {
                waiting.Add(outside);
                longest = LongestScaling;
            }
            else
            {
                outputs[resource.LogicalId] = endpoint.Name;
            }
        }

        return (failed, waiting) switch
        {
            ({ Count: > 0 }, _) => new DutyOutcome.Failed(string.Join(" ", failed)),
            (_, { Count: > 0 }) when request.Progress.Elapsed(clock) >= longest => new DutyOutcome.Failed(
                $"After {longest.TotalHours:0} hours {string.Join(", ", waiting)}."
            ),
            (_, { Count: > 0 }) => new DutyOutcome.Waiting(string.Join(", ", waiting)),
            _ => new DutyOutcome.Done(Summary(stack, outputs, HasJob(resources))) { Outputs = outputs },
        };
    }

    /// <summary>What is wrong with the endpoint for good, or null when it is right or on its way.</summary>
    private static async Task<string?> DifferenceAsync(
        IEndpoints endpoints,
        StackResource resource,
        RunningEndpoint? endpoint,
        IReadOnlyList<StackResource> resources,
        InstanceRange? range,
        CancellationToken cancellationToken
    )
    {
        if (endpoint is null)
        {
            return $"The endpoint {resource.Name} that the stack made is not there.";
        }

        if (endpoint.Status is "Failed" or "OutOfService" or "UpdateRollbackFailed" or "Deleting")
        {
            return $"The endpoint {endpoint.Name} is {endpoint.Status}: {endpoint.FailureReason ?? "SageMaker gives no reason"}.";
        }

        if (endpoint.Status != "InService")
        {
            return null;
        }

        var configurations = Names(resources, "AWS::SageMaker::EndpointConfig");
        if (configurations.Count > 0 && !configurations.Contains(endpoint.Configuration))
        {
            return $"The endpoint {endpoint.Name} runs the configuration {endpoint.Configuration}, but "
                + $"{string.Join(" or ", configurations)} was asked for: SageMaker rolled the update back"
                + $"{(endpoint.FailureReason is { } reason ? $" ({reason})" : "")}.{Guards(endpoint)} "
                + "The stack has what was asked for already, so a retry changes nothing: mend the cause, and send a request that "
                + "makes another endpoint configuration, for example with the artifact under another key. Do it soon, for "
                + "CloudFormation has removed the configuration that runs.";
        }

        return EndpointComparison.Difference(
            endpoint,
            await endpoints.WantedAsync(endpoint.Configuration, cancellationToken),
            Names(resources, "AWS::SageMaker::Model"),
            range
        );
    }

    private static string Guards(RunningEndpoint endpoint) =>
        endpoint.RollbackAlarms.Count == 0
            ? ""
            : $" Alarms that guarded it: {string.Join(", ", endpoint.RollbackAlarms)}. See which one it was: aws cloudwatch "
                + $"describe-alarm-history --history-item-type StateUpdate --alarm-name '{endpoint.RollbackAlarms[0]}'.";

    // SageMaker's names are unique whatever their case (CreateEndpoint), and its ARNs, which are CloudFormation's physical ids,
    // have the name in lower case or as it was given, depending on when and where they were made.
    private static HashSet<string> Names(IReadOnlyList<StackResource> resources, string type) =>
        resources
            .Where(r => r.Type == type && r.Name is not null)
            .Select(r => r.Name!)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);

    private static bool HasJob(IReadOnlyList<StackResource> resources) =>
        resources.Any(resource => resource.Type == "AWS::StepFunctions::StateMachine");

    private static string Summary(string stack, Dictionary<string, string> verified, bool hasJob) =>
        verified.Count > 0 ? $"In service as asked for: {string.Join(", ", verified.Values)}."
        : hasJob ? $"{stack} is deployed; its job has an action of its own, and there is no endpoint to ask."
        : $"{stack} is deployed; it has no endpoint to ask.";
}
