using System.Text.Json;
using System.Text.Json.Nodes;
using Pulumi;
using Pulumi.AwsNative.Events;
using Pulumi.AwsNative.Events.Inputs;

namespace Mlops.Infra.Components;

/// <summary>What a caller may choose about the <see cref="PipelineNotifications"/>.</summary>
public sealed record PipelineNotificationsArgs
{
    /// <summary>The account of the pipelines.</summary>
    public required OrchestratorAccount Account { get; init; }

    /// <summary>ARN of the topic that is told.</summary>
    public required Input<string> TopicArn { get; init; }
}

/// <summary>Tells the topic, in a sentence, of every pipeline of ours that succeeds or fails.</summary>
public sealed class PipelineNotifications : ComponentResource
{
    /// <summary>Makes a rule for each outcome, so that either can be switched off alone.</summary>
    public PipelineNotifications(string name, PipelineNotificationsArgs args, ComponentResourceOptions? options = null)
        : base("mlops:notifications:PipelineNotifications", name, options)
    {
        Tell("SUCCEEDED", "succeeded", "has succeeded: what it deployed is in service and was verified.");
        Tell("FAILED", "failed", "has failed. Its stages, and the reason, are at the address below.");
        RegisterOutputs();

        void Tell(string state, string word, string sentence) =>
            _ = new Rule(
                $"{name}-{word}",
                new RuleArgs
                {
                    Name = $"{args.Account.Prefix}-pipeline-{word}",
                    Description = $"A pipeline of {args.Account.Prefix} {word}",
                    State = RuleState.Enabled,
                    EventPattern = Output.Create<object>(Pattern(state)),
                    Targets =
                    {
                        new RuleTargetArgs
                        {
                            Id = "topic",
                            Arn = args.TopicArn,
                            InputTransformer = Sentence(sentence),
                        },
                    },
                },
                new CustomResourceOptions { Parent = this }
            );
    }

    private static JsonElement Pattern(string state) =>
        JsonSerializer.SerializeToElement(
            new JsonObject
            {
                ["source"] = new JsonArray("aws.codepipeline"),
                ["detail-type"] = new JsonArray("CodePipeline Pipeline Execution State Change"),
                ["detail"] = new JsonObject
                {
                    ["state"] = new JsonArray(state),
                    ["pipeline"] = new JsonArray(new JsonObject { ["prefix"] = OrchestratorAccount.PipelinePrefix }),
                },
            }
        );

    /// <summary>A template that is not JSON is one quoted string for each line (EventBridge, input transformation).</summary>
    private static RuleInputTransformerArgs Sentence(string sentence) =>
        new()
        {
            InputPathsMap =
            {
                { "account", "$.account" },
                { "execution", "$.detail.execution-id" },
                { "pipeline", "$.detail.pipeline" },
                { "region", "$.region" },
                { "time", "$.time" },
            },
            InputTemplate = $"""
                "The pipeline <pipeline> {sentence}"
                "Execution <execution>, account <account>, region <region>, <time>."
                "https://<region>.console.aws.amazon.com/codesuite/codepipeline/pipelines/<pipeline>/view?region=<region>"
                """,
        };
}
