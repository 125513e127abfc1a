using System.Text;
using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Tests.Fakes;

namespace Mlops.Provisioning.Tests.CodePipelines;

public sealed class PipelineShapeTests
{
    private const string Name = "mlops-pipeline-my-model-byompipelinerealtimebuiltin";

    [Test]
    public void In_one_account_there_is_a_source_and_DeployPipeline()
    {
        var definition = Definition(Deployments.Single());

        Assert.That(
            definition.Stages.SelectMany(stage => stage.Actions, Describe),
            Is.EqualTo(
                (string[])
                    [
                        "Source/1 Source: Source/AWS/S3/1 → Package; PollForSourceChanges=false, S3Bucket=mlops-dev-assets, "
                            + $"S3ObjectKey=mlops_provisioned_pipelines/{Name}/template.zip",
                        "DeployPipeline/1 Prepare: Invoke/AWS/Lambda/1 Package →; FunctionName=mlops-dev-deployment-flow, "
                            + "UserParameters={\"duty\":\"Prepare\",\"target\":\"pipeline\",\"stack\":\""
                            + Name
                            + "\",\"parameterFile\":\"pipeline.json\"}",
                        "DeployPipeline/2 Deploy: Deploy/AWS/CloudFormation/1 Package → as PipelineDeploy; ActionMode=CREATE_UPDATE, "
                            + "Capabilities=CAPABILITY_IAM, RoleArn=arn:aws:iam::123456789012:role/mlops-orchestrator/mlops-dev-cloudformation, "
                            + $"StackName={Name}, TemplateConfiguration=Package::pipeline.json, TemplatePath=Package::template.yaml",
                        "DeployPipeline/3 Verify: Invoke/AWS/Lambda/1 Package →; FunctionName=mlops-dev-deployment-flow, "
                            + "UserParameters={\"duty\":\"Verify\",\"target\":\"pipeline\",\"stack\":\""
                            + Name
                            + "\",\"parameterFile\":\"pipeline.json\"}",
                    ]
            )
        );
        Assert.That((definition.PipelineType, definition.ExecutionMode), Is.EqualTo(("V2", "SUPERSEDED")));
    }

    [Test]
    public void In_several_accounts_there_is_a_stage_per_target_in_order() =>
        Assert.That(
            Definition(Deployments.Multi()).Stages.Select(stage => stage.Name),
            Is.EqualTo((string[])["Source", "DeployDev", "DeployStaging", "DeployProd"])
        );

    [Test]
    public void Nothing_of_a_request_but_its_name_is_in_it() =>
        Assert.That(
            DefinitionText.AreSame(
                Definition(Deployments.Single()),
                Definition(
                    Deployments.Single(),
                    Deployments
                        .Example("byom_realtime_builtin")
                        .Replace("xgboost", "kmeans", StringComparison.Ordinal)
                        .Replace("1.7-1", "1", StringComparison.Ordinal)
                ),
                "us-east-1"
            )
        );

    [Test]
    public void What_CodePipeline_adds_or_reorders_is_no_difference()
    {
        var ours = Definition(Deployments.Single());
        var theirs = ours with
        {
            Stages =
            [
                .. ours.Stages.Select(stage =>
                    stage with
                    {
                        Actions =
                        [
                            .. stage
                                .Actions.Reverse()
                                .Select(action =>
                                    action with
                                    {
                                        Region = "us-east-1",
                                        Configuration = action.Configuration.Reverse().ToDictionary(),
                                    }
                                ),
                        ],
                    }
                ),
            ],
        };

        Assert.That(DefinitionText.AreSame(ours, theirs, "us-east-1"));
        Assert.That(DefinitionText.AreSame(ours, theirs, "us-west-2"), Is.False);
    }

    [Test]
    public void Any_other_change_is_a_difference()
    {
        var ours = Definition(Deployments.Single());
        PipelineDefinition[] others =
        [
            ours with
            {
                RoleArn = "other",
            },
            ours with
            {
                ArtifactBucket = "other",
            },
            ours with
            {
                ArtifactKeyArn = null,
            },
            ours with
            {
                PipelineType = "V1",
            },
            ours with
            {
                ExecutionMode = "QUEUED",
            },
            ours with
            {
                Stages = [.. ours.Stages.Take(1)],
            },
            ours with
            {
                Stages = [.. ours.Stages.Reverse()],
            },
            WithDeploy(ours, action => action with { Namespace = null }),
            WithDeploy(ours, action => action with { RoleArn = "other" }),
            WithDeploy(ours, action => action with { RunOrder = 9 }),
            WithDeploy(ours, action => action with { Inputs = [] }),
            WithDeploy(ours, action => action with { Outputs = ["New"] }),
            WithDeploy(ours, action => action with { Kind = ActionKind.Lambda }),
            WithDeploy(ours, action => action with { Configuration = new Dictionary<string, string>() }),
        ];

        Assert.That(others.Select(other => DefinitionText.AreSame(ours, other, "us-east-1")), Is.All.False);
    }

    private static PipelineDefinition WithDeploy(
        PipelineDefinition ours,
        Func<ActionDefinition, ActionDefinition> change
    ) =>
        ours with
        {
            Stages =
            [
                ours.Stages[0],
                ours.Stages[1] with
                {
                    Actions =
                    [
                        .. ours.Stages[1].Actions.Select(action => action.Name == "Deploy" ? change(action) : action),
                    ],
                },
            ],
        };

    private static PipelineDefinition Definition(ProvisioningSettings settings, string? request = null) =>
        Deployments
            .Planner(settings)
            .Plan(Encoding.UTF8.GetBytes(request ?? Deployments.Example("byom_realtime_builtin")), out _)!
            .Definition;

    private static string Describe(StageDefinition stage, ActionDefinition action)
    {
        var kind = $"{action.Kind.Category}/{action.Kind.Owner}/{action.Kind.Provider}/{action.Kind.Version}";
        var artifacts = $"{string.Join(",", action.Inputs)} → {string.Join(",", action.Outputs)}".Trim();
        var space = action.Namespace is null ? "" : $" as {action.Namespace}";
        var configuration = action
            .Configuration.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => $"{pair.Key}={pair.Value}");
        return $"{stage.Name}/{action.RunOrder} {action.Name}: {kind} {artifacts}{space}; {string.Join(", ", configuration)}";
    }
}
