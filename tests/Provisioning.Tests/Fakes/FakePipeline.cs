using Mlops.Provisioning.CodePipelines;

namespace Mlops.Provisioning.Tests.Fakes;

/// <summary>A pipeline in memory.</summary>
internal sealed class FakePipeline(PipelineDefinition definition, DateTimeOffset created)
{
    private readonly Dictionary<string, string?> versions = [];
    private readonly Dictionary<string, StageExecution> stages = [];

    public PipelineDefinition Definition { get; private set; } = definition;

    public DateTimeOffset Updated { get; private set; } = created;

    public Dictionary<string, string> Tags { get; init; } = [];

    /// <summary>What a test has CodePipeline say of its stages; null for how its executions have ended.</summary>
    public PipelineState? State { get; set; }

    /// <summary>The stages that it has now, each with the last execution that ended in it.</summary>
    public PipelineState Stages(string name) =>
        new()
        {
            PipelineName = name,
            StageStates =
            [
                .. Definition.Stages.Select(stage => new StageState
                {
                    StageName = stage.Name,
                    LatestExecution = stages.GetValueOrDefault(stage.Name),
                }),
            ],
        };

    /// <summary>Newest first.</summary>
    public List<PipelineExecution> Executions { get; } = [];

    public void Start(string id, string trigger, string? version, DateTimeOffset at)
    {
        versions[id] = version;
        Executions.Insert(0, new PipelineExecution(id, "InProgress", null, trigger, at));
    }

    public void Source(string newest) =>
        Change(execution =>
            execution with
            {
                PackageVersion = execution.PackageVersion ?? versions[execution.Id] ?? newest,
            }
        );

    public void End(string status, string? only = null) =>
        Change(execution =>
        {
            if (!execution.IsActive || (only is not null && execution.Id != only))
            {
                return execution;
            }

            foreach (var stage in Definition.Stages)
            {
                stages[stage.Name] = new StageExecution(execution.Id, status);
            }

            return execution with
            {
                Status = status,
            };
        });

    public void Update(PipelineDefinition definition, DateTimeOffset at)
    {
        (Definition, Updated) = (definition, at);
        End("Failed");
    }

    /// <summary>As an earlier version of ours had made it; what runs goes on.</summary>
    public void Replace(PipelineDefinition definition) => Definition = definition;

    private void Change(Func<PipelineExecution, PipelineExecution> change)
    {
        for (var i = 0; i < Executions.Count; i++)
        {
            Executions[i] = change(Executions[i]);
        }
    }
}
