using System.Text.Json;
using System.Text.Json.Nodes;
using Mlops.Infra.Operations;
using Mlops.Provisioning;
using Pulumi;
using Pulumi.AwsNative.Events;
using Pulumi.AwsNative.Events.Inputs;
using Pulumi.AwsNative.Lambda;

namespace Mlops.Infra.Components;

/// <summary>What a caller may choose about the <see cref="TeardownRule"/>.</summary>
public sealed record TeardownRuleArgs
{
    /// <summary>What removes pipelines.</summary>
    public required DeploymentFlowFunction Flow { get; init; }

    /// <summary>Keeps the events that did not reach it.</summary>
    public required DeadLetters DeadLetters { get; init; }
}

/// <summary>
/// Has a pipeline removed that has succeeded in taking down what it delivered. The event does not say what an execution was
/// for, so the function is told of every success, and looks.
/// </summary>
public sealed class TeardownRule : ComponentResource
{
    /// <summary>Makes the rule, called as this component.</summary>
    public TeardownRule(string name, TeardownRuleArgs args, ComponentResourceOptions? options = null)
        : base("mlops:pipelines:TeardownRule", name, options)
    {
        var rule = new Rule(
            $"{name}-rule",
            new RuleArgs
            {
                Name = name,
                Description = "A pipeline has succeeded: if it was taken down, it is removed",
                State = RuleState.Enabled,
                EventPattern = Output.Create<object>(Pattern()),
                Targets =
                {
                    new RuleTargetArgs
                    {
                        Id = "remove",
                        Arn = args.Flow.Arn,
                        DeadLetterConfig = new RuleDeadLetterConfigArgs { Arn = args.DeadLetters.Arn },
                    },
                },
            },
            new CustomResourceOptions { Parent = this }
        );
        _ = new Permission(
            $"{name}-invoke",
            new PermissionArgs
            {
                FunctionName = args.Flow.Name,
                Action = "lambda:InvokeFunction",
                Principal = "events.amazonaws.com",
                SourceArn = rule.Arn,
            },
            new CustomResourceOptions { Parent = this }
        );
        RegisterOutputs();
    }

    /// <summary>The rule, which the queue of dead letters has to know before there is one.</summary>
    public static IReadOnlyList<TellingRule> Rules(string prefix) => [new(DeploymentNames.Teardown(prefix))];

    /// <summary>CodePipeline user guide, "Monitoring CodePipeline events".</summary>
    private static JsonElement Pattern() =>
        JsonSerializer.SerializeToElement(
            new JsonObject
            {
                ["source"] = new JsonArray("aws.codepipeline"),
                ["detail-type"] = new JsonArray("CodePipeline Pipeline Execution State Change"),
                ["detail"] = new JsonObject
                {
                    ["state"] = new JsonArray("SUCCEEDED"),
                    ["pipeline"] = new JsonArray(new JsonObject { ["prefix"] = CloudAccount.PipelinePrefix }),
                },
            }
        );
}
