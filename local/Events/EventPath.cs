using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Mlops.Local.Events;

/// <summary>The JSON paths that EventBridge takes: <c>$</c>, <c>$.detail.state</c>, <c>$.resources[0]</c>, <c>$.detail['a-b']</c>.</summary>
internal sealed partial class EventPath
{
    private readonly IReadOnlyList<string> steps;

    private EventPath(IReadOnlyList<string> steps) => this.steps = steps;

    /// <exception cref="FormatException">Another form of path.</exception>
    public static EventPath Parse(string path)
    {
        var match = Form().Match(path);
        return match.Success
            ? new EventPath([.. match.Groups["step"].Captures.OrderBy(step => step.Index).Select(step => step.Value)])
            : throw new FormatException(
                $"\"{path}\" is not a path that local knows; $.detail.state and $.resources[0] are."
            );
    }

    /// <summary>Null when the event has nothing there.</summary>
    public JsonNode? Of(JsonObject @event)
    {
        JsonNode? node = @event;
        foreach (var step in steps)
        {
            node = node switch
            {
                JsonObject members => members[step],
                JsonArray list
                    when int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                        && index < list.Count => list[index],
                _ => null,
            };
        }

        return node;
    }

    [GeneratedRegex(
        @"^\$(\.(?<step>[A-Za-z0-9_-]+)|\[(?<step>[0-9]+)\]|\['(?<step>[^']+)'\])*$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Form();
}
