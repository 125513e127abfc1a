using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Mlops.Cli.Api;
using Mlops.Cli.Display;
using Mlops.Provisioning.Api;
using Mlops.Provisioning.CodePipelines;
using Spectre.Console;

namespace Mlops.Cli.Commands;

/// <summary><c>mlops status NAME</c>: stages and actions of a pipeline, what waits, and the last error.</summary>
public sealed class StatusCommand(CliConsole console, CliServices services)
{
    /// <summary>Runs the command. Without <c>--watch</c> a look that succeeded is <see cref="ExitCode.Done"/>, whatever it shows.</summary>
    /// <exception cref="ExpectedFailureException">There is no such pipeline, or no answer.</exception>
    public async Task<ExitCode> RunAsync(StatusCommandSettings settings, CancellationToken cancellation)
    {
        var api = PipelineApi.Of(settings.Global, services);
        var json = settings.Global.Output == OutputFormat.Json;
        var state = settings.Watch
            ? await WatchAsync(api, settings, quiet: json, cancellation)
            : await LookAsync(api, settings.Pipeline, cancellation);

        var (report, waits) = await ReportAsync(api, state, cancellation);
        if (json)
        {
            console.WriteJson(StatusAnswer.Of(state, report, waits), StatusJson.Default.StatusAnswer);
        }
        else
        {
            console.Output.Write(StatusTree.Of(state));
            ProvenanceNotes.Write(console.Output, report);
            WaitNotes.Write(console.Output, state.PipelineName, waits, settings.Global.Command(services));
            StatusTree.WriteNotes(console.Output, state);
        }

        return settings.Watch ? ExitOf(PipelineProgress.Of(state)) : ExitCode.Done;
    }

    private static ExitCode ExitOf(PipelinePhase phase) =>
        phase switch
        {
            PipelinePhase.Failed => ExitCode.Failed,
            PipelinePhase.WaitsForApproval => ExitCode.WaitsForApproval,
            _ => ExitCode.Done,
        };

    private async Task<PipelineState> WatchAsync(
        PipelineApi api,
        StatusCommandSettings settings,
        bool quiet,
        CancellationToken cancellation
    )
    {
        if (quiet || !console.Output.Profile.Capabilities.Interactive)
        {
            return await UntilSettledAsync(
                api,
                settings,
                quiet ? _ => { } : new StatusLog(console.Output).Write,
                cancellation
            );
        }

        // What is left on the screen at the end is written once more, in full, by the caller.
        return await console
            .Output.Live(new Text("…"))
            .AutoClear(true)
            .StartAsync(live =>
                UntilSettledAsync(
                    api,
                    settings,
                    state =>
                    {
                        live.UpdateTarget(StatusTree.Of(state));
                        live.Refresh();
                    },
                    cancellation
                )
            );
    }

    private async Task<PipelineState> UntilSettledAsync(
        PipelineApi api,
        StatusCommandSettings settings,
        Action<PipelineState> show,
        CancellationToken cancellation
    )
    {
        while (true)
        {
            var state = await LookAsync(api, settings.Pipeline, cancellation);
            show(state);
            if (PipelineProgress.Of(state) is not (PipelinePhase.Running or PipelinePhase.NotStarted))
            {
                return state;
            }

            await Task.Delay(settings.Interval, services.Clock, cancellation);
        }
    }

    /// <summary>Where it came from, and the stages where an approval waits, each with what it would change.</summary>
    private static async Task<(PipelineReport? Report, IReadOnlyList<StageReport> Waits)> ReportAsync(
        PipelineApi api,
        PipelineState state,
        CancellationToken cancellation
    )
    {
        try
        {
            var answer = await api.CallAsync(
                ApiRoutes.Pipeline,
                [(ApiRoutes.PipelineName, state.PipelineName)],
                [],
                cancellation
            );
            var report = Read(answer, StatusJson.Default.PipelineReport);
            return (report, [.. (report.Stages ?? []).Where(stage => stage.Waits is not null)]);
        }
        catch (ExpectedFailureException gone) when (gone.Status == (int)HttpStatusCode.NotFound)
        {
            // Taken down between the two looks.
            return (null, []);
        }
        // Who may look need not be who may see evidence: the routes are permissions of their own.
        catch (ExpectedFailureException denied) when (denied.Status == (int)HttpStatusCode.Forbidden)
        {
            var waiting = state.StageStates.Where(stage => stage.ActionStates.Any(PipelineProgress.WaitsForApproval));
            return (null, [.. waiting.Select(stage => Untold(stage, denied.Message))]);
        }
    }

    private static StageReport Untold(StageState stage, string why) =>
        new(
            stage.StageName,
            null,
            null,
            stage.LatestExecution?.Status,
            stage.LatestExecution?.PipelineExecutionId,
            [],
            new WaitReport(
                null,
                stage.LatestExecution?.PipelineExecutionId ?? "",
                null,
                null,
                $"What it would change is not told: {why}",
                null
            ),
            null
        );

    /// <exception cref="ExpectedFailureException">There is no such pipeline, or no answer.</exception>
    internal static async Task<PipelineState> LookAsync(
        PipelineApi api,
        string pipeline,
        CancellationToken cancellation
    )
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new StatusQuestion(pipeline), StatusJson.Default.StatusQuestion);
        var answer = await api.SendAsync(ApiRoutes.PipelineStatus, body, cancellation);
        return Read(answer, StatusJson.Default.PipelineState);
    }

    private static T Read<T>(byte[] answer, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(answer, type) ?? throw new JsonException("null");
        }
        catch (JsonException problem)
        {
            throw new ExpectedFailureException(
                $"The answer is not the state of a pipeline: {problem.Message}",
                "Check the address of the API and its stage.",
                problem
            );
        }
    }
}

/// <summary>Body of the question.</summary>
internal sealed record StatusQuestion([property: JsonPropertyName("pipeline_id")] string PipelineId);

/// <summary>JSON output of <c>status</c>.</summary>
internal sealed record StatusAnswer(
    string Pipeline,
    PipelinePhase Phase,
    string? LastError,
    PipelineProvenance? Provenance,
    string? Note,
    IReadOnlyList<StageReport> Waits,
    PipelineState State
)
{
    public static StatusAnswer Of(PipelineState state, PipelineReport? report, IReadOnlyList<StageReport> waits) =>
        new(
            state.PipelineName,
            PipelineProgress.Of(state),
            PipelineProgress.Failure(state) is var (stage, action)
                ? $"{stage.StageName}/{action.ActionName}: {PipelineProgress.Reason(action)}"
                : null,
            report?.Provenance,
            report?.State,
            waits,
            state
        );
}

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(StatusQuestion))]
[JsonSerializable(typeof(StatusAnswer))]
[JsonSerializable(typeof(PipelineState))]
[JsonSerializable(typeof(PipelineReport))]
internal sealed partial class StatusJson : JsonSerializerContext;
