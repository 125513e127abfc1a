using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Mlops.Local.StateMachines.Language;

/// <summary>What states are worked on: their data, and the context object that <c>$$</c> names.</summary>
internal sealed record Data(JsonNode? Input, JsonObject Context);

/// <summary>
/// Reference paths of the Amazon States Language: <c>$.a.b[0]</c>, <c>$['a']</c>, and the same behind <c>$$</c>. Of the other
/// paths the one that our blueprints use: <c>$.a[?(@.b == 'text')]</c>, a list of what has this value.
/// </summary>
internal static partial class Paths
{
    public static bool IsPath(string text) => Path().IsMatch(text);

    /// <returns>What is there; <paramref name="found"/> tells a null from nothing.</returns>
    /// <exception cref="StateFailedException">It is not a reference path.</exception>
    public static JsonNode? Find(string path, Data data, out bool found)
    {
        if (Filter().Match(path) is { Success: true } filter)
        {
            return Filtered(filter, data, out found);
        }

        var match = Path().Match(path);
        if (!match.Success)
        {
            throw StateFailedException.Runtime(
                $"'{path}' is not a path that is read locally ($.a.b[0], $['a'] and $.a[?(@.b == 'text')] are)"
            );
        }

        var node = match.Groups["root"].Value == "$$" ? data.Context : data.Input;
        foreach (var step in match.Groups["step"].Captures.Select(capture => capture.Value))
        {
            found = false;
            switch (node)
            {
                case JsonObject map when Name(step) is { } name && map.TryGetPropertyValue(name, out var member):
                    node = member;
                    break;
                case JsonArray list when Index(step) is { } index && index < list.Count:
                    node = list[index];
                    break;
                default:
                    return null;
            }
        }

        found = true;
        return node;
    }

    /// <exception cref="StateFailedException">There is nothing at the path.</exception>
    public static JsonNode? Read(string path, Data data)
    {
        var node = Find(path, data, out var found);
        return found
            ? node?.DeepClone()
            : throw new StateFailedException(
                "States.ParameterPathFailure",
                $"The path '{path}' could not be found in the input '{data.Input?.ToJsonString() ?? "null"}'"
            );
    }

    /// <summary>The input with <paramref name="value"/> at the path, as ResultPath asks for it.</summary>
    /// <exception cref="StateFailedException">The path leads through something that is no object.</exception>
    public static JsonNode? Write(string path, JsonNode? input, JsonNode? value)
    {
        var names = Path().Match(path).Groups["step"].Captures.Select(capture => Name(capture.Value)).ToList();
        if (names.Count == 0)
        {
            return value;
        }

        var root = input?.DeepClone() as JsonObject;
        var node = root;
        foreach (var (name, index) in names.Select((name, index) => (name, index)))
        {
            if (node is null || name is null)
            {
                throw new StateFailedException(
                    "States.ResultPathMatchFailure",
                    $"'{path}' does not fit the input '{input?.ToJsonString() ?? "null"}'"
                );
            }

            if (index == names.Count - 1)
            {
                node[name] = value;
            }
            else
            {
                node[name] ??= new JsonObject();
                node = node[name] as JsonObject;
            }
        }

        return root;
    }

    private static JsonArray? Filtered(Match filter, Data data, out bool found)
    {
        var list = Find(filter.Groups["list"].Value, data, out found) as JsonArray;
        found = list is not null;
        return list is null
            ? null
            : new JsonArray([
                .. list.Where(item =>
                        item is JsonObject map
                        && map[filter.Groups["member"].Value] is JsonValue value
                        && value.GetValueKind() == JsonValueKind.String
                        && value.GetValue<string>() == filter.Groups["text"].Value
                    )
                    .Select(item => item!.DeepClone()),
            ]);
    }

    private static string? Name(string step) =>
        step[0] == '.' ? step[1..]
        : step[1] == '\'' ? step[2..^2]
        : null;

    private static int? Index(string step) =>
        step[0] == '[' && int.TryParse(step[1..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? index
            : null;

    [GeneratedRegex(
        @"^(?<root>\$\$?)(?<step>\.[A-Za-z_][A-Za-z0-9_\-]*|\['[^']+'\]|\[\d+\])*$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Path();

    [GeneratedRegex(
        @"^(?<list>\$.*)\[\?\(@\.(?<member>[A-Za-z_][A-Za-z0-9_]*)\s*==\s*'(?<text>[^'\\]*)'\)\]$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Filter();
}
