using System.Globalization;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Mlops.Local.Events;
using Mlops.Local.Hosting;

namespace Mlops.Local.CodePipelines.Executions;

/// <summary>
/// Sends CodePipeline's state-change events, in the order in which they came about and behind the requests:
/// a bus that is slow or fails holds no pipeline up.
/// </summary>
internal sealed class Announcer
{
    private readonly Channel<JsonObject> queue = Channel.CreateUnbounded<JsonObject>(
        new UnboundedChannelOptions { SingleReader = true }
    );
    private readonly IEventBus bus;
    private readonly TimeProvider clock;
    private readonly Action<string> log;

    public Announcer(IEventBus bus, TimeProvider clock, BackgroundWork work, Action<string> log)
    {
        (this.bus, this.clock, this.log) = (bus, clock, log);
        work.Run(SendAsync);
    }

    public void Execution(Pipeline pipeline, Execution execution, string state)
    {
        var detail = Detail(execution, state);
        detail["start-time"] = Iso(execution.Started);
        detail["pipeline-execution-attempt"] = execution.Attempt;
        detail["execution-trigger"] = new JsonObject
        {
            ["trigger-type"] = execution.TriggerType,
            ["trigger-detail"] = execution.TriggerDetail,
        };
        if (execution.StopReason is { } reason)
        {
            detail["stop-execution-comments"] = reason;
        }

        Send(pipeline, "CodePipeline Pipeline Execution State Change", detail);
    }

    public void Stage(Pipeline pipeline, Execution execution, string stage, string state)
    {
        var detail = Detail(execution, state);
        detail["start-time"] = Iso(clock.GetUtcNow());
        detail["stage"] = stage;
        detail["pipeline-execution-attempt"] = execution.Attempt;
        Send(pipeline, "CodePipeline Stage Execution State Change", detail);
    }

    public void Action(Pipeline pipeline, ActionExecution action, string state)
    {
        var type = action.Declaration.Type;
        var detail = Detail(action.Execution, state);
        detail["start-time"] = Iso(action.Started);
        detail["stage"] = action.Stage.Name;
        detail["action-execution-id"] = action.Id;
        detail["action"] = action.Declaration.Name;
        detail["region"] = pipeline.Region;
        detail["type"] = new JsonObject
        {
            ["owner"] = type.Owner,
            ["provider"] = type.Provider,
            ["category"] = type.Category,
            ["version"] = type.Version,
        };
        detail["pipeline-execution-attempt"] = action.Execution.Attempt;
        Artifacts(detail, "input-artifacts", action.Inputs);
        if (action.Status == ActionStatus.Succeeded)
        {
            Artifacts(detail, "output-artifacts", action.Outputs);
        }

        if (Result(action) is { Count: > 0 } result)
        {
            detail["execution-result"] = result;
        }

        Send(pipeline, "CodePipeline Action Execution State Change", detail);
    }

    private static JsonObject Detail(Execution execution, string state) =>
        new()
        {
            ["pipeline"] = execution.Declaration.Name,
            ["execution-id"] = execution.Id,
            ["state"] = state,
            ["version"] = execution.Declaration.Version,
        };

    private static JsonObject Result(ActionExecution action)
    {
        var result = new JsonObject();
        Put(result, "external-execution-url", action.ExternalUrl);
        // Of an answered approval it is what the person said, also of a rejected one.
        var said = action is { UpdatedBy: not null, Summary.Length: > 0 } ? action.Summary : action.ErrorMessage;
        Put(result, "external-execution-summary", said ?? action.Summary);
        Put(result, "external-execution-id", action.ExternalId);
        Put(result, "error-code", action.ErrorCode);
        return result;
    }

    private static void Put(JsonObject result, string name, string? value)
    {
        if (value is not null)
        {
            result[name] = value;
        }
    }

    private static void Artifacts(JsonObject detail, string name, IReadOnlyList<Artifact> artifacts)
    {
        if (artifacts.Count > 0)
        {
            detail[name] = new JsonArray([
                .. artifacts.Select(artifact => new JsonObject
                {
                    ["name"] = artifact.Name,
                    ["s3location"] = new JsonObject { ["bucket"] = artifact.Bucket, ["key"] = artifact.Key },
                }),
            ]);
        }
    }

    private void Send(Pipeline pipeline, string detailType, JsonObject detail) =>
        queue.Writer.TryWrite(
            new JsonObject
            {
                ["version"] = "0",
                ["id"] = Guid.NewGuid().ToString(),
                ["detail-type"] = detailType,
                ["source"] = "aws.codepipeline",
                ["account"] = pipeline.Account,
                ["time"] = clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
                ["region"] = pipeline.Region,
                ["resources"] = new JsonArray(pipeline.Arn),
                ["detail"] = detail,
            }
        );

    private static string Iso(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        await foreach (var one in queue.Reader.ReadAllAsync(cancellationToken))
        {
            try
            {
                await bus.PublishAsync(one, cancellationToken);
            }
#pragma warning disable CA1031 // Whatever a bus fails with, the next event is still sent.
            catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
            {
                log($"CodePipeline emulator: the event {one["detail-type"]} was not delivered: {e.Message}");
            }
        }
    }
}
