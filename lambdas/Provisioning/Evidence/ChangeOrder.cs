namespace Mlops.Provisioning.Evidence;

/// <summary>The order in which somebody who approves should read changes.</summary>
public static class ChangeOrder
{
    /// <summary>What answers clients or holds data: its loss is noticed outside.</summary>
    private static readonly string[] Precious =
    [
        "AWS::SageMaker::Endpoint",
        "AWS::SageMaker::ModelPackageGroup",
        "AWS::ApiGateway::RestApi",
        "AWS::S3::Bucket",
        "AWS::ECR::Repository",
        "AWS::KMS::Key",
    ];

    /// <summary>By what happens, then what is precious, then by name.</summary>
    public static IReadOnlyList<ResourceChange> Of(IEnumerable<ResourceChange> changes) =>
        [
            .. changes
                .OrderBy(change => change.Kind)
                .ThenBy(change => Array.IndexOf(Precious, change.Type) is >= 0 and var place ? place : Precious.Length)
                .ThenBy(change => change.LogicalId, StringComparer.Ordinal),
        ];
}
