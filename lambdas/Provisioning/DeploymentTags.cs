using Mlops.Provisioning.Requests;

namespace Mlops.Provisioning;

/// <summary>Tags that say what belongs to what.</summary>
public static class DeploymentTags
{
    /// <summary>The deployment.</summary>
    public const string Deployment = "mlops:deployment";

    /// <summary>The pipeline that deployed a stack.</summary>
    public const string Pipeline = "mlops:pipeline";

    /// <summary>The pipeline's type.</summary>
    public const string PipelineType = "mlops:pipeline-type";

    /// <summary>The model, as the request spells it.</summary>
    public const string ModelName = "mlops:model-name";

    /// <summary>SHA-256 of the package that a pipeline was last given.</summary>
    public const string Package = "mlops:package";

    /// <summary>Tags of every stack of a pipeline, and by that of what the stack makes: nothing that changes with each request.</summary>
    public static IReadOnlyDictionary<string, string> OfStack(ValidatedRequest request, string deploymentName) =>
        new Dictionary<string, string>
        {
            [Deployment] = deploymentName,
            [Pipeline] = request.Name.Text,
            [PipelineType] = request.Type.Type,
            [ModelName] = request.ModelName,
        };

    /// <summary>Tags of a pipeline.</summary>
    public static IReadOnlyDictionary<string, string> OfPipeline(
        ValidatedRequest request,
        string deploymentName,
        string packageSha256
    ) =>
        new Dictionary<string, string>
        {
            [Deployment] = deploymentName,
            [PipelineType] = request.Type.Type,
            [ModelName] = request.ModelName,
            [Package] = packageSha256,
        };
}
