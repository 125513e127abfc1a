using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Configs;
using Mlops.Provisioning.Packaging;
using Mlops.Provisioning.RequestFiles;
using Mlops.Provisioning.Values;

namespace Mlops.Provisioning.Tests.Fakes;

/// <summary>
/// A bucket and CodePipeline in memory, with CodePipeline's rules as far as a provision can notice them: creation starts
/// an execution, an update ends those that run, an execution gets its version when its source action runs, a repeated
/// token starts nothing. A fault can be planned for any call, before or after it has had its effect.
/// </summary>
internal sealed class FakeAws : IPackageStore, IPipelines, IPipelineIndex, IConfigClaims
{
    private readonly Dictionary<string, List<(StoredPackage Stored, TemplatePackage Package)>> objects = [];
    private readonly Dictionary<string, FakePipeline> pipelines = [];
    private readonly Dictionary<string, string> tokens = [];
    private DateTimeOffset now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private int ids;

    public List<string> Calls { get; } = [];

    /// <summary>Is told of each call that had its effect.</summary>
    public Action<string>? Called { get; set; }

    public IEnumerable<string> Writes =>
        Calls.Where(call =>
            call
                is "Put"
                    or "Create"
                    or "Update"
                    or "Tag"
                    or "Start"
                    or "Answer"
                    or "Retry"
                    or "Stop"
                    or "DeletePackage"
                    or "DeletePipeline"
        );

    /// <summary>Counted from 0 over all calls; null for no fault.</summary>
    public int? FailAt { get; set; }

    /// <summary>Whether the call that fails has its effect all the same, and only its answer is lost.</summary>
    public bool LoseAnswer { get; set; }

    /// <summary>Whether the next look finds no pipeline, as if it were created just after.</summary>
    public bool HideNext { get; set; }

    public FakePipeline? Pipeline(string name) => pipelines.GetValueOrDefault(name);

    public IReadOnlyList<TemplatePackage> Packages(string name) =>
        [.. objects.GetValueOrDefault(DeploymentNames.PackageKey(name), []).Select(version => version.Package)];

    public int Count => pipelines.Count;

    /// <summary>Lets the source actions run, and then ends every execution.</summary>
    public void Finish(string status = "Succeeded")
    {
        Source();
        foreach (var pipeline in pipelines.Values)
        {
            pipeline.End(status);
        }
    }

    /// <summary>Lets the source actions run.</summary>
    public void Source()
    {
        foreach (var (name, pipeline) in pipelines)
        {
            pipeline.Source(objects[DeploymentNames.PackageKey(name)][^1].Stored.VersionId);
        }
    }

    public Task<StoredPackage?> FindAsync(string key, CancellationToken cancellationToken) =>
        Call<StoredPackage?>("Head", () => objects.TryGetValue(key, out var versions) ? versions[^1].Stored : null);

    public Task<string> PutAsync(
        string key,
        TemplatePackage package,
        PackageOrigin origin,
        CancellationToken cancellationToken
    ) =>
        Call(
            "Put",
            () =>
            {
                var stored = new StoredPackage($"version-{++ids}", package.Sha256, origin.ModelName, now);
                Authors[stored.VersionId] = origin.RequestedBy;
                objects.TryAdd(key, []);
                objects[key].Add((stored, package));
                return stored.VersionId;
            }
        );

    Task IPackageStore.DeleteAsync(string key, CancellationToken cancellationToken) =>
        Call("DeletePackage", () => objects.Remove(key));

    Task IPipelines.DeleteAsync(string name, CancellationToken cancellationToken) =>
        Call("DeletePipeline", () => pipelines.Remove(name));

    /// <summary>Who asked for a version.</summary>
    public Dictionary<string, string?> Authors { get; } = [];

    public Task<string?> RequestedByAsync(string key, string version, CancellationToken cancellationToken) =>
        Call("Author", () => Authors.GetValueOrDefault(version));

    /// <summary>What is in the bucket besides packages.</summary>
    public Dictionary<string, byte[]> Assets { get; } = [];

    /// <summary>How much of an asset was asked for, call by call.</summary>
    public List<int> Ranges { get; } = [];

    public Task<ReadOnlyMemory<byte>?> ReadStartAsync(string key, int length, CancellationToken cancellationToken) =>
        Call<ReadOnlyMemory<byte>?>(
            "Read",
            () =>
            {
                Ranges.Add(length);
                // Of a conditional expression null would be an array that is empty.
                if (!Assets.TryGetValue(key, out var bytes))
                {
                    return null;
                }

                return bytes.AsMemory(0, Math.Min(length, bytes.Length));
            }
        );

    public Task PutAsync(RequestFile file, CancellationToken cancellationToken) =>
        Call(
            "PutFile",
            () =>
            {
                Assets[file.Key] = file.Content.ToArray();
                return true;
            }
        );

    Task<ExistingPipeline?> IPipelines.FindAsync(string name, CancellationToken cancellationToken) =>
        Call<ExistingPipeline?>(
            "Get",
            () =>
            {
                var hidden = HideNext;
                HideNext = false;
                return !hidden && Pipeline(name) is { } found
                    ? new ExistingPipeline(found.Definition, found.Updated)
                    : null;
            }
        );

    public Task<bool> CreateAsync(
        PipelineDefinition definition,
        IReadOnlyDictionary<string, string> tags,
        CancellationToken cancellationToken
    ) =>
        Call(
            "Create",
            () =>
            {
                var pipeline = new FakePipeline(definition, now) { Tags = new(tags) };
                if (!pipelines.TryAdd(definition.Name, pipeline))
                {
                    return false;
                }

                pipeline.Start($"execution-{++ids}", "CreatePipeline", null, now);
                return true;
            }
        );

    public Task UpdateAsync(PipelineDefinition definition, CancellationToken cancellationToken) =>
        Call(
            "Update",
            () =>
            {
                pipelines[definition.Name].Update(definition, now);
                return true;
            }
        );

    public Task TagAsync(
        string pipelineArn,
        IReadOnlyDictionary<string, string> tags,
        CancellationToken cancellationToken
    ) =>
        Call(
            "Tag",
            () =>
            {
                var pipeline = pipelines[pipelineArn.Split(':')[^1]];
                foreach (var (key, value) in tags)
                {
                    pipeline.Tags[key] = value;
                }

                return true;
            }
        );

    public Task<IReadOnlyDictionary<string, string>> TagsAsync(
        string pipelineArn,
        CancellationToken cancellationToken
    ) => Call<IReadOnlyDictionary<string, string>>("Tags", () => pipelines[pipelineArn.Split(':')[^1]].Tags);

    public Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>> AllAsync(
        string deploymentName,
        CancellationToken cancellationToken
    ) =>
        Call<IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>>(
            "All",
            () =>
                pipelines
                    .Where(each =>
                        PipelineName.IsOfARequest(each.Key)
                        && each.Value.Tags.GetValueOrDefault(DeploymentTags.Deployment) == deploymentName
                    )
                    .ToDictionary(
                        each => each.Key,
                        each => (IReadOnlyDictionary<string, string>)new Dictionary<string, string>(each.Value.Tags)
                    )
        );

    public Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>> OfAsync(
        IReadOnlyList<string> arns,
        CancellationToken cancellationToken
    ) =>
        Call<IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>>(
            "Of",
            () =>
                arns.Select(arn => arn.Split(':')[^1])
                    .Where(pipelines.ContainsKey)
                    .ToDictionary(
                        name => name,
                        name =>
                            (IReadOnlyDictionary<string, string>)new Dictionary<string, string>(pipelines[name].Tags)
                    )
        );

    /// <summary>Two a page.</summary>
    public Task<PipelinePage> ListAsync(string? page, CancellationToken cancellationToken) =>
        Call(
            "ListAll",
            () =>
            {
                var left = pipelines
                    .Where(each => page is null || string.CompareOrdinal(each.Key, page) > 0)
                    .OrderBy(each => each.Key, StringComparer.Ordinal)
                    .ToList();
                return new PipelinePage(
                    [.. left.Take(2).Select(each => new NamedPipeline(each.Key, each.Value.Updated))],
                    left.Count > 2 ? left[1].Key : null
                );
            }
        );

    public Task<IReadOnlyList<PipelineExecution>> NewestExecutionsAsync(
        string name,
        CancellationToken cancellationToken
    ) => Call<IReadOnlyList<PipelineExecution>>("List", () => [.. pipelines[name].Executions]);

    public Task<string> StartAsync(ExecutionStart start, CancellationToken cancellationToken) =>
        Call(
            "Start",
            () =>
            {
                if (tokens.TryGetValue(start.Token, out var known))
                {
                    return known;
                }

                var id = tokens[start.Token] = $"execution-{++ids}";
                pipelines[start.PipelineName].Start(id, "StartPipelineExecution", start.PackageVersion, now);
                return id;
            }
        );

    public Task<PipelineState?> StateAsync(string name, CancellationToken cancellationToken) =>
        Call<PipelineState?>(
            "State",
            () => pipelines.TryGetValue(name, out var found) ? found.State ?? found.Stages(name) : null
        );

    public Task<string?> PackageVersionAsync(string name, string execution, CancellationToken cancellationToken) =>
        Call("Version", () => pipelines[name].Executions.FirstOrDefault(each => each.Id == execution)?.PackageVersion);

    /// <summary>Who carries out which source's file.</summary>
    public Dictionary<string, ConfigClaim> Claims { get; } = [];

    public Task ClaimAsync(string source, ConfigClaim claim, CancellationToken cancellationToken) =>
        Call("Claim", () => Claims[source] = claim);

    public Task<ConfigClaim?> HolderAsync(string source, CancellationToken cancellationToken) =>
        Call("Holder", () => Claims.GetValueOrDefault(source));

    /// <summary>Answers that were given to approvals.</summary>
    public List<ApprovalAnswer> Answers { get; } = [];

    /// <summary>Whether the next answer comes too late.</summary>
    public bool IsTooLate { get; set; }

    public Task<bool> AnswerAsync(ApprovalAnswer answer, CancellationToken cancellationToken) =>
        Call(
            "Answer",
            () =>
            {
                if (IsTooLate)
                {
                    return false;
                }

                Answers.Add(answer);
                return true;
            }
        );

    /// <summary>Stages that were started again.</summary>
    public List<RetryStart> Retries { get; } = [];

    /// <summary>Why CodePipeline retries nothing; null when it does.</summary>
    public string? RetryRefusal { get; set; }

    public Task<string?> RetryAsync(RetryStart retry, CancellationToken cancellationToken) =>
        Call(
            "Retry",
            () =>
            {
                Retries.Add(retry);
                return RetryRefusal;
            }
        );

    public Task StopAsync(string name, string execution, string reason, CancellationToken cancellationToken) =>
        Call(
            "Stop",
            () =>
            {
                pipelines[name].End("Stopped", execution);
                return true;
            }
        );

    private Task<T> Call<T>(string name, Func<T> effect)
    {
        now += TimeSpan.FromMinutes(1);
        var fails = Calls.Count == FailAt;
        Calls.Add(name);
        if (fails && !LoseAnswer)
        {
            throw new ServiceFailureException(name, "InternalFailure", 500, "planned by the test");
        }

        var answer = effect();
        Called?.Invoke(name);
        return fails
            ? throw new ServiceFailureException(name, "RequestTimeout", null, "planned by the test")
            : Task.FromResult(answer);
    }
}

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
