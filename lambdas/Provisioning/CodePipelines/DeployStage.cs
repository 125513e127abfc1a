using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.Packaging;

namespace Mlops.Provisioning.CodePipelines;

/// <summary>The stage that deploys to one target.</summary>
internal sealed class DeployStage(MappedTarget target, BlueprintManifest manifest, ProvisioningSettings settings)
{
    private readonly Target _target = target.Target;

    /// <summary>In one account, or for what never leaves the orchestrator's, stacks are changed at once.</summary>
    public StageDefinition Definition =>
        new(
            _target.StageName,
            [.. (IsReviewed ? Reviewed() : Direct()).Select((action, index) => action with { RunOrder = index + 1 })]
        );

    private bool IsReviewed =>
        settings.Deployment.AccountMode == AccountMode.Multi && manifest.DeploysTo == DeploysTo.Targets;

    /// <summary>Part by part.</summary>
    private IEnumerable<ActionDefinition> Direct() =>
        target.Parts.SelectMany(part =>
            new[] { Ask(Duty.Prepare, part), Deploy(part, "CREATE_UPDATE") }.Concat(After(part))
        );

    /// <summary>
    /// What would change in all parts is known before the one approval; it is exactly that which is deployed then, part by
    /// part.
    /// </summary>
    private IEnumerable<ActionDefinition> Reviewed() =>
        [
            .. target.Parts.Select(part => Ask(Duty.Prepare, part)),
            .. target.Parts.Select(ChangeSet),
            Summarize(),
            .. _target.Approval ? [Approval()] : Array.Empty<ActionDefinition>(),
            .. target.Parts.SelectMany(part => After(part).Prepend(Execute(part))),
        ];

    private IEnumerable<ActionDefinition> After(MappedPart part) =>
        part.Part.Job is null ? [Ask(Duty.Verify, part)] : [Run(part), Ask(Duty.Verify, part)];

    private ActionDefinition Ask(Duty duty, MappedPart part) =>
        Ask(
            $"{duty}{Suffix(part)}",
            new DutyParameters(
                duty,
                _target.Name,
                part.StackName,
                PackageFiles.Parameters(manifest, part.Part, _target)
            )
        );

    private ActionDefinition Summarize()
    {
        var last = target.Parts[^1];
        var file = PackageFiles.Parameters(manifest, last.Part, _target);
        return Ask(
            nameof(Duty.Summarize),
            new DutyParameters(Duty.Summarize, _target.Name, last.StackName, file)
            {
                Stacks = [.. target.Parts.Select(part => part.StackName)],
                Execution = "#{codepipeline.PipelineExecutionId}",
            }
        ) with
        {
            Namespace = ChangesNamespace,
        };
    }

    private string ChangesNamespace => $"{_target.PascalName}Changes";

    private ActionDefinition Ask(string name, DutyParameters parameters) =>
        new()
        {
            Name = name,
            Kind = ActionKind.Lambda,
            Inputs = [PipelineShape.PackageArtifact],
            Configuration = new Dictionary<string, string>
            {
                ["FunctionName"] = settings.DeploymentFlowFunction,
                ["UserParameters"] = parameters.ToJson(),
            },
        };

    private ActionDefinition Approval() =>
        new()
        {
            Name = DeploymentNames.Approve,
            Kind = ActionKind.Approval,
            TimeoutInMinutes = _target.ApprovalTimeoutMinutes,
            Configuration = new Dictionary<string, string>
            {
                ["CustomData"] = $"#{{{ChangesNamespace}.Summary}}",
                ["ExternalEntityLink"] = $"#{{{ChangesNamespace}.Link}}",
            },
        };

    private ActionDefinition Deploy(MappedPart part, string mode) =>
        new()
        {
            Name = $"Deploy{Suffix(part)}",
            Kind = ActionKind.CloudFormation,
            Inputs = [PipelineShape.PackageArtifact],
            Namespace = $"{_target.PascalName}Deploy{Suffix(part)}",
            RoleArn = DeliverRole,
            Configuration = Stack(part, mode),
        };

    private ActionDefinition ChangeSet(MappedPart part) =>
        new()
        {
            Name = $"ChangeSet{Suffix(part)}",
            Kind = ActionKind.CloudFormation,
            Inputs = [PipelineShape.PackageArtifact],
            RoleArn = DeliverRole,
            Configuration = new Dictionary<string, string>(Stack(part, "CHANGE_SET_REPLACE"))
            {
                ["ChangeSetName"] = DutyParameters.ChangeSet,
            },
        };

    private ActionDefinition Execute(MappedPart part) =>
        new()
        {
            Name = $"Deploy{Suffix(part)}",
            Kind = ActionKind.CloudFormation,
            Namespace = $"{_target.PascalName}Deploy{Suffix(part)}",
            RoleArn = DeliverRole,
            Configuration = new Dictionary<string, string>
            {
                ["ActionMode"] = "CHANGE_SET_EXECUTE",
                ["StackName"] = part.StackName,
                ["ChangeSetName"] = DutyParameters.ChangeSet,
            },
        };

    private Dictionary<string, string> Stack(MappedPart part, string mode) =>
        new()
        {
            ["ActionMode"] = mode,
            ["StackName"] = part.StackName,
            ["Capabilities"] = "CAPABILITY_IAM",
            ["RoleArn"] = settings.Deployment.CloudFormationRoleArn(_target),
            ["TemplatePath"] = $"{PipelineShape.PackageArtifact}::{PackageFiles.Template(manifest, part.Part)}",
            ["TemplateConfiguration"] =
                $"{PipelineShape.PackageArtifact}::{PackageFiles.Parameters(manifest, part.Part, _target)}",
        };

    // The state machine has its stack's name, so that its ARN is known before it is made.
    private ActionDefinition Run(MappedPart part) =>
        new()
        {
            Name = $"Run{Suffix(part)}",
            Kind = ActionKind.StepFunctions,
            Inputs = [PipelineShape.PackageArtifact],
            RoleArn = DeliverRole,
            Configuration = new Dictionary<string, string>
            {
                ["StateMachineArn"] =
                    $"arn:{settings.Deployment.Partition}:states:{settings.Deployment.Region}:{_target.AccountId}:stateMachine:{part.StackName}",
            },
        };

    /// <summary>In the orchestrator account the pipeline's own role delivers.</summary>
    private string? DeliverRole =>
        settings.Deployment.IsRemote(_target)
            ? _target.DeliverRoleArn(settings.Deployment.Partition, settings.Deployment.DeploymentName)
            : null;

    private string Suffix(MappedPart part) => manifest.Parts.Count == 1 ? "" : Target.Pascal(part.Part.Name);
}
