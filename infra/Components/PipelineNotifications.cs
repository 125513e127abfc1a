using System.Text.Json.Nodes;
using Mlops.Infra.Operations;
using Mlops.Provisioning;
using Pulumi;

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

/// <summary>
/// Tells the topic of every pipeline of ours that succeeds or fails. A failure is told by the action that failed, for only its
/// event has the reason (CodePipeline user guide, "Monitoring CodePipeline events": <c>execution-result</c>); that of the
/// pipeline has none. So the mail of a failed job is the mail of its pipeline, and no rule looks at jobs that pipelines run.
/// </summary>
public sealed class PipelineNotifications : ComponentResource
{
    private const string Succeeded = "succeeded";
    private const string Failed = "failed";

    /// <summary>Makes a rule for each outcome, so that either can be switched off alone.</summary>
    public PipelineNotifications(string name, PipelineNotificationsArgs args, ComponentResourceOptions? options = null)
        : base("mlops:notifications:PipelineNotifications", name, options)
    {
        var prefix = args.Account.Prefix;
        foreach (var (word, rule) in ((string, TopicRule)[])[(Succeeded, Success(prefix)), (Failed, Failure(prefix))])
        {
            rule.Declare($"{name}-{word}", this, args.TopicArn, args.DeadLetters);
        }

        RegisterOutputs();
    }

    /// <summary>The rules, which the queue of dead letters has to know before there are any.</summary>
    public static IReadOnlyList<TellingRule> Rules(string prefix) => [Rule(prefix, Succeeded), Rule(prefix, Failed)];

    private static TellingRule Rule(string prefix, string word) => new($"{prefix}-pipeline-{word}");

    private static TopicRule Success(string prefix) =>
        new()
        {
            Rule = Rule(prefix, Succeeded),
            Description = $"A pipeline of {prefix} succeeded",
            Pattern = Pattern("CodePipeline Pipeline Execution State Change", "SUCCEEDED", Ours),
            Paths = Paths(),
            Text =
            [
                "The pipeline <pipeline> has succeeded: all of its stages have done their work.",
                "Execution <execution>, account <account>, region <region>, <time>.",
                Address,
            ],
        };

    private static TopicRule Failure(string prefix)
    {
        var paths = Paths();
        paths.Add("action", "$.detail.action");
        paths.Add("reason", "$.detail.execution-result.external-execution-summary");
        paths.Add("stage", "$.detail.stage");
        return new TopicRule
        {
            Rule = Rule(prefix, Failed),
            Description = $"An action of a pipeline of {prefix} failed, and the pipeline with it",
            Pattern = Pattern(
                "CodePipeline Action Execution State Change",
                "FAILED",
                Ours,
                DeploymentNames.Config(prefix)
            ),
            Paths = paths,
            Text =
            [
                "The pipeline <pipeline> has failed, in stage <stage>, action <action>:",
                "<reason>",
                "Execution <execution>, account <account>, region <region>, <time>.",
                "Mend the cause, then retry the stage at the address below, or send the request again.",
                Address,
            ],
        };
    }

    private const string Address =
        "https://<region>.console.aws.amazon.com/codesuite/codepipeline/pipelines/<pipeline>/view?region=<region>";

    private static JsonObject Ours => new() { ["prefix"] = CloudAccount.PipelinePrefix };

    private static JsonObject Pattern(string detailType, string state, params JsonNode[] pipelines) =>
        new()
        {
            ["source"] = new JsonArray("aws.codepipeline"),
            ["detail-type"] = new JsonArray(detailType),
            ["detail"] = new JsonObject { ["state"] = new JsonArray(state), ["pipeline"] = new JsonArray(pipelines) },
        };

    private static InputMap<string> Paths() =>
        new()
        {
            { "account", "$.account" },
            { "execution", "$.detail.execution-id" },
            { "pipeline", "$.detail.pipeline" },
            { "region", "$.region" },
            { "time", "$.time" },
        };
}
