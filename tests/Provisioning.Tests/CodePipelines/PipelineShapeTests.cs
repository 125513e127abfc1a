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
    public void In_another_account_the_change_set_that_somebody_approved_is_executed_by_the_targets_role()
    {
        var definition = Definition(Deployments.Multi());
        var staging = definition.Stages[2];
        const string Role = "arn:aws:iam::222222222222:role/mlops-orchestrator/mlops-dev-deliver";

        Assert.That(
            staging.Actions.Select(action => Describe(staging, action)),
            Is.EqualTo(
                (string[])
                    [
                        "DeployStaging/1 Prepare: Invoke/AWS/Lambda/1 Package →; FunctionName=mlops-dev-deployment-flow, "
                            + $"UserParameters={{\"duty\":\"Prepare\",\"target\":\"staging\",\"stack\":\"{Name}\",\"parameterFile\":\"staging.json\"}}",
                        "DeployStaging/2 ChangeSet: Deploy/AWS/CloudFormation/1 Package →; ActionMode=CHANGE_SET_REPLACE, "
                            + "Capabilities=CAPABILITY_IAM, ChangeSetName=mlops, "
                            + "RoleArn=arn:aws:iam::222222222222:role/mlops-orchestrator/mlops-dev-cloudformation, "
                            + $"StackName={Name}, TemplateConfiguration=Package::staging.json, TemplatePath=Package::template.yaml",
                        "DeployStaging/3 Summarize: Invoke/AWS/Lambda/1 Package → as StagingChanges; FunctionName=mlops-dev-deployment-flow, "
                            + $"UserParameters={{\"duty\":\"Summarize\",\"target\":\"staging\",\"stack\":\"{Name}\",\"parameterFile\":\"staging.json\","
                            + $"\"stacks\":[\"{Name}\"],\"execution\":\"#{{codepipeline.PipelineExecutionId}}\"}}",
                        "DeployStaging/4 Approve: Approval/AWS/Manual/1 →; CustomData=#{StagingChanges.Summary}, "
                            + "ExternalEntityLink=#{StagingChanges.Link}",
                        "DeployStaging/5 Deploy: Deploy/AWS/CloudFormation/1 → as StagingDeploy; ActionMode=CHANGE_SET_EXECUTE, "
                            + $"ChangeSetName=mlops, StackName={Name}",
                        "DeployStaging/6 Verify: Invoke/AWS/Lambda/1 Package →; FunctionName=mlops-dev-deployment-flow, "
                            + $"UserParameters={{\"duty\":\"Verify\",\"target\":\"staging\",\"stack\":\"{Name}\",\"parameterFile\":\"staging.json\"}}",
                    ]
            )
        );
        Assert.That(
            staging.Actions.ToDictionary(action => action.Name, action => action.RoleArn),
            Is.EquivalentTo(
                new Dictionary<string, string?>
                {
                    ["Prepare"] = null,
                    ["ChangeSet"] = Role,
                    ["Summarize"] = null,
                    ["Approve"] = null,
                    ["Deploy"] = Role,
                    ["Verify"] = null,
                }
            )
        );
        Assert.That(
            definition.Stages[1].Actions.Select(action => action.Name),
            Has.None.EqualTo("Approve"),
            "development asks nobody"
        );
    }

    [Test]
    public void All_change_sets_of_a_target_come_before_its_one_approval() =>
        Assert.That(
            Definition(Deployments.Multi(), Deployments.Example("byom_data_quality_monitor", "data-quality-monitor"))
                .Stages[2]
                .Actions.Select(action => action.Name),
            Is.EqualTo(
                (string[])
                    [
                        "PrepareBaseline",
                        "PrepareSchedule",
                        "ChangeSetBaseline",
                        "ChangeSetSchedule",
                        "Summarize",
                        "Approve",
                        "DeployBaseline",
                        "RunBaseline",
                        "VerifyBaseline",
                        "DeploySchedule",
                        "VerifySchedule",
                    ]
            )
        );

    [Test]
    public void The_orchestrator_account_as_a_target_is_delivered_to_by_the_pipelines_own_role()
    {
        var settings = Deployments.Multi();
        var own = settings with
        {
            Deployment = settings.Deployment with { Targets = [new Target("dev", AccountId.Parse("123456789012"))] },
        };

        Assert.That(Definition(own).Stages[1].Actions.Select(action => action.RoleArn), Is.All.Null);
    }

    [Test]
    public void What_never_leaves_the_orchestrator_account_is_deployed_there_at_once() =>
        Assert.That(
            Definition(Deployments.Multi(), Deployments.Example("model_training_builtin", "model-training"))
                .Stages.Select(stage =>
                    $"{stage.Name}: {string.Join(" ", stage.Actions.Select(action => action.Name))}"
                ),
            Is.EqualTo((string[])["Source: Source", "DeployPipeline: Prepare Deploy Run Verify"])
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
