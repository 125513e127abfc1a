using System.Text.Json.Nodes;
using Mlops.Local.Stacks.Wire;

namespace Mlops.Local.Stacks.Natives;

/// <summary>Creates a resource by CloudFormation: a stack that holds nothing else.</summary>
internal static class OneResourceStack
{
    private const string Version = "2010-05-15";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <returns>The physical id; null when the service finished without making anything (moto and unknown types).</returns>
    /// <exception cref="AwsCallException">The service refused, or the stack failed.</exception>
    public static async Task<string?> CreateAsync(
        NativeResource resource,
        string type,
        string stackName,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var template = new JsonObject
        {
            ["Resources"] = new JsonObject
            {
                ["Resource"] = new JsonObject { ["Type"] = type, ["Properties"] = resource.Declared.DeepClone() },
            },
        };
        await CallAsync(
            resource,
            "CreateStack",
            [
                ("StackName", stackName),
                ("TemplateBody", template.ToJsonString()),
                ("Capabilities.member.1", "CAPABILITY_NAMED_IAM"),
            ],
            cancellationToken
        );
        await FinishedAsync(resource, stackName, clock, cancellationToken);
        var resources = await CallAsync(
            resource,
            "DescribeStackResources",
            [("StackName", stackName)],
            cancellationToken
        );
        var id = resources.Descendants("PhysicalResourceId").FirstOrDefault()?.Value;
        return string.IsNullOrEmpty(id) ? null : id;
    }

    /// <summary>The first call makes moto load every service it has, which takes about a second and a half.</summary>
    public static Task WarmUpAsync(LocalAws aws, AwsAccount account, CancellationToken cancellationToken) =>
        aws.QueryAsync(account, "cloudformation", Version, "ListStacks", [], cancellationToken);

    private static async Task FinishedAsync(
        NativeResource resource,
        string stackName,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            var answer = await CallAsync(resource, "DescribeStacks", [("StackName", stackName)], cancellationToken);
            var status = answer.Descendants("StackStatus").First().Value;
            if (status == "CREATE_COMPLETE")
            {
                return;
            }

            if (status != "CREATE_IN_PROGRESS")
            {
                var reason = answer.Descendants("StackStatusReason").FirstOrDefault()?.Value ?? "no reason given";
                throw new AwsCallException($"CloudFormation ended in {status}: {reason}");
            }

            await Task.Delay(Pause, clock, cancellationToken);
        }
    }

    private static Task<System.Xml.Linq.XElement> CallAsync(
        NativeResource resource,
        string action,
        IEnumerable<(string, string)> parameters,
        CancellationToken cancellationToken
    ) => resource.Aws.QueryAsync(resource.Account, "cloudformation", Version, action, parameters, cancellationToken);
}
