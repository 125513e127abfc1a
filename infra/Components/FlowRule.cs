using System.Text.Json;
using Pulumi;
using Pulumi.AwsNative.Events;
using Pulumi.AwsNative.Events.Inputs;
using Pulumi.AwsNative.Lambda;

namespace Mlops.Infra.Components;

/// <summary>What a caller may choose about a <see cref="FlowRule"/>.</summary>
public sealed record FlowRuleArgs
{
    /// <summary>Which events.</summary>
    public required FlowEvents Events { get; init; }

    /// <summary>What is told of them.</summary>
    public required DeploymentFlowFunction Flow { get; init; }

    /// <summary>Keeps the events that did not reach it.</summary>
    public required DeadLetters DeadLetters { get; init; }
}

/// <summary>Tells DeploymentFlow of events that are no jobs of CodePipeline's.</summary>
public sealed class FlowRule : ComponentResource
{
    /// <summary>Makes the rule, called as this component.</summary>
    public FlowRule(string name, FlowRuleArgs args, ComponentResourceOptions? options = null)
        : base("mlops:operations:FlowRule", name, options)
    {
        var rule = new Rule(
            $"{name}-rule",
            new RuleArgs
            {
                Name = args.Events.Rule.Name,
                Description = args.Events.Description,
                State = RuleState.Enabled,
                EventPattern = Output.Create<object>(JsonSerializer.SerializeToElement(args.Events.Pattern)),
                Targets =
                {
                    new RuleTargetArgs
                    {
                        Id = "flow",
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
}
