using Mlops.Provisioning;
using Pulumi;

namespace Mlops.Infra;

/// <summary>
/// The account that the program runs in: its providers, who it is, and ARNs of things in it. There are no default
/// providers, so nothing can end up in another account by omission.
/// </summary>
public sealed class OrchestratorAccount
{
    /// <summary>Makes both providers, tied to one account.</summary>
    public OrchestratorAccount(string prefix, StackSettings settings)
    {
        Prefix = prefix;
        Region = settings.Region;
        var tags = new InputMap<string> { { DeploymentTags.Deployment, prefix } };
        foreach (var (key, value) in settings.Tags)
        {
            tags.Add(key, value);
        }

        // Asked with a provider of its own: the others are told which account they may work in.
        var caller = new Pulumi.Aws.Provider(
            $"{prefix}-caller",
            new Pulumi.Aws.ProviderArgs
            {
                Region = settings.Region,
                AllowedAccountIds = settings.AccountId is { } only ? [only] : [],
                DefaultTags = new Pulumi.Aws.Inputs.ProviderDefaultTagsArgs { Tags = tags },
            }
        );
        var asCaller = new InvokeOptions { Provider = caller };
        Id = Pulumi.Aws.GetCallerIdentity.Invoke(options: asCaller).Apply(identity => identity.AccountId);
        Partition = Pulumi.Aws.GetPartition.Invoke(options: asCaller).Apply(partition => partition.Partition);

        Aws = new Pulumi.Aws.Provider(
            $"{prefix}-aws",
            new Pulumi.Aws.ProviderArgs
            {
                Region = settings.Region,
                AllowedAccountIds = { Id },
                DefaultTags = new Pulumi.Aws.Inputs.ProviderDefaultTagsArgs { Tags = tags },
            }
        );
        AwsNative = new Pulumi.AwsNative.Provider(
            $"{prefix}-aws-native",
            new Pulumi.AwsNative.ProviderArgs
            {
                Region = settings.Region,
                AllowedAccountIds = { Id },
                DefaultTags = new Pulumi.AwsNative.Inputs.ProviderDefaultTagsArgs { Tags = tags },
            }
        );
    }

    /// <summary><c>&lt;project&gt;-&lt;stack&gt;</c>, the start of every name.</summary>
    public string Prefix { get; }

    /// <summary>The region of everything.</summary>
    public string Region { get; }

    /// <summary>Twelve digits.</summary>
    public Output<string> Id { get; }

    /// <summary><c>aws</c>, <c>aws-us-gov</c>, ….</summary>
    public Output<string> Partition { get; }

    /// <summary>For S3 and Lambda functions.</summary>
    public Pulumi.Aws.Provider Aws { get; }

    /// <summary>For everything else.</summary>
    public Pulumi.AwsNative.Provider AwsNative { get; }

    /// <summary>What every component of this account is made with.</summary>
    public ComponentResourceOptions Options => new() { Providers = { Aws, AwsNative } };

    /// <summary>ARN of something in this account and region.</summary>
    public Output<string> Arn(string service, string resource) =>
        Output.Format($"arn:{Partition}:{service}:{Region}:{Id}:{resource}");

    /// <summary>ARN of something of a service without regions: IAM.</summary>
    public Output<string> GlobalArn(string service, string resource) =>
        Output.Format($"arn:{Partition}:{service}::{Id}:{resource}");

    /// <summary>ARN of something of an AWS service that belongs to no account: API Gateway, S3.</summary>
    public Output<string> SharedArn(string service, string resource, bool regional = true) =>
        Output.Format($"arn:{Partition}:{service}:{(regional ? Region : "")}::{resource}");

    /// <summary>What one CodePipeline instance of ours is called.</summary>
    public Output<string> PipelinesArn => Arn("codepipeline", $"{PipelinePrefix}*");

    /// <summary>The stacks that our pipelines deploy.</summary>
    public Output<string> PipelineStacksArn => Arn("cloudformation", $"stack/{PipelinePrefix}*/*");

    /// <summary>The start of the name of every pipeline, and of the stack that it deploys: the predecessor's.</summary>
    public const string PipelinePrefix = "mlops-pipeline-";
}
