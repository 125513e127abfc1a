using System.Text.Json.Nodes;

namespace Mlops.Local.Events;

/// <summary>The default event bus of an account: takes a whole EventBridge event (version, id, detail-type, source, account, time, region, resources, detail).</summary>
public interface IEventBus
{
    /// <summary>Matches <paramref name="event"/> against the rules that the program declared and delivers it to their targets.</summary>
    Task PublishAsync(JsonObject @event, CancellationToken cancellationToken);
}
