using System.Text.Json.Nodes;

namespace Mlops.Infra.Operations;

/// <summary>One line of a graph.</summary>
/// <param name="Namespace">For example <c>AWS/Lambda</c>.</param>
/// <param name="Name">Of the metric.</param>
/// <param name="Dimensions">All of the metric's dimensions.</param>
/// <param name="Label">What people read.</param>
/// <param name="Statistic"><c>Sum</c>, <c>Maximum</c>, <c>p95</c>, ….</param>
internal sealed record MetricLine(
    string Namespace,
    string Name,
    IReadOnlyList<(string Name, string Value)> Dimensions,
    string Label,
    string Statistic = "Sum"
)
{
    /// <summary>An array: namespace, name, names and values of dimensions, options (Dashboard body structure).</summary>
    public JsonArray ToJson() =>
        [
            Namespace,
            Name,
            .. Dimensions.SelectMany(dimension => new JsonNode?[] { dimension.Name, dimension.Value }),
            new JsonObject { ["label"] = Label, ["stat"] = Statistic },
        ];
}

/// <summary>A part of a dashboard, without its place. The grid is 24 wide (Dashboard body structure).</summary>
internal sealed record Widget(string Type, int Width, int Height, JsonObject Properties)
{
    /// <summary>Columns of the grid.</summary>
    public const int GridWidth = 24;

    private const int GraphHeight = 6;

    public static Widget Graph(int width, string title, string region, params IEnumerable<MetricLine> lines) =>
        new(
            "metric",
            width,
            GraphHeight,
            new JsonObject
            {
                ["title"] = title,
                ["region"] = region,
                ["view"] = "timeSeries",
                ["stacked"] = false,
                ["period"] = 300,
                ["metrics"] = new JsonArray([.. lines.Select(line => line.ToJson())]),
            }
        );

    /// <param name="title">What people read.</param>
    /// <param name="alarms">ARNs, 1 to 100.</param>
    public static Widget AlarmStatus(string title, IEnumerable<string> alarms) =>
        new(
            "alarm",
            GridWidth,
            2,
            new JsonObject
            {
                ["title"] = title,
                ["alarms"] = new JsonArray([.. alarms.Select(arn => JsonValue.Create(arn))]),
            }
        );

    public static Widget Query(string title, string region, LogQuery query) =>
        new(
            "log",
            GridWidth,
            GraphHeight,
            new JsonObject
            {
                ["title"] = title,
                ["region"] = region,
                ["view"] = "table",
                ["query"] = query.OnDashboard,
            }
        );

    public JsonObject At(int x, int y) =>
        new()
        {
            ["type"] = Type,
            ["x"] = x,
            ["y"] = y,
            ["width"] = Width,
            ["height"] = Height,
            ["properties"] = Properties,
        };
}
