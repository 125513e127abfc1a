using System.Net;
using Mlops.DeploymentFlow.Duties;
using Mlops.DeploymentFlow.Jobs;
using Mlops.Provisioning;
using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Configs;
using Mlops.Provisioning.Logging;
using Mlops.Provisioning.Requests;

namespace Mlops.DeploymentFlow.Events;

/// <summary>
/// Carries out a config file that was put into a bucket. Nobody waits for an answer, so what is wrong is told to people by
/// the deployment's topic.
/// </summary>
public sealed class ConfigEvents(
    IConfigObjects objects,
    ConfigService configs,
    INotices notices,
    StructuredLog log,
    ConfigPlace place,
    Func<string> newId
)
{
    private const string Subject = "MLOps: the config file was not applied";

    /// <summary>Every object that an event tells of, decoded.</summary>
    public static IReadOnlyList<ConfigPlace> Objects(CodePipelineJobEvent invocation) =>
        [
            .. Place(
                invocation.Detail is { } detail ? new ObjectCreated(detail.Bucket, detail.Object) : null,
                key => key
            ),
            .. (invocation.Records ?? []).SelectMany(record => Place(record?.S3, WebUtility.UrlDecode)),
        ];

    /// <summary>Carries the file out, once, if it is among these objects.</summary>
    /// <exception cref="ServiceFailureException">AWS failed; people were told.</exception>
    public async Task HandleAsync(IReadOnlyList<ConfigPlace> created, CancellationToken cancellationToken)
    {
        if (!created.Contains(place))
        {
            log.Information("object ignored", ("objects", string.Join(' ', created)), ("config", $"{place}"));
            return;
        }

        var progress = new ConfigProgress();
        string? told;
        try
        {
            var (outcome, revision) = await ApplyAsync(progress, cancellationToken);
            Log(outcome, revision);
            told = Told(outcome, progress);
        }
        catch (Exception failure)
        {
            var why = failure is OperationCanceledException ? "The function's time is used up." : failure.Message;
            await notices.TellAsync(
                Subject,
                $"{place}: after {progress}: {why} Put the file again: what is done stays as it is, and the rest follows.",
                CancellationToken.None
            );
            throw;
        }

        if (told is not null)
        {
            await notices.TellAsync(Subject, told, CancellationToken.None);
        }
    }

    /// <summary>
    /// What is there now, not what the event tells of: events may come late, or in another order. Of two that come at once
    /// the one that claims last looks last, so the newest file is carried out whichever it is.
    /// </summary>
    private async Task<(ConfigOutcome? Outcome, string? Revision)> ApplyAsync(
        ConfigProgress progress,
        CancellationToken cancellationToken
    )
    {
        var id = newId();
        while (await objects.ReadAsync(place, cancellationToken) is { } file)
        {
            var outcome = await configs.ApplyAsync(
                file.Content,
                new ConfigRevision(place.Source, file.Revision, Author: null),
                new ConfigClaim(id, id, file.Revision),
                progress.Count,
                async cancellation =>
                    (await objects.ReadAsync(place, cancellation))?.Revision is var now && now == file.Revision,
                cancellationToken
            );
            if (outcome is not ConfigOutdated)
            {
                return (outcome, file.Revision);
            }
        }

        return (null, null);
    }

    private void Log(ConfigOutcome? outcome, string? revision)
    {
        var (config, file) = (("config", $"{place}"), ("revision", revision ?? ""));
        switch (outcome)
        {
            case null:
                log.Warning("config is gone", config);
                break;
            case ConfigSuperseded superseded:
                log.Information("config superseded", config, file, ("by", superseded.By.Revision));
                break;
            case ConfigApplied { Left: [] } applied:
                log.Information("config applied", config, file, ("outcome", $"{applied.Counts}"));
                break;
            default:
                foreach (var finding in Findings(outcome))
                {
                    log.Warning("config finding", ("finding", ConfigMessage.Line(place.Key, finding)));
                }

                break;
        }
    }

    /// <summary>What people are told; null where all went well.</summary>
    private string? Told(ConfigOutcome? outcome, ConfigProgress progress) =>
        Findings(outcome) is not [_, ..] findings
            ? null
            : ConfigMessage.Of(
                outcome is ConfigRefused
                    ? "Nothing was changed."
                    : $"{progress}, and {findings.Count} could not be changed now; put the file again when their executions have ended.",
                place.Key,
                findings
            );

    private static IReadOnlyList<Finding> Findings(ConfigOutcome? outcome) =>
        outcome switch
        {
            ConfigRefused refused => refused.Findings,
            ConfigApplied applied => applied.Left,
            _ => [],
        };

    private static IEnumerable<ConfigPlace> Place(ObjectCreated? created, Func<string, string> decode) =>
        created is { Bucket.Name: { Length: > 0 } bucket, Object.Key: { Length: > 0 } key }
            ? [new ConfigPlace(bucket, decode(key))]
            : [];
}

/// <summary>Where a config file is.</summary>
public sealed record ConfigPlace(string Bucket, string Key)
{
    /// <summary>As pipelines are tagged with it.</summary>
    public string Source => DeploymentTags.BucketOrigin(Bucket, Key);

    /// <inheritdoc />
    public override string ToString() => $"s3://{Bucket}/{Key}";
}

/// <summary>Config files in buckets.</summary>
public interface IConfigObjects
{
    /// <summary>What is there now; null when nothing is.</summary>
    /// <exception cref="ServiceFailureException">S3 failed.</exception>
    Task<ConfigObject?> ReadAsync(ConfigPlace place, CancellationToken cancellationToken);
}

/// <summary>A config file as it is.</summary>
/// <param name="Content">Its bytes; of a file over the limit one more than that, which is enough to refuse it.</param>
/// <param name="Revision">Id of its version, or its ETag where the bucket keeps none.</param>
public sealed record ConfigObject(ReadOnlyMemory<byte> Content, string Revision);
