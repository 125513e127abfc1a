using Pulumi;

namespace Mlops.Infra.Components;

/// <summary>Where models, data and packages are, whoever made it.</summary>
/// <param name="Name">The real name.</param>
/// <param name="Arn">ARN of the bucket.</param>
/// <param name="KeyArn">ARN of the customer key of its objects; null: S3's own key, or AWS's.</param>
public sealed record AssetsBucket(Output<string> Name, Output<string> Arn, Input<string>? KeyArn);
