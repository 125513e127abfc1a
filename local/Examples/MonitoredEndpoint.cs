using System.Text.Json.Nodes;
using Mlops.Local.Display;
using Mlops.Local.Stacks.Wire;
using Mlops.Provisioning.Blueprints;

namespace Mlops.Local.Examples;

/// <summary>The endpoint that a monitor's example names, which somebody has deployed before. Nothing runs behind it locally.</summary>
/// <param name="aws">The local AWS.</param>
/// <param name="account">Where the endpoint is.</param>
/// <param name="display">Where it is told.</param>
public sealed class MonitoredEndpoint(LocalAws aws, AwsAccount account, IDisplay display)
{
    /// <summary>Makes the endpoint where the example monitors one that is not there.</summary>
    public async Task MakeAsync(JsonObject request, CancellationToken cancellationToken)
    {
        if (
            !request.ContainsKey(RequestKeys.BaselineData)
            || (string?)request[RequestKeys.EndpointName] is not { Length: > 0 } name
        )
        {
            return;
        }

        if (await IsThereAsync(name, cancellationToken))
        {
            return;
        }

        await CallAsync(
            "CreateModel",
            new JsonObject
            {
                ["ModelName"] = name,
                ["ExecutionRoleArn"] = $"arn:aws:iam::{account.AccountId}:role/{name}",
                ["PrimaryContainer"] = new JsonObject
                {
                    ["Image"] = $"{account.AccountId}.dkr.ecr.{account.Region}.amazonaws.com/{name}:1",
                },
            },
            cancellationToken
        );
        await CallAsync(
            "CreateEndpointConfig",
            new JsonObject
            {
                ["EndpointConfigName"] = name,
                ["ProductionVariants"] = new JsonArray(
                    new JsonObject
                    {
                        ["VariantName"] = "AllTraffic",
                        ["ModelName"] = name,
                        ["InstanceType"] = "ml.m5.large",
                        ["InitialInstanceCount"] = 1,
                    }
                ),
            },
            cancellationToken
        );
        await CallAsync(
            "CreateEndpoint",
            new JsonObject { ["EndpointName"] = name, ["EndpointConfigName"] = name },
            cancellationToken
        );
        display.Show(new Note($"Made the endpoint {name}, which the example monitors, and a model behind it."));
    }

    private async Task<bool> IsThereAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            await CallAsync("DescribeEndpoint", new JsonObject { ["EndpointName"] = name }, cancellationToken);
            return true;
        }
        catch (AwsCallException)
        {
            return false;
        }
    }

    private Task<JsonObject> CallAsync(string operation, JsonObject request, CancellationToken cancellationToken) =>
        aws.JsonAsync(account, "sagemaker", $"SageMaker.{operation}", request, cancellationToken);
}
