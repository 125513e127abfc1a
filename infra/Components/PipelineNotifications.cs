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

    /// <summary>Keeps what could not be told.</summary>
    public required DeadLetters DeadLetters { get; init; }
}

/// <summary>Tells the topic, in a sentence, of every pipeline of ours that succeeds or fails.</summary>
public sealed class PipelineNotifications : ComponentResource
{
    private const string Succeeded = "succeeded";
    private const string Failed = "failed";

    /// <summary>Makes a rule for each outcome, so that either can be switched off alone.</summary>
    public PipelineNotifications(string name, PipelineNotificationsArgs args, ComponentResourceOptions? options = null)
        : base("mlops:notifications:PipelineNotifications", name, options)
    {
        Tell("SUCCEEDED", Succeeded, "has succeeded: what was asked for is deployed and verified.");
        Tell("FAILED", Failed, "has failed. Its stages, and the reason, are at the address below.");
        RegisterOutputs();

        void Tell(string state, string word, string sentence) =>
            _ = new Rule(
                $"{name}-{word}",
                new RuleArgs
                {
                    Name = RuleName(args.Account.Prefix, word),
                    Description = $"A pipeline of {args.Account.Prefix} {word}",
                    State = RuleState.Enabled,
                    EventPattern = Output.Create<object>(Pattern(state)),
                    Targets =
                    {
                        new RuleTargetArgs
                        {
                            Id = "topic",
                            Arn = args.TopicArn,
                            DeadLetterConfig = new RuleDeadLetterConfigArgs { Arn = args.DeadLetters.Arn },
                            InputTransformer = Sentence(sentence),
                        },
                    },
                },
                new CustomResourceOptions { Parent = this }
            );
    }

    /// <summary>Names of the rules, which the queue of dead letters has to know before there are any.</summary>
    public static IReadOnlyList<string> RuleNames(string prefix) =>
        [RuleName(prefix, Succeeded), RuleName(prefix, Failed)];

    private static string RuleName(string prefix, string word) => $"{prefix}-pipeline-{word}";

    private static JsonElement Pattern(string state) =>
        JsonSerializer.SerializeToElement(
            new JsonObject
            {
                ["source"] = new JsonArray("aws.codepipeline"),
                ["detail-type"] = new JsonArray("CodePipeline Pipeline Execution State Change"),
                ["detail"] = new JsonObject
                {
                    ["state"] = new JsonArray(state),
                    ["pipeline"] = new JsonArray(new JsonObject { ["prefix"] = CloudAccount.PipelinePrefix }),
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
