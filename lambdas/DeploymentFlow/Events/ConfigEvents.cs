using System.Net;
using Mlops.DeploymentFlow.Duties;
using Mlops.DeploymentFlow.Jobs;
using Mlops.Provisioning;
using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Configs;
using Mlops.Provisioning.Logging;

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

        // What is there now, not what the event tells of: events may come late, or in another order.
        if (await objects.ReadAsync(place, cancellationToken) is not { } file)
        {
            log.Warning("config is gone", ("config", $"{place}"));
            return;
        }

        var progress = new ConfigProgress();
        var revision = new ConfigRevision(place.Source, file.Revision, Author: null);
        var id = newId();
        try
        {
            var outcome = await configs.ApplyAsync(
                file.Content,
                revision,
                new ConfigClaim(id, id, file.Revision),
                progress.Count,
                cancellationToken
            );
            await TellAsync(outcome, progress);
        }
        catch (Exception failure) when (failure is ServiceFailureException or OperationCanceledException)
        {
            var why = failure is ServiceFailureException ? failure.Message : "The function's time is used up.";
            await notices.TellAsync(
                Subject,
                $"{place}, version {file.Revision}: after {progress}: {why} Put the file again: what is done stays as it is, and the rest follows.",
                CancellationToken.None
            );
            throw;
        }
    }

    private async Task TellAsync(ConfigOutcome outcome, ConfigProgress progress)
    {
        var (headline, findings) = outcome switch
        {
            ConfigRefused refused => ("Nothing was changed.", refused.Findings),
            ConfigApplied { Left: { Count: > 0 } left } => (
                $"{progress}, and {left.Count} could not be changed now; put the file again when their executions have ended.",
                left
            ),
            _ => ("", []),
        };
        foreach (var finding in findings)
        {
            log.Warning("config finding", ("finding", ConfigMessage.Line(place.Key, finding)));
        }

        if (findings.Count > 0)
        {
            await notices.TellAsync(Subject, ConfigMessage.Of(headline, place.Key, findings), CancellationToken.None);
        }
        else
        {
            log.Information("config applied", ("config", $"{place}"), ("outcome", $"{outcome}"));
        }
    }

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
