using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Values;

namespace Mlops.DeploymentFlow.Duties;

/// <summary>Before a deployment: clears a stack that never worked and would block for ever, says why a stuck one is stuck,
/// and refuses a model that nobody approved.</summary>
public sealed class Prepare(ITargets targets, IPackageParameters package, IModelPackages models, TimeProvider clock)
    : IDuty
{
    private const string ScalableTarget = "AWS::ApplicationAutoScaling::ScalableTarget";

    // Somebody else's update of the same stack. An endpoint's may take 8 hours, and an hour more until the old instances are gone
    // (SageMaker, BlueGreenUpdatePolicy).
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(10);

    /// <inheritdoc />
    public Duty Duty => Duty.Prepare;

    /// <inheritdoc />
    public async Task<DutyOutcome> RunAsync(DutyRequest request, CancellationToken cancellationToken)
    {
        var parameters = await package.ReadAsync(request.Data, request.Parameters.ParameterFile, cancellationToken);
        if (await RefusedModelAsync(parameters, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        var stack = request.Parameters.Stack;
        var stacks = targets.Of(request.Parameters.Target).Stacks;
        var state = await stacks.FindAsync(stack, cancellationToken);

        switch (state?.Status)
        {
            // Of REVIEW_IN_PROGRESS there is nothing but a change set that nobody carried out.
            case null or "DELETE_COMPLETE" or "REVIEW_IN_PROGRESS":
                return new DutyOutcome.Done($"{stack} is new.");

            case "CREATE_COMPLETE"
            or "UPDATE_COMPLETE"
            or "UPDATE_ROLLBACK_COMPLETE":
            case "IMPORT_COMPLETE" or "IMPORT_ROLLBACK_COMPLETE":
                return await RefusedTypeAsync(stacks, stack, state, parameters, cancellationToken)
                    ?? (DutyOutcome)new DutyOutcome.Done($"{stack} can be updated ({state.Status}).");

            case "ROLLBACK_COMPLETE":
                await stacks.DeleteAsync(stack, request.JobId, cancellationToken);
                return new DutyOutcome.Waiting($"{stack} never worked (ROLLBACK_COMPLETE) and is being removed.");

            case var status when status.EndsWith("_IN_PROGRESS", StringComparison.Ordinal):
                return request.Progress.Elapsed(clock) < LongestWait
                    ? new DutyOutcome.Waiting($"{stack} is busy ({status}).")
                    : new DutyOutcome.Failed(
                        $"{stack} has been {status} for {LongestWait.TotalHours:0} hours. See what it waits for in the "
                            + "CloudFormation console, then retry this stage."
                    );

            default:
                return new DutyOutcome.Failed(await StuckAsync(stacks, stack, state, cancellationToken));
        }
    }

    private async Task<DutyOutcome.Failed?> RefusedModelAsync(
        IReadOnlyDictionary<string, string> parameters,
        CancellationToken cancellationToken
    )
    {
        foreach (var arn in parameters.Values.Where(ModelPackageArn.IsVersion).Distinct(StringComparer.Ordinal))
        {
            var approval = await models.ApprovalAsync(arn, cancellationToken);
            if (approval != "Approved")
            {
                return new DutyOutcome.Failed(
                    approval is null
                        ? $"The model package {arn} does not exist, or this account may not read it. Check model_package_name."
                        : $"The model package {arn} is {approval}; only an Approved one is deployed. Approve it with "
                            + $"aws sagemaker update-model-package --model-package-arn {arn} --model-approval-status Approved"
                            + " and retry this stage."
                );
            }
        }

        return null;
    }

    /// <summary>
    /// SageMaker refuses another instance type for a variant that is a scalable target, and CloudFormation deregisters one
    /// only after it has updated the endpoint. To deregister it here would leave the stack with a target that is gone, which
    /// nothing makes again: so it is said what to do, before anything is touched.
    /// </summary>
    private static async Task<DutyOutcome.Failed?> RefusedTypeAsync(
        ITargetStacks stacks,
        string stack,
        StackState state,
        IReadOnlyDictionary<string, string> parameters,
        CancellationToken cancellationToken
    )
    {
        var change = parameters.FirstOrDefault(parameter =>
            state.Parameters.TryGetValue(parameter.Key, out var before)
            && before != parameter.Value
            && InstanceType.TryParse(before, out _)
            && InstanceType.TryParse(parameter.Value, out _)
        );
        if (change.Key is null)
        {
            return null;
        }

        var resources = await stacks.ResourcesAsync(stack, cancellationToken);
        if (!resources.Any(resource => resource is { Type: ScalableTarget, PhysicalId: not null }))
        {
            return null;
        }

        var old = state.Parameters[change.Key];
        return new DutyOutcome.Failed(
            $"{stack} scales its endpoint, and SageMaker refuses another instance type as long as it does ({change.Key}: {old} "
                + $"to {change.Value}). First send the request with {old}, without scaling, and with an instance_count that "
                + "bears the load; when that is deployed, send it as it is now."
        );
    }

    private static async Task<string> StuckAsync(
        ITargetStacks stacks,
        string stack,
        StackState state,
        CancellationToken cancellationToken
    )
    {
        var reason = await stacks.FirstFailureAsync(stack, cancellationToken) ?? state.Reason ?? "no reason was given";
        var wayOut =
            state.Status == "UPDATE_ROLLBACK_FAILED"
                ? $"aws cloudformation continue-update-rollback --stack-name {stack}"
                : $"aws cloudformation delete-stack --stack-name {stack}";
        return $"{stack} is stuck in {state.Status}: {reason} When the cause is mended: {wayOut}, then retry this stage.";
    }
}
