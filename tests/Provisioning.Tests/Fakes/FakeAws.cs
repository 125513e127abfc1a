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
    private readonly List<(int Made, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Tags)> index = [];
    private int ids;

    public FakeAws() => Clock = new CallClock(this);

    /// <summary>Each call takes a minute.</summary>
    public TimeProvider Clock { get; }

    /// <summary>By how many calls the index of tags is behind.</summary>
    public int IndexLag { get; set; }

    /// <summary>How many calls there were, whoever has cleared <see cref="Calls"/> since.</summary>
    public int Made { get; private set; }

    /// <summary>After how many calls the index of tags stopped to learn; null while it does.</summary>
    public int? IndexAt { get; set; }

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

    /// <summary>The service's code of the failure.</summary>
    public string FailCode { get; set; } = "InternalFailure";

    /// <summary>The HTTP status of the failure.</summary>
    public int FailStatus { get; set; } = 500;

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
        Call(
            "DeletePipeline",
            () =>
            {
                if (Pipeline(name) is { } gone)
                {
                    Removed.Add(gone);
                }

                return pipelines.Remove(name);
            }
        );

    /// <summary>Pipelines as they were when they were removed.</summary>
    public List<FakePipeline> Removed { get; } = [];

    /// <summary>Who asked for a version.</summary>
    public Dictionary<string, string?> Authors { get; } = [];

    public Task<string?> RequestedByAsync(string key, string version, CancellationToken cancellationToken) =>
        Call("Author", () => Authors.GetValueOrDefault(version));

    /// <summary>What is in the bucket besides our packages; under a package's key, in its place.</summary>
    public Dictionary<string, byte[]> Assets { get; } = [];

    /// <summary>How much of an asset was asked for, call by call.</summary>
    public List<int> Ranges { get; } = [];

    public Task<ReadOnlyMemory<byte>?> ReadStartAsync(string key, int length, CancellationToken cancellationToken) =>
        Call<ReadOnlyMemory<byte>?>(
            "Read",
            () =>
            {
                Ranges.Add(length);
                // Of one conditional expression null would be an array that is empty.
                ReadOnlyMemory<byte>? bytes = null;
                if (Assets.TryGetValue(key, out var asset))
                {
                    bytes = asset;
                }
                else if (objects.TryGetValue(key, out var versions))
                {
                    bytes = versions[^1].Package.Bytes;
                }

                return bytes?[..Math.Min(length, bytes.Value.Length)];
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
    ) =>
        Call<IReadOnlyDictionary<string, string>>(
            "Tags",
            () => Pipeline(pipelineArn.Split(':')[^1])?.Tags ?? new Dictionary<string, string>()
        );

    public Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>> AllAsync(
        string deploymentName,
        CancellationToken cancellationToken
    ) =>
        Call<IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>>(
            "All",
            () =>
                Indexed()
                    .Where(each =>
                        PipelineName.IsOfARequest(each.Key)
                        && each.Value.GetValueOrDefault(DeploymentTags.Deployment) == deploymentName
                    )
                    .ToDictionary()
        );

    private IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Indexed() =>
        IndexLag == 0 && IndexAt is null
            ? Tags()
            : index.LastOrDefault(each => each.Made <= (IndexAt ?? Made - IndexLag)).Tags
                ?? new Dictionary<string, IReadOnlyDictionary<string, string>>();

    private Dictionary<string, IReadOnlyDictionary<string, string>> Tags() =>
        pipelines.ToDictionary(
            each => each.Key,
            each => (IReadOnlyDictionary<string, string>)new Dictionary<string, string>(each.Value.Tags)
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

    public Task<bool> ClaimAsync(string source, ConfigClaim claim, CancellationToken cancellationToken) =>
        Call(
            "Claim",
            () =>
            {
                var before = Claims.GetValueOrDefault(source);
                Claims[source] = claim;
                return before is not null && Ended.GetValueOrDefault(source) != before.Run;
            }
        );

    public Task EndAsync(string source, ConfigClaim claim, CancellationToken cancellationToken) =>
        Call("End", () => Ended[source] = claim.Run);

    /// <summary>The run that ended last, by source.</summary>
    public Dictionary<string, string> Ended { get; } = [];

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
        Made++;
        if (fails && !LoseAnswer)
        {
            throw new ServiceFailureException(name, FailCode, FailStatus, "planned by the test");
        }

        var answer = effect();
        if (name is "Create" or "Tag" or "DeletePipeline")
        {
            index.Add((Made, Tags()));
        }

        Called?.Invoke(name);
        return fails
            ? throw new ServiceFailureException(name, "RequestTimeout", null, "planned by the test")
            : Task.FromResult(answer);
    }

    private sealed class CallClock(FakeAws aws) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => aws.now;
    }
}
