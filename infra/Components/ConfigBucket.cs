using System.Text.Json;
using System.Text.Json.Nodes;
using Mlops.Infra.Operations;
using Mlops.Provisioning;
using Pulumi;
using Pulumi.AwsNative.Events;
using Pulumi.AwsNative.Events.Inputs;
using Pulumi.AwsNative.Lambda;

namespace Mlops.Infra.Components;

/// <summary>What a caller may choose about the <see cref="ConfigBucket"/>.</summary>
public sealed record ConfigBucketArgs
{
    /// <summary>The account of the bucket.</summary>
    public required OrchestratorAccount Account { get; init; }

    /// <summary>Name of the bucket.</summary>
    public required string Bucket { get; init; }

    /// <summary>Key of the file.</summary>
    public required string Key { get; init; }

    /// <summary>What applies the file.</summary>
    public required DeploymentFlowFunction Flow { get; init; }

    /// <summary>Keeps the events that did not reach it.</summary>
    public required DeadLetters DeadLetters { get; init; }
}

/// <summary>Has a config file applied whenever it is put into a bucket of the user's.</summary>
public sealed class ConfigBucket : ComponentResource
{
    /// <summary>Makes the rule, called as this component.</summary>
    public ConfigBucket(string name, ConfigBucketArgs args, ComponentResourceOptions? options = null)
        : base("mlops:pipelines:ConfigBucket", name, options)
    {
        var rule = new Rule(
            $"{name}-rule",
            new RuleArgs
            {
                Name = name,
                Description = $"The config file {args.Key} was put into {args.Bucket}",
                State = RuleState.Enabled,
                EventPattern = Output.Create<object>(Pattern(args.Bucket, args.Key)),
                Targets =
                {
                    new RuleTargetArgs
                    {
                        Id = "apply",
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
    public static IReadOnlyList<TellingRule> Rules(string prefix) => [new(DeploymentNames.Config(prefix))];

    /// <summary>Amazon S3, "EventBridge event message structure". Exactly this key: another file is another file.</summary>
    private static JsonElement Pattern(string bucket, string key) =>
        JsonSerializer.SerializeToElement(
            new JsonObject
            {
                ["source"] = new JsonArray("aws.s3"),
                ["detail-type"] = new JsonArray("Object Created"),
                ["detail"] = new JsonObject
                {
                    ["bucket"] = new JsonObject { ["name"] = new JsonArray(bucket) },
                    ["object"] = new JsonObject { ["key"] = new JsonArray(key) },
                },
            }
        );
}
