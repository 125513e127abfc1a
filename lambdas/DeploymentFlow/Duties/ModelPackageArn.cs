namespace Mlops.DeploymentFlow.Duties;

/// <summary>Tells the ARN of a model package version, wherever it stands among the parameters of a template. Wider on purpose than
/// what a request may name (<see cref="Provisioning.Values.ModelPackageArn"/>): a package that is not recognized would be deployed
/// without anybody having asked whether it is approved.</summary>
public static class ModelPackageArn
{
    private const string Resource = "model-package/";

    /// <summary>True for <c>arn:…:sagemaker:region:account:model-package/group/version</c> (and packages without a group).</summary>
    public static bool IsVersion(string value) =>
        value.Split(':', 6) is ["arn", var partition, "sagemaker", _, { Length: 12 }, var resource]
        && partition.StartsWith("aws", StringComparison.Ordinal)
        && resource.StartsWith(Resource, StringComparison.Ordinal)
        && resource.Length > Resource.Length;
}
