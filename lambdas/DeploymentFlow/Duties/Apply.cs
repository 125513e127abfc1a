using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Configs;
using Mlops.Provisioning.Logging;

namespace Mlops.DeploymentFlow.Duties;

/// <summary>Carries out a committed config file: what differs from what is there is provisioned or taken down.</summary>
/// <param name="artifacts">The commit's files.</param>
/// <param name="commits">What else is known of it.</param>
/// <param name="configs">What carries it out.</param>
/// <param name="log">Is told of every finding.</param>
/// <param name="newId">Makes an id that no other run has.</param>
public sealed class Apply(
    IConfigArtifacts artifacts,
    ICommits commits,
    ConfigService configs,
    StructuredLog log,
    Func<string> newId
) : IDuty
{
    /// <inheritdoc />
    public Duty Duty => Duty.Apply;

    /// <inheritdoc />
    public async Task<DutyOutcome> RunAsync(DutyRequest request, CancellationToken cancellationToken)
    {
        var parameters = request.Parameters;
        if (parameters is not { Source: { Length: > 0 } source, Revision: { Length: > 0 } id })
        {
            return new DutyOutcome.Failed(
                "The action does not say which source and revision it is for. Run pulumi up to have the pipeline mended."
            );
        }

        var commit = await CommitAsync(parameters.Execution, cancellationToken);
        if (commit.IsAnswered)
        {
            // Not to be carried out: a newer revision may have been since, and this one would undo it.
            return new DutyOutcome.Failed(
                $"The execution {parameters.Execution} had ended when its job was delivered; nothing was done. Retry this stage if it is the newest."
            );
        }

        var path = parameters.ParameterFile;
        if (await artifacts.ReadAsync(request.Data, path, cancellationToken) is not { } file)
        {
            return new DutyOutcome.Failed(
                $"Revision {id} has no file {path}. Nothing was changed; commit the file, or set mlops:configPath. "
                    + """{"pipelines": []} is a file that wants no pipelines."""
            );
        }

        var progress = ConfigProgress.Read(request.Progress.Memory);
        var revision = new ConfigRevision(source, id, commit.Author);
        var claim = new ConfigClaim(newId(), request.JobId, id);
        try
        {
            return await configs.ApplyAsync(
                file,
                revision,
                claim,
                progress.Count,
                isStill: null,
                cancellationToken
            ) switch
            {
                ConfigApplied { Left: [] } done => Done(done.Counts, progress, id),
                ConfigApplied some => Left(some, progress, path),
                ConfigRefused refused => Refused(refused, progress, path),
                ConfigSuperseded { By: var by } when by.Job == request.JobId => new DutyOutcome.TakenOver(
                    $"Another delivery of the same job has taken over, after {progress}."
                ),
                // A delivery before this one came twice; the next one goes on from what both have done.
                ConfigSuperseded { By: var by } when by.Revision == id => Waiting(progress),
                ConfigSuperseded { By: var by } => new DutyOutcome.Failed(
                    $"Revision {by.Revision} is being applied since; {id} stopped after {progress}. Nothing is to be done."
                ),
                var other => throw new NotSupportedException($"{other.GetType()} has no answer."),
            };
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Waiting(progress);
        }
        catch (ServiceFailureException failure)
        {
            return new DutyOutcome.Failed(
                $"After {progress}: {failure.Message} Retry this stage: what is done stays as it is, and the rest follows."
            );
        }
    }

    /// <summary>A file is carried out whether or not anybody can tell who wrote it.</summary>
    private async Task<Commit> CommitAsync(string? execution, CancellationToken cancellationToken)
    {
        try
        {
            return string.IsNullOrEmpty(execution)
                ? Commit.Unknown
                : await commits.FindAsync(execution, cancellationToken);
        }
        catch (ServiceFailureException failure)
        {
            log.Warning("commit is not known", ("execution", execution), ("failure", failure.Message));
            return Commit.Unknown;
        }
    }

    private static DutyOutcome.Waiting Waiting(ConfigProgress progress) =>
        new($"{progress} so far; it goes on.") { Memory = progress.ToText() };

    private static DutyOutcome.Done Done(ConfigCounts counts, ConfigProgress progress, string revision)
    {
        // What an earlier delivery has made is unchanged by now.
        var all = counts with
        {
            Created = progress.Created,
            Updated = progress.Updated,
            Removed = Math.Max(counts.Removed, progress.Removed),
            Unchanged = counts.Created + counts.Updated + counts.Unchanged - progress.Created - progress.Updated,
        };
        return new DutyOutcome.Done($"{all}; revision {revision}")
        {
            Outputs = new Dictionary<string, string> { ["Summary"] = $"{all}", ["Revision"] = revision },
        };
    }

    private DutyOutcome.Failed Left(ConfigApplied some, ConfigProgress progress, string path)
    {
        LogAll(path, some.Left);
        return new DutyOutcome.Failed(
            ConfigMessage.Of(
                $"{progress}, and {some.Left.Count} could not be changed now; retry this stage.",
                path,
                some.Left
            )
        );
    }

    private DutyOutcome.Failed Refused(ConfigRefused refused, ConfigProgress progress, string path)
    {
        LogAll(path, refused.Findings);
        var headline = progress.IsNothing ? "Nothing was changed." : $"After {progress} nothing more was changed.";
        return new DutyOutcome.Failed(ConfigMessage.Of(headline, path, refused.Findings));
    }

    private void LogAll(string path, IReadOnlyList<Provisioning.Requests.Finding> findings)
    {
        foreach (var finding in findings)
        {
            log.Warning("config finding", ("finding", ConfigMessage.Line(path, finding)));
        }
    }
}
