using System.Text.Json;
using Mlops.Provisioning.Evidence;

namespace Mlops.Provisioning.CodePipelines;

/// <summary>Tells of one pipeline: its stages, what waits for an approval, what that would change, and what waits behind it.</summary>
public sealed class PipelineOverview(ProvisioningSettings settings, IPackageStore packages, IPipelines pipelines)
{
    /// <summary>In bytes; evidence of a hundred resources is a tenth of it. Lambda answers with 6 MB at most.</summary>
    private const int EvidenceLimit = 512 * 1024;

    private readonly PipelineLookup lookup = new(settings, pipelines);
    private readonly StageNames stages = new(settings);

    /// <summary>Tells of it.</summary>
    /// <param name="pipeline">What the client calls the pipeline.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ServiceFailureException">AWS failed.</exception>
    public async Task<PipelineOutcome<PipelineReport>> ReadAsync(string pipeline, CancellationToken cancellationToken)
    {
        var there = await lookup.FindAsync(pipeline, cancellationToken);
        if (!there.IsFound)
        {
            return new Declined<PipelineReport>(there.Refusal);
        }

        var name = there.State.PipelineName;
        var arn = settings.PipelineArn(name);
        var tagged = pipelines.TagsAsync(arn, cancellationToken);
        var reports = await Task.WhenAll(
            there.State.StageStates.Select(stage => ReportAsync(name, stage, cancellationToken))
        );
        var tags = await tagged;
        var isOurs = tags.GetValueOrDefault(DeploymentTags.Deployment) == settings.Deployment.DeploymentName;
        return new Answered<PipelineReport>(
            new PipelineReport(name, arn, reports)
            {
                Provenance = isOurs ? PipelineProvenance.Of(tags) : null,
                State = isOurs ? PipelineProvenance.StateOf(tags) : null,
            }
        );
    }

    private async Task<StageReport> ReportAsync(string pipeline, StageState stage, CancellationToken cancellationToken)
    {
        var target = stages.TargetOf(stage.StageName);
        return new StageReport(
            stage.StageName,
            target?.Name,
            target?.AccountId.Text,
            stage.LatestExecution?.Status,
            stage.LatestExecution?.PipelineExecutionId,
            [.. stage.ActionStates.Select(Report)],
            await WaitAsync(pipeline, stage, cancellationToken),
            stage.InboundExecutions is [.., var newest] ? new BehindReport(newest.PipelineExecutionId) : null
        );
    }

    private ActionReport Report(ActionState action)
    {
        var latest = action.LatestExecution;
        var isAnswer = action.ActionName == DeploymentNames.Approve && latest is not null;
        var (by, summary) = isAnswer ? AnswerSummary.Read(latest!, settings) : (latest?.LastUpdatedBy, latest?.Summary);
        return new ActionReport(
            action.ActionName,
            latest?.Status,
            summary,
            latest?.ErrorDetails?.Message,
            latest?.LastStatusChange,
            by
        );
    }

    private async Task<WaitReport?> WaitAsync(string pipeline, StageState stage, CancellationToken cancellationToken)
    {
        if (PipelineWaits.In(stage) is not { } waiting)
        {
            return null;
        }

        var requestedBy = RequestedByAsync(pipeline, waiting.Execution, cancellationToken);
        var changes = await ChangesAsync(pipeline, waiting, cancellationToken);
        return new WaitReport(
            waiting.Since,
            waiting.Execution,
            await requestedBy,
            changes,
            changes is null ? null : ChangeText.Of(changes),
            stage.ActionStates.First(action => action.ActionName == waiting.Action).EntityUrl
        );
    }

    private async Task<TargetChanges?> ChangesAsync(
        string pipeline,
        WaitingApproval waiting,
        CancellationToken cancellationToken
    )
    {
        var key = TargetChanges.Key(pipeline, waiting.Execution, stages.ShortName(waiting.Stage));
        if (await packages.ReadStartAsync(key, EvidenceLimit, cancellationToken) is not { } json)
        {
            return null;
        }

        try
        {
            return TargetChanges.Read(json.Span);
        }
        catch (JsonException)
        {
            // Too much to be told here, or not ours: the link has it.
            return null;
        }
    }

    private async Task<string?> RequestedByAsync(
        string pipeline,
        string execution,
        CancellationToken cancellationToken
    ) =>
        await pipelines.PackageVersionAsync(pipeline, execution, cancellationToken) is { } version
            ? await packages.RequestedByAsync(DeploymentNames.PackageKey(pipeline), version, cancellationToken)
            : null;
}
