using System.Collections.Concurrent;
using Mlops.Local.CodePipelines.Protocol;

namespace Mlops.Local.CodePipelines.Executions;

/// <summary>All pipelines, kept apart by account and region.</summary>
internal sealed class PipelineStore
{
    private volatile int quota = 1000;

    /// <summary>How many pipelines an account has in a region at most; AWS raises it on request (CodePipeline, "Quotas").</summary>
    public int Quota
    {
        get => quota;
        set => quota = value;
    }

    private readonly ConcurrentDictionary<(string Account, string Region, string Name), Pipeline> pipelines = new();

    /// <returns>False when the name is taken.</returns>
    public bool TryAdd(Pipeline pipeline) =>
        pipelines.TryAdd((pipeline.Account, pipeline.Region, pipeline.Name), pipeline);

    public Pipeline? Find(Caller caller, string name) =>
        pipelines.GetValueOrDefault((caller.Account, caller.Region, name));

    /// <exception cref="ServiceException">PipelineNotFoundException.</exception>
    public Pipeline Require(Caller caller, string name) =>
        Find(caller, name)
        ?? throw new ServiceException(
            "PipelineNotFoundException",
            $"Account '{caller.Account}' does not have a pipeline with name '{name}'"
        );

    public Pipeline? Remove(Caller caller, string name) =>
        pipelines.TryRemove((caller.Account, caller.Region, name), out var removed) ? removed : null;

    /// <summary>In whatever account and region.</summary>
    public IEnumerable<Pipeline> All => pipelines.Values;

    /// <summary>In whatever account and region.</summary>
    public IEnumerable<Pipeline> Named(string name) => pipelines.Values.Where(one => one.Name == name);

    /// <summary>By name, as the service lists them.</summary>
    public IReadOnlyList<Pipeline> Of(Caller caller) =>
        [
            .. pipelines
                .Values.Where(one => one.Account == caller.Account && one.Region == caller.Region)
                .OrderBy(one => one.Name, StringComparer.Ordinal),
        ];
}
