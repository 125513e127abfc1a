using System.Text.Json.Nodes;
using Mlops.Infra.Operations;
using Mlops.Provisioning;

namespace Mlops.Infra.Components;

/// <summary>Events that DeploymentFlow is told of besides CodePipeline's jobs, and by which rule.</summary>
public sealed record FlowEvents
{
    /// <summary>Its name, which the queue of dead letters has to know before there is a rule.</summary>
    public required TellingRule Rule { get; init; }

    /// <summary>What happened, for whoever looks at the rules.</summary>
    public required string Description { get; init; }

    /// <summary>The events, as an EventBridge pattern.</summary>
    public required JsonObject Pattern { get; init; }

    /// <summary>All that there are with these settings.</summary>
    public static IReadOnlyList<FlowEvents> Of(string prefix, StackSettings settings) =>
        [
            Success(prefix),
            .. settings.ConfigSource is ConfigSourceKind.Bucket
                ? (FlowEvents[])[Put(prefix, settings.ConfigBucket!, settings.ConfigPath)]
                : [],
        ];

    /// <summary>
    /// A pipeline that has succeeded in taking down what it delivered is removed. The event does not say what an execution
    /// was for, so the function is told of every success, and looks (CodePipeline user guide, "Monitoring CodePipeline
    /// events").
    /// </summary>
    private static FlowEvents Success(string prefix) =>
        new()
        {
            Rule = new TellingRule(DeploymentNames.Teardown(prefix)),
            Description = "A pipeline has succeeded: if it was taken down, it is removed",
            Pattern = new JsonObject
            {
                ["source"] = new JsonArray("aws.codepipeline"),
                ["detail-type"] = new JsonArray("CodePipeline Pipeline Execution State Change"),
                ["detail"] = new JsonObject
                {
                    ["state"] = new JsonArray("SUCCEEDED"),
                    ["pipeline"] = new JsonArray(new JsonObject { ["prefix"] = CloudAccount.PipelinePrefix }),
                },
            },
        };

    /// <summary>
    /// A config file was put into a bucket of the user's (Amazon S3, "EventBridge event message structure"). Exactly this
    /// key: another file is another file.
    /// </summary>
    private static FlowEvents Put(string prefix, string bucket, string key) =>
        new()
        {
            Rule = new TellingRule(DeploymentNames.Config(prefix)),
            // Without the key, which may be longer than a description (EventBridge API, PutRule: 512 characters).
            Description = $"The config file was put into {bucket}",
            Pattern = new JsonObject
            {
                ["source"] = new JsonArray("aws.s3"),
                ["detail-type"] = new JsonArray("Object Created"),
                ["detail"] = new JsonObject
                {
                    ["bucket"] = new JsonObject { ["name"] = new JsonArray(bucket) },
                    ["object"] = new JsonObject { ["key"] = new JsonArray(key) },
                },
            },
        };
}
