using System.Text.Json.Nodes;
using System.Xml.Linq;
using Mlops.Local.Display;
using Mlops.Local.Stacks;
using Mlops.Local.Stacks.Natives;
using Mlops.Local.Stacks.Wire;

namespace Mlops.Local.Pipelines;

/// <summary>Looks into the stacks that pipelines have deployed: what the template declares and the local AWS does not have.</summary>
public sealed class DeployedStacks(
    LocalAws aws,
    AwsAccount orchestrator,
    NotCarriedOutList notCarriedOut,
    IDisplay display,
    Action foundMissing
)
{
    private const string Version = "2010-05-15";
    private const string Endpoint = "AWS::SageMaker::Endpoint";
    private readonly LocalAccounts accounts = new(aws, orchestrator);

    /// <summary>Held while a stack is looked into: moto makes a resource anew that is asked for while its stack is deleted.</summary>
    public SemaphoreSlim Deletion { get; init; } = new(1);

    /// <summary>Compares one stack with its template, and tells of its endpoints. One that is deleted is left alone.</summary>
    /// <param name="pipeline">Whose stack it is.</param>
    /// <param name="stack">Its ARN, which says in which account it is; a name is one of the orchestrator's.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task InspectAsync(string pipeline, string stack, CancellationToken cancellationToken)
    {
        var account = await accounts.OfAsync(stack, cancellationToken);
        await Deletion.WaitAsync(cancellationToken);
        try
        {
            await InspectAsync(account, pipeline, stack, cancellationToken);
        }
        finally
        {
            Deletion.Release();
        }
    }

    private async Task InspectAsync(
        AwsAccount account,
        string pipeline,
        string stack,
        CancellationToken cancellationToken
    )
    {
        var described = await CallAsync(account, "DescribeStacks", stack, cancellationToken);
        if ((string?)described.Descendants("StackStatus").FirstOrDefault() is "DELETE_COMPLETE")
        {
            return;
        }

        var template = await TemplateAsync(account, stack, described, cancellationToken);
        var physical = await PhysicalIdsAsync(account, stack, cancellationToken);
        var missing = new List<NotCarriedOut>();
        foreach (var resource in template.Resources(physical))
        {
            missing.AddRange(await MissingOfAsync(account, resource, physical, cancellationToken));
            if (resource.Type == Endpoint && physical.TryGetValue(resource.Name, out var endpoint))
            {
                await TellAsync(account, pipeline, endpoint, cancellationToken);
            }
        }

        var news = missing.Where(notCarriedOut.Add).ToList();
        if (news.Count > 0)
        {
            display.Show(new LeftOut(pipeline, news));
            foundMissing();
        }
    }

    private async Task<DeployedTemplate> TemplateAsync(
        AwsAccount account,
        string stack,
        XElement described,
        CancellationToken cancellationToken
    )
    {
        var body = await CallAsync(account, "GetTemplate", stack, cancellationToken);
        var parameters = described
            .Descendants("Parameters")
            .Elements("member")
            .ToDictionary(
                member => member.Element("ParameterKey")!.Value,
                member => member.Element("ParameterValue")?.Value ?? ""
            );
        return DeployedTemplate.Parse(
            body.Descendants("TemplateBody").First().Value,
            parameters,
            account,
            (string?)described.Descendants("StackName").FirstOrDefault() ?? stack
        );
    }

    /// <summary>By logical id. Types that moto lacks have no physical id there, and often not even a logical one.</summary>
    private async Task<Dictionary<string, string>> PhysicalIdsAsync(
        AwsAccount account,
        string stack,
        CancellationToken cancellationToken
    )
    {
        var answer = await CallAsync(account, "DescribeStackResources", stack, cancellationToken);
        return answer
            .Descendants("StackResources")
            .Elements("member")
            .Where(member =>
                !string.IsNullOrEmpty((string?)member.Element("LogicalResourceId"))
                && !string.IsNullOrEmpty((string?)member.Element("PhysicalResourceId"))
            )
            .ToDictionary(
                member => member.Element("LogicalResourceId")!.Value,
                member => member.Element("PhysicalResourceId")!.Value
            );
    }

    private async Task<IEnumerable<NotCarriedOut>> MissingOfAsync(
        AwsAccount account,
        DeployedResource resource,
        Dictionary<string, string> physical,
        CancellationToken cancellationToken
    )
    {
        var type = NativeTypes.ByName.GetValueOrDefault(resource.Type);
        var native = new NativeResource(aws, account, resource.Properties);
        try
        {
            var id = physical.GetValueOrDefault(resource.Name);
            if (id is null && type?.FindAsync is { } find)
            {
                id = await find(native, cancellationToken);
            }

            if (id is null)
            {
                return [new NotCarriedOut(resource.Type, NotCarriedOut.Everything, resource.Name)];
            }

            if (type is null)
            {
                return [];
            }

            var found = await type.ReadAsync(native, id, cancellationToken);
            return Comparison
                .Missing(resource.Properties, found)
                .Except(type.Unreadable)
                .Select(property => new NotCarriedOut(resource.Type, property, resource.Name));
        }
        catch (AwsCallException)
        {
            return [new NotCarriedOut(resource.Type, NotCarriedOut.Unread, resource.Name)];
        }
    }

    private async Task TellAsync(
        AwsAccount account,
        string pipeline,
        string endpoint,
        CancellationToken cancellationToken
    )
    {
        var name = endpoint.Split('/')[^1];
        var request = new JsonObject { ["EndpointName"] = name };
        var answer = await aws.JsonAsync(
            account,
            "sagemaker",
            "SageMaker.DescribeEndpoint",
            request,
            cancellationToken
        );
        display.Show(
            new EndpointSeen(pipeline, name, (string?)answer["EndpointStatus"] ?? "unknown")
            {
                Account = account.AccountId == orchestrator.AccountId ? null : account.AccountId,
            }
        );
    }

    private Task<XElement> CallAsync(
        AwsAccount account,
        string action,
        string stack,
        CancellationToken cancellationToken
    ) => aws.QueryAsync(account, "cloudformation", Version, action, [("StackName", stack)], cancellationToken);
}
