using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Mlops.DeploymentFlow.Duties;

namespace Mlops.DeploymentFlow.Aws;

/// <summary>Stacks by CloudFormation's API.</summary>
/// <param name="cloudFormation">May look.</param>
/// <param name="clearing">May delete.</param>
public sealed class CloudFormationStacks(IAmazonCloudFormation cloudFormation, IAmazonCloudFormation clearing)
    : ITargetStacks
{
    /// <inheritdoc />
    public async Task<StackState?> FindAsync(string stack, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await cloudFormation.DescribeStacksAsync(
                new DescribeStacksRequest { StackName = stack },
                cancellationToken
            );
            return answer.Stacks is [var found, ..]
                ? new StackState(found.StackStatus.Value, found.StackStatusReason)
                {
                    Parameters = (found.Parameters ?? []).ToDictionary(
                        parameter => parameter.ParameterKey,
                        parameter => parameter.ParameterValue ?? ""
                    ),
                    Outputs = (found.Outputs ?? []).ToDictionary(
                        output => output.OutputKey,
                        output => output.OutputValue ?? ""
                    ),
                }
                : null;
        }
        catch (AmazonCloudFormationException exception) when (IsUnknownStack(exception, stack))
        {
            return null;
        }
    }

    /// <inheritdoc />
    public Task DeleteAsync(string stack, string requestToken, CancellationToken cancellationToken) =>
        clearing.DeleteStackAsync(
            new DeleteStackRequest { StackName = stack, ClientRequestToken = requestToken },
            cancellationToken
        );

    /// <inheritdoc />
    public async Task<string?> FirstFailureAsync(string stack, CancellationToken cancellationToken)
    {
        // Newest first; one page (100 events) holds the latest operation of any stack of ours.
        var answer = await cloudFormation.DescribeStackEventsAsync(
            new DescribeStackEventsRequest { StackName = stack },
            cancellationToken
        );
        var latest = (answer.StackEvents ?? []).TakeWhile((e, index) => index == 0 || !StartsAnOperation(e, stack));
        var first = latest.LastOrDefault(e =>
            e.ResourceStatus?.Value.EndsWith("_FAILED", StringComparison.Ordinal) == true
            && e.LogicalResourceId != stack
            && e.ResourceStatusReason is { Length: > 0 } reason
            && !reason.Contains("cancelled", StringComparison.OrdinalIgnoreCase)
        );
        return first is null ? null : $"{first.LogicalResourceId} ({first.ResourceType}): {first.ResourceStatusReason}";
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<Duties.StackResource>> ResourcesAsync(
        string stack,
        CancellationToken cancellationToken
    )
    {
        var answer = await cloudFormation.DescribeStackResourcesAsync(
            new DescribeStackResourcesRequest { StackName = stack },
            cancellationToken
        );
        return
        [
            .. (answer.StackResources ?? []).Select(resource => new Duties.StackResource(
                resource.LogicalResourceId,
                resource.ResourceType,
                resource.PhysicalResourceId is { Length: > 0 } id ? id : null
            )),
        ];
    }

    /// <inheritdoc />
    public async Task<ChangeSet?> FindChangeSetAsync(string stack, string name, CancellationToken cancellationToken)
    {
        ChangeSet? found = null;
        string? next = null;
        do
        {
            DescribeChangeSetResponse page;
            try
            {
                page = await cloudFormation.DescribeChangeSetAsync(
                    new DescribeChangeSetRequest
                    {
                        StackName = stack,
                        ChangeSetName = name,
                        NextToken = next,
                    },
                    cancellationToken
                );
            }
            catch (AmazonCloudFormationException exception)
                when (exception.ErrorCode == "ChangeSetNotFound" || IsUnknownStack(exception, stack))
            {
                return null;
            }

            found = ChangeSets.Add(found, page);
            next = page.NextToken;
        } while (!string.IsNullOrEmpty(next));

        return found;
    }

    private static bool StartsAnOperation(StackEvent e, string stack) =>
        e.LogicalResourceId == stack && e.ResourceStatus?.Value is "CREATE_IN_PROGRESS" or "UPDATE_IN_PROGRESS";

    // CloudFormation has no error code of its own for this: https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html
    private static bool IsUnknownStack(AmazonCloudFormationException exception, string stack) =>
        exception.ErrorCode == "ValidationError"
        && exception.Message.Contains(stack, StringComparison.Ordinal)
        && exception.Message.Contains("does not exist", StringComparison.Ordinal);
}
