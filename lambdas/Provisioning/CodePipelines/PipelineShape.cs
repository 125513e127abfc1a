using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.Packaging;
using Mlops.Provisioning.Requests;

namespace Mlops.Provisioning.CodePipelines;

/// <summary>
/// The structure of a pipeline: a source, and a stage per target. It holds what depends on the targets and on the
/// blueprint's shape, and nothing of a request but its names, so that a changed request changes the package only.
/// </summary>
public static class PipelineShape
{
    /// <summary>Name of the stage and of the action that read the package.</summary>
    public const string Source = "Source";

    /// <summary>Name of the artifact that holds the package.</summary>
    public const string PackageArtifact = "Package";

    /// <summary>The structure for this request.</summary>
    public static PipelineDefinition Of(
        ValidatedRequest request,
        IReadOnlyList<MappedTarget> targets,
        ProvisioningSettings settings
    ) =>
        new()
        {
            Name = request.Name.Text,
            RoleArn = settings.PipelineRoleArn,
            ArtifactBucket = settings.ArtifactBucket,
            ArtifactKeyArn = settings.ArtifactKeyArn,
            Stages =
            [
                new StageDefinition(Source, [SourceOf(request, settings)]),
                .. targets.Select(target => new DeployStage(target, request.Blueprint.Manifest, settings).Definition),
            ],
        };

    private static ActionDefinition SourceOf(ValidatedRequest request, ProvisioningSettings settings) =>
        new()
        {
            Name = Source,
            Kind = ActionKind.S3Source,
            Outputs = [PackageArtifact],
            Configuration = new Dictionary<string, string>
            {
                ["S3Bucket"] = settings.Deployment.AssetsBucket,
                ["S3ObjectKey"] = DeploymentNames.PackageKey(request.Name.Text),
                ["PollForSourceChanges"] = "false",
            },
        };
}
