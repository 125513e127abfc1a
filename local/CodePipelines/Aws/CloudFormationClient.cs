using System.Globalization;
using System.Xml.Linq;

namespace Mlops.Local.CodePipelines.Aws;

/// <summary>What DescribeStacks says of one stack.</summary>
internal sealed record StackView(string Id, string Status, string? Reason, IReadOnlyDictionary<string, string> Outputs);

/// <summary>What DescribeChangeSet says.</summary>
internal sealed record ChangeSetView(
    string Id,
    string StackName,
    string Status,
    string ExecutionStatus,
    string Reason,
    IReadOnlyDictionary<string, string> Parameters
)
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

    /// <summary>The template of a stack, as it was given.</summary>
    public async Task<string> TemplateAsync(string nameOrId, CancellationToken cancellationToken)
    {
        var answer = await query.CallAsync("GetTemplate", [new("StackName", nameOrId)], cancellationToken);
        return answer.Descendants().FirstOrDefault(one => one.Name.LocalName == "TemplateBody")?.Value ?? "";
    }

    /// <summary>Updates a stack to another text of its template.</summary>
    public Task UpdateTemplateAsync(
        string stackId,
        string body,
        IReadOnlyDictionary<string, string> parameters,
        CancellationToken cancellationToken
    ) =>
        query.CallAsync(
            "UpdateStack",
            [
                new("StackName", stackId),
                new("TemplateBody", body),
                new("Capabilities.member.1", "CAPABILITY_NAMED_IAM"),
                .. Pairs("Parameters", "ParameterKey", "ParameterValue", parameters),
            ],
            cancellationToken
        );

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

    /// <summary>Finds a change set of this stack. By name alone moto would find that of any stack, so it is looked for in the list and then named by its ARN.</summary>
    /// <returns>Null when the stack has no such change set.</returns>
    public async Task<ChangeSetView?> FindChangeSetAsync(
        string stackName,
        string name,
        CancellationToken cancellationToken
    )
    {
        var list = await query.CallAsync("ListChangeSets", [new("StackName", stackName)], cancellationToken);
        var id = list.Members("Summaries")
            .LastOrDefault(one =>
                one.Child("StackName")?.Value == stackName && one.Child("ChangeSetName")?.Value == name
            )
            ?.Child("ChangeSetId")
            ?.Value;
        if (id is null)
        {
            return null;
        }

        var answer = await query.CallAsync(
            "DescribeChangeSet",
            [new("StackName", stackName), new("ChangeSetName", id)],
            cancellationToken
        );
        var result = answer.Child("DescribeChangeSetResult") ?? answer;
        return new ChangeSetView(
            id,
            stackName,
            result.Child("Status")?.Value ?? "",
            result.Child("ExecutionStatus")?.Value ?? "",
            result.Child("StatusReason")?.Value ?? "",
            Values(result.Child("Parameters"), "ParameterKey", "ParameterValue")
        );
    }

    public Task ExecuteChangeSetAsync(ChangeSetView changeSet, CancellationToken cancellationToken) =>
        query.CallAsync("ExecuteChangeSet", Name(changeSet), cancellationToken);

    public Task DeleteChangeSetAsync(ChangeSetView changeSet, CancellationToken cancellationToken) =>
        query.CallAsync("DeleteChangeSet", Name(changeSet), cancellationToken);

    /// <summary>Id of the newest event of a stack: another one means that the stack was changed.</summary>
    public async Task<string> NewestEventAsync(string stackId, CancellationToken cancellationToken)
    {
        var answer = await query.CallAsync("DescribeStackEvents", [new("StackName", stackId)], cancellationToken);
        return answer.Members("StackEvents").FirstOrDefault()?.Child("EventId")?.Value ?? "";
    }

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
            Values(stack.Child("Outputs"), "OutputKey", "OutputValue")
        );

    private static Dictionary<string, string> Values(XElement? list, string key, string value) =>
        (list?.Elements() ?? []).ToDictionary(
            one => one.Child(key)!.Value,
            one => one.Child(value)?.Value ?? "",
            StringComparer.Ordinal
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

    private static KeyValuePair<string, string>[] Name(ChangeSetView changeSet) =>
        [new("StackName", changeSet.StackName), new("ChangeSetName", changeSet.Id)];

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
