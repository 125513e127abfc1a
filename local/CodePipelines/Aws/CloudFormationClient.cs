using System.Globalization;
using System.Xml.Linq;

namespace Mlops.Local.CodePipelines.Aws;

/// <summary>What DescribeStacks says of one stack.</summary>
internal sealed record StackView(string Id, string Status, string? Reason, IReadOnlyDictionary<string, string> Outputs);

/// <summary>What DescribeChangeSet says.</summary>
internal sealed record ChangeSetView(string Id, string Status, string ExecutionStatus, string Reason)
{
    /// <summary>CloudFormation makes an empty change set FAILED, with one of two texts.</summary>
    public bool IsEmpty =>
        Reason.Contains("didn't contain changes", StringComparison.Ordinal)
        || Reason.Contains("No updates are to be performed", StringComparison.Ordinal);
}

/// <summary>A template with what goes into it, ready for CloudFormation.</summary>
internal sealed record StackRequest(
    string StackName,
    string TemplateBody,
    IReadOnlyDictionary<string, string> Parameters,
    IReadOnlyDictionary<string, string> Tags,
    IReadOnlyList<string> Capabilities,
    string RoleArn,
    string? StackPolicy
);

/// <summary>The part of CloudFormation that CodePipeline's deploy action uses.</summary>
internal sealed class CloudFormationClient(QueryClient query)
{
    /// <returns>Null when there is no such stack.</returns>
    public async Task<StackView?> FindStackAsync(string nameOrId, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await query.CallAsync("DescribeStacks", [new("StackName", nameOrId)], cancellationToken);
            return answer.Members("Stacks").Select(Stack).FirstOrDefault();
        }
        catch (AwsCallException e) when (e.Message.Contains("does not exist", StringComparison.Ordinal))
        {
            return null;
        }
    }

    public Task CreateStackAsync(StackRequest request, CancellationToken cancellationToken) =>
        query.CallAsync("CreateStack", Members(request), cancellationToken);

    public Task UpdateStackAsync(StackRequest request, CancellationToken cancellationToken) =>
        query.CallAsync("UpdateStack", Members(request), cancellationToken);

    public Task DeleteStackAsync(string nameOrId, string? roleArn, CancellationToken cancellationToken) =>
        query.CallAsync(
            "DeleteStack",
            roleArn is null ? [new("StackName", nameOrId)] : [new("StackName", nameOrId), new("RoleARN", roleArn)],
            cancellationToken
        );

    public Task CreateChangeSetAsync(
        StackRequest request,
        string name,
        bool isUpdate,
        CancellationToken cancellationToken
    ) =>
        query.CallAsync(
            "CreateChangeSet",
            [
                .. Members(request).Where(member => member.Key != "StackPolicyBody"),
                new("ChangeSetName", name),
                new("ChangeSetType", isUpdate ? "UPDATE" : "CREATE"),
            ],
            cancellationToken
        );

    /// <returns>Null when there is no such change set.</returns>
    public async Task<ChangeSetView?> FindChangeSetAsync(
        string stackName,
        string name,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var answer = await query.CallAsync("DescribeChangeSet", ChangeSet(stackName, name), cancellationToken);
            var result = answer.Child("DescribeChangeSetResult") ?? answer;
            return new ChangeSetView(
                result.Child("ChangeSetId")?.Value ?? name,
                result.Child("Status")?.Value ?? "",
                result.Child("ExecutionStatus")?.Value ?? "",
                result.Child("StatusReason")?.Value ?? ""
            );
        }
        catch (AwsCallException e)
            when (e.Code.StartsWith("ChangeSetNotFound", StringComparison.Ordinal)
                || e.Message.Contains("does not exist", StringComparison.Ordinal)
            )
        {
            return null;
        }
    }

    public Task ExecuteChangeSetAsync(string stackName, string name, CancellationToken cancellationToken) =>
        query.CallAsync("ExecuteChangeSet", ChangeSet(stackName, name), cancellationToken);

    public Task DeleteChangeSetAsync(string stackName, string name, CancellationToken cancellationToken) =>
        query.CallAsync("DeleteChangeSet", ChangeSet(stackName, name), cancellationToken);

    /// <summary>The reason of the first resource that failed since <paramref name="since"/>: those after it are mostly cancelled because of it.</summary>
    public async Task<string?> FirstFailureAsync(
        string stackId,
        DateTimeOffset since,
        CancellationToken cancellationToken
    )
    {
        var answer = await query.CallAsync("DescribeStackEvents", [new("StackName", stackId)], cancellationToken);
        var failed = answer
            .Members("StackEvents")
            .Where(one => one.Child("ResourceStatus")?.Value.EndsWith("_FAILED", StringComparison.Ordinal) is true)
            .Where(one => Time(one) >= since)
            .OrderBy(Time)
            .FirstOrDefault();
        return failed is null
            ? null
            : $"{failed.Child("LogicalResourceId")?.Value} ({failed.Child("ResourceType")?.Value}) {failed.Child("ResourceStatus")?.Value}: {failed.Child("ResourceStatusReason")?.Value}";
    }

    private static StackView Stack(XElement stack) =>
        new(
            stack.Child("StackId")!.Value,
            stack.Child("StackStatus")!.Value,
            stack.Child("StackStatusReason")?.Value,
            (stack.Child("Outputs")?.Elements() ?? []).ToDictionary(
                output => output.Child("OutputKey")!.Value,
                output => output.Child("OutputValue")?.Value ?? "",
                StringComparer.Ordinal
            )
        );

    private static DateTimeOffset Time(XElement stackEvent) =>
        DateTimeOffset.TryParse(
            stackEvent.Child("Timestamp")?.Value,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var time
        )
            ? time
            : DateTimeOffset.MaxValue;

    private static KeyValuePair<string, string>[] ChangeSet(string stackName, string name) =>
        [new("StackName", stackName), new("ChangeSetName", name)];

    private static List<KeyValuePair<string, string>> Members(StackRequest request)
    {
        List<KeyValuePair<string, string>> members =
        [
            new("StackName", request.StackName),
            new("TemplateBody", request.TemplateBody),
            new("RoleARN", request.RoleArn),
            .. Pairs("Parameters", "ParameterKey", "ParameterValue", request.Parameters),
            .. Pairs("Tags", "Key", "Value", request.Tags),
            .. request.Capabilities.Select(
                (capability, index) => KeyValuePair.Create($"Capabilities.member.{index + 1}", capability)
            ),
        ];
        if (request.StackPolicy is { } policy)
        {
            members.Add(new("StackPolicyBody", policy));
        }

        return members;
    }

    private static IEnumerable<KeyValuePair<string, string>> Pairs(
        string list,
        string key,
        string value,
        IReadOnlyDictionary<string, string> pairs
    ) =>
        pairs.SelectMany(
            (pair, index) =>
                new KeyValuePair<string, string>[]
                {
                    new($"{list}.member.{index + 1}.{key}", pair.Key),
                    new($"{list}.member.{index + 1}.{value}", pair.Value),
                }
        );
}
