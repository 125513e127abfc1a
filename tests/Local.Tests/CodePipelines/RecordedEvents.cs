using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Mlops.Local.Events;

namespace Mlops.Local.Tests.CodePipelines;

internal sealed class RecordedEvents : IEventBus
{
    private readonly ConcurrentQueue<JsonObject> events = new();

    public IReadOnlyList<JsonObject> All => [.. events];

    /// <summary>What happened, as "kind of thing, name, state".</summary>
    public IReadOnlyList<string> Story =>
        [
            .. All.Select(one =>
            {
                var detail = one["detail"]!;
                var thing = detail["action"] ?? detail["stage"] ?? detail["pipeline"];
                return $"{one["detail-type"]!.ToString().Split(' ')[1]} {thing} {detail["state"]}";
            }),
        ];

    public Task PublishAsync(JsonObject @event, CancellationToken cancellationToken)
    {
        events.Enqueue(@event);
        return Task.CompletedTask;
    }
}
