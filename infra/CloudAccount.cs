using Mlops.Provisioning;
using Pulumi;

namespace Mlops.Infra;

/// <summary>
/// An account that the program works in: its providers, who it is, and ARNs of things in it. There are no default
/// providers, so nothing can end up in another account by omission.
/// </summary>
public abstract class CloudAccount
{
    /// <summary>The start of the name of every pipeline, and of the stack that it deploys: the predecessor's.</summary>
    public const string PipelinePrefix = "mlops-pipeline-";

    /// <summary>The parts that every account has.</summary>
    private protected CloudAccount(string prefix, string region) => (Prefix, Region) = (prefix, region);

    /// <summary><c>&lt;project&gt;-&lt;stack&gt;</c>, the start of every name.</summary>
    public string Prefix { get; }

    /// <summary>The region of everything.</summary>
    public string Region { get; }

    /// <summary>Twelve digits.</summary>
    public abstract Output<string> Id { get; }

    /// <summary><c>aws</c>, <c>aws-us-gov</c>, ….</summary>
    public abstract Output<string> Partition { get; }

    /// <summary>For S3 and Lambda functions.</summary>
    public abstract Pulumi.Aws.Provider Aws { get; }

    /// <summary>For everything else.</summary>
    public abstract Pulumi.AwsNative.Provider AwsNative { get; }

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

    /// <summary>The actions in those pipelines that ask for an approval.</summary>
    public Output<string> PipelineApprovalsArn => Arn("codepipeline", $"{PipelinePrefix}*/*/{DeploymentNames.Approve}");

    /// <summary>The stacks that our pipelines deploy.</summary>
    public Output<string> PipelineStacksArn => Arn("cloudformation", $"stack/{PipelinePrefix}*/*");
}
