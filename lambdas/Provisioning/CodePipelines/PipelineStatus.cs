using System.Diagnostics.CodeAnalysis;
using Mlops.Provisioning.Requests;
using Mlops.Provisioning.Values;

namespace Mlops.Provisioning.CodePipelines;

/// <summary>What <c>POST /pipelinestatus</c> answers: the state, or why there is none.</summary>
public abstract record StatusOutcome
{
    private protected StatusOutcome() { }
}

/// <summary>The state of the pipeline.</summary>
/// <param name="State">As CodePipeline tells it.</param>
public sealed record StatusFound(PipelineState State) : StatusOutcome;

/// <summary>There is no state to tell.</summary>
/// <param name="Reason">Which kind of refusal.</param>
/// <param name="Findings">Every reason, at least one.</param>
public sealed record StatusRefused(RefusalReason Reason, IReadOnlyList<Finding> Findings) : StatusOutcome;

/// <summary>Reads a request for a pipeline's state, and answers it.</summary>
public sealed class PipelineStatus(ProvisioningSettings settings, IPipelines pipelines)
{
    private const string Key = "pipeline_id";
    private const string Rule = "the ARN or the name of a pipeline";

    /// <summary>
    /// The state of <c>{"pipeline_id": …}</c>: a pipeline's ARN or name, or what the predecessor gave its clients, the id,
    /// ARN or name of the CloudFormation stack <c>&lt;name&gt;-codepipeline</c>.
    /// </summary>
    /// <exception cref="ServiceFailureException">AWS failed.</exception>
    public async Task<StatusOutcome> ReadAsync(ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        if (!PipelineRequest.TryParse(json.Span, out var request, out var findings))
        {
            var tooLarge = findings.Any(finding => finding.Code == FindingCodes.TooLarge);
            return new StatusRefused(tooLarge ? RefusalReason.TooLarge : RefusalReason.Invalid, findings);
        }

        if (!TryReadId(request, out var id, out var finding))
        {
            return new StatusRefused(RefusalReason.Invalid, [finding]);
        }

        if (id.IsElsewhere(settings))
        {
            return new StatusRefused(RefusalReason.NotFound, [Elsewhere(id)]);
        }

        // Others are not ours to see, so asking for them would be AWS's refusal and no answer.
        var state = id.IsSeen(settings) ? await pipelines.StateAsync(id.Name.Text, cancellationToken) : null;
        return state is null ? new StatusRefused(RefusalReason.NotFound, [NotFound(id)]) : new StatusFound(state);
    }

    private static bool TryReadId(
        PipelineRequest request,
        [NotNullWhen(true)] out PipelineId? id,
        [NotNullWhen(false)] out Finding? finding
    )
    {
        id = null;
        finding = null;
        if (request.Find(Key) is not { } value)
        {
            finding = RequiredKeys.Missing(
                Key,
                [Key],
                request,
                $"Give the \"{Key}\" that /provisionpipeline answered, or the pipeline's name."
            );
            return false;
        }

        if (value.Kind == RequestValueKind.Text && PipelineId.TryParse(value.Text, out id))
        {
            return true;
        }

        finding = new Problem(
            FindingCodes.PipelineId,
            Rule,
            value.Kind == RequestValueKind.Text
                ? $"{Quote.Text(value.Text)} is neither the ARN nor the name of a pipeline."
                : $"The key \"{Key}\" is {value.KindName}.",
            $"Give the \"{Key}\" that /provisionpipeline answered, or the pipeline's name."
        ).At(Quote.Pointer("", Key), value);
        return false;
    }

    private Finding Elsewhere(PipelineId id) =>
        new(
            FindingCodes.PipelineNotFound,
            Quote.Pointer("", Key),
            Finding.Shortened(id.Text),
            Rule,
            $"The pipeline {id.Name} is in account {id.Account}, region {id.Region}.",
            $"Ask there: this API tells of pipelines in account {settings.OrchestratorAccount}, region {settings.Deployment.Region}."
        );

    private static Finding NotFound(PipelineId id) =>
        new(
            FindingCodes.PipelineNotFound,
            Quote.Pointer("", Key),
            Finding.Shortened(id.Text),
            Rule,
            $"There is no pipeline {id.Name}.",
            "List those that there are: aws codepipeline list-pipelines"
        );
}
