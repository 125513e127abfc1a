using System.Text;
using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Evidence;

namespace Mlops.Provisioning.Tests.Fakes;

/// <summary>A pipeline to three accounts that was made from the example, and how far it is.</summary>
internal sealed class Promotion(FakeAws aws)
{
    public const string Name = "mlops-pipeline-my-model-byompipelinerealtimebuiltin";
    public const string Ada = "arn:aws:iam::123456789012:user/ada";
    public const string Bob = "arn:aws:iam::123456789012:user/bob";
    public const string Token = "11111111-2222-3333-4444-555555555555";
    public const string Orchestrator =
        "arn:aws:sts::123456789012:assumed-role/mlops-dev-orchestrator/mlops-dev-orchestrator";

    public static readonly DateTimeOffset Since = new(2026, 11, 23, 12, 30, 0, TimeSpan.Zero);

    public static readonly string Request = Deployments.Example("byom_realtime_builtin");

    public FakePipeline Pipeline => aws.Pipeline(Name)!;

    /// <summary>Id of the execution that the first provision started.</summary>
    public string First => Pipeline.Executions[^1].Id;

    public Task<ProvisionOutcome> ProvisionAsync(
        string? request = null,
        ProvisionOptions? options = null,
        ProvisioningSettings? settings = null
    )
    {
        settings ??= Deployments.Multi();
        return new PipelineService(Deployments.Planner(settings), settings, aws, aws).ProvisionAsync(
            Encoding.UTF8.GetBytes(request ?? Request),
            options ?? new ProvisionOptions { Caller = Ada },
            CancellationToken.None
        );
    }

    /// <summary>The first execution has been delivered to dev and waits for staging; nothing has come to prod.</summary>
    public async Task<string> WaitForStagingAsync(params string[] behind)
    {
        await ProvisionAsync();
        aws.Source();
        var waiting = Waiting("DeployStaging", First) with
        {
            InboundExecutions =
                behind.Length == 0 ? null : [.. behind.Select(id => new StageExecution(id, "InProgress"))],
        };
        Show(Done("Source", First), Done("DeployDev", First), waiting, Idle("DeployProd"));
        return First;
    }

    public void Show(params StageState[] stages) =>
        Pipeline.State = new PipelineState { PipelineName = Name, StageStates = stages };

    public static StageState Idle(string name) =>
        new()
        {
            StageName = name,
            ActionStates = [new ActionState { ActionName = "Prepare" }, new ActionState { ActionName = "Approve" }],
        };

    public static StageState Done(string name, string execution) =>
        new()
        {
            StageName = name,
            LatestExecution = new StageExecution(execution, "Succeeded"),
            ActionStates =
            [
                new ActionState
                {
                    ActionName = name == "Source" ? "Source" : "Deploy",
                    LatestExecution = new ActionExecution { Status = "Succeeded", Summary = "version 7" },
                },
            ],
        };

    public static StageState Waiting(string name, string execution) =>
        new()
        {
            StageName = name,
            LatestExecution = new StageExecution(execution, "InProgress"),
            ActionStates =
            [
                new ActionState
                {
                    ActionName = "Approve",
                    EntityUrl = "https://example.com/changes",
                    LatestExecution = new ActionExecution
                    {
                        Status = "InProgress",
                        Token = Token,
                        LastStatusChange = Since,
                    },
                },
            ],
        };

    public static StageState Answered(string name, string execution, string status, string by, string summary) =>
        Waiting(name, execution) with
        {
            ActionStates =
            [
                new ActionState
                {
                    ActionName = "Approve",
                    LatestExecution = new ActionExecution
                    {
                        Status = status,
                        Summary = summary,
                        LastUpdatedBy = by,
                    },
                },
            ],
        };

    /// <summary>What the waiting execution would change in staging, where DeploymentFlow keeps it.</summary>
    public TargetChanges Keep(string execution)
    {
        var changes = new TargetChanges(
            Name,
            execution,
            "staging",
            "222222222222",
            [
                new StackChanges(
                    Name,
                    IsNew: false,
                    [new ResourceChange(ChangeKind.Replace, "Model", "AWS::SageMaker::Model", "m-1", ["Image"])],
                    [new ParameterChange("InstanceType", "ml.m5.large", "ml.m5.xlarge")]
                ),
            ]
        );
        aws.Assets[TargetChanges.Key(Name, execution, "staging")] = changes.ToJson();
        return changes;
    }
}
