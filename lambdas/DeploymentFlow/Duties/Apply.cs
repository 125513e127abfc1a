using System.Text.Json;
using System.Text.Json.Serialization;
using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Configs;
using Mlops.Provisioning.Logging;

namespace Mlops.DeploymentFlow.Duties;

/// <summary>Carries out a committed config file: what differs from what is there is provisioned or taken down.</summary>
/// <param name="artifacts">The commit.</param>
/// <param name="configs">What carries it out.</param>
/// <param name="log">Is told of every finding.</param>
/// <param name="newId">Makes an id that no other run has.</param>
public sealed class Apply(IConfigArtifacts artifacts, ConfigService configs, StructuredLog log, Func<string> newId)
    : IDuty
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

        var path = parameters.ParameterFile;
        if (await artifacts.ReadAsync(request.Data, path, cancellationToken) is not { } file)
        {
            return new DutyOutcome.Failed(
                $"Revision {id} has no file {path}. Nothing was changed; commit the file, or set mlops:configPath. "
                    + """{"pipelines": []} is a file that wants no pipelines."""
            );
        }

        var progress = ConfigProgress.Read(request.Progress.Memory);
        var revision = new ConfigRevision(source, id, parameters.Author);
        var claim = new ConfigClaim(newId(), request.JobId, id);
        try
        {
            return await configs.ApplyAsync(file, revision, claim, progress.Count, cancellationToken) switch
            {
                ConfigApplied { Left: [] } done => Done(done.Counts, progress, id),
                ConfigApplied some => Left(some, progress, path),
                ConfigRefused refused => Refused(refused, path),
                ConfigSuperseded { By: var by } when by.Job == request.JobId => new DutyOutcome.TakenOver(
                    $"Another delivery of the same job has taken over, after {progress}."
                ),
                ConfigSuperseded { By: var by } => new DutyOutcome.Failed(
                    $"Revision {by.Revision} is being applied since; {id} stopped after {progress}. Nothing is to be done."
                ),
                var other => throw new NotSupportedException($"{other.GetType()} has no answer."),
            };
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return new DutyOutcome.Waiting($"{progress} so far; it goes on.") { Memory = progress.ToText() };
        }
        catch (ServiceFailureException failure)
        {
            return new DutyOutcome.Failed(
                $"After {progress}: {failure.Message} Retry this stage: what is done stays as it is, and the rest follows."
            );
        }
    }

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

    private DutyOutcome.Failed Refused(ConfigRefused refused, string path)
    {
        LogAll(path, refused.Findings);
        return new DutyOutcome.Failed(ConfigMessage.Of("Nothing was changed.", path, refused.Findings));
    }

    private void LogAll(string path, IReadOnlyList<Provisioning.Requests.Finding> findings)
    {
        foreach (var finding in findings)
        {
            log.Warning("config finding", ("finding", ConfigMessage.Line(path, finding)));
        }
    }
}

/// <summary>What an apply has written so far, over all its deliveries.</summary>
internal sealed record ConfigProgress
{
    public int Created { get; set; }

    public int Updated { get; set; }

    /// <summary>What <see cref="ToText"/> wrote; a fresh start where it is anything else.</summary>
    public static ConfigProgress Read(string? text)
    {
        try
        {
            return string.IsNullOrEmpty(text)
                ? new ConfigProgress()
                : JsonSerializer.Deserialize(text, ConfigProgressJson.Default.ConfigProgress) ?? new ConfigProgress();
        }
        catch (JsonException)
        {
            return new ConfigProgress();
        }
    }

    /// <summary>How many teardowns were begun.</summary>
    public int Removed { get; set; }

    public void Count(PlannedChange done)
    {
        Created += done == PlannedChange.Create ? 1 : 0;
        Updated += done == PlannedChange.Update ? 1 : 0;
        Removed += done == PlannedChange.Remove ? 1 : 0;
    }

    public string ToText() => JsonSerializer.Serialize(this, ConfigProgressJson.Default.ConfigProgress);

    public override string ToString() =>
        Removed == 0
            ? $"{Created} made and {Updated} updated"
            : $"{Created} made, {Updated} updated and {Removed} being taken down";
}

[JsonSerializable(typeof(ConfigProgress))]
internal sealed partial class ConfigProgressJson : JsonSerializerContext;
