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
                .. targets.Select(target => new StageDefinition(
                    target.Target.StageName,
                    DeployTo(target, request.Blueprint.Manifest, settings)
                )),
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

    private static List<ActionDefinition> DeployTo(
        MappedTarget target,
        BlueprintManifest manifest,
        ProvisioningSettings settings
    )
    {
        var actions = new List<ActionDefinition>();
        foreach (var part in target.Parts)
        {
            var suffix = manifest.Parts.Count == 1 ? "" : Target.Pascal(part.Part.Name);
            var file = PackageFiles.Parameters(manifest, part.Part, target.Target);
            actions.Add(Ask(Duty.Prepare, suffix, target.Target, part, file, settings));
            actions.Add(Deploy(suffix, target.Target, part, file, manifest, settings));
            if (part.Part.Job is not null)
            {
                actions.Add(Run(suffix, target.Target, part, settings));
            }

            actions.Add(Ask(Duty.Verify, suffix, target.Target, part, file, settings));
        }

        return [.. actions.Select((action, index) => action with { RunOrder = index + 1 })];
    }

    private static ActionDefinition Ask(
        Duty duty,
        string suffix,
        Target target,
        MappedPart part,
        string file,
        ProvisioningSettings settings
    ) =>
        new()
        {
            Name = $"{duty}{suffix}",
            Kind = ActionKind.Lambda,
            Inputs = [PackageArtifact],
            Configuration = new Dictionary<string, string>
            {
                ["FunctionName"] = settings.DeploymentFlowFunction,
                ["UserParameters"] = new DutyParameters(duty, target.Name, part.StackName, file).ToJson(),
            },
        };

    private static ActionDefinition Deploy(
        string suffix,
        Target target,
        MappedPart part,
        string file,
        BlueprintManifest manifest,
        ProvisioningSettings settings
    ) =>
        new()
        {
            Name = $"Deploy{suffix}",
            Kind = ActionKind.CloudFormation,
            Inputs = [PackageArtifact],
            Namespace = $"{target.PascalName}Deploy{suffix}",
            Configuration = new Dictionary<string, string>
            {
                ["ActionMode"] = "CREATE_UPDATE",
                ["StackName"] = part.StackName,
                ["Capabilities"] = "CAPABILITY_IAM",
                ["RoleArn"] = settings.Deployment.CloudFormationRoleArn(target),
                ["TemplatePath"] = $"{PackageArtifact}::{PackageFiles.Template(manifest, part.Part)}",
                ["TemplateConfiguration"] = $"{PackageArtifact}::{file}",
            },
        };

    // The state machine has its stack's name, so that its ARN is known before it is made.
    private static ActionDefinition Run(string suffix, Target target, MappedPart part, ProvisioningSettings settings) =>
        new()
        {
            Name = $"Run{suffix}",
            Kind = ActionKind.StepFunctions,
            Inputs = [PackageArtifact],
            Configuration = new Dictionary<string, string>
            {
                ["StateMachineArn"] =
                    $"arn:{settings.Deployment.Partition}:states:{settings.Deployment.Region}:{target.AccountId}:stateMachine:{part.StackName}",
            },
        };
}
