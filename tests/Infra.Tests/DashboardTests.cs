using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Mlops.Infra.Tests.Declaring;

namespace Mlops.Infra.Tests;

/// <summary>By the rules of "Dashboard body structure and syntax" (CloudWatch API reference).</summary>
[TestFixture, NonParallelizable] // The SDK documents its test mode as serial only.
public sealed partial class DashboardTests
{
    private static readonly Dictionary<string, string[]> Properties = new()
    {
        ["alarm"] = ["title", "alarms"],
        ["log"] = ["title", "region", "view", "query"],
        ["metric"] = ["title", "region", "view", "stacked", "period", "metrics"],
    };

    private Declared _declared = null!;
    private JsonObject _body = null!;

    [OneTimeSetUp]
    public async Task DeclareAsync()
    {
        _declared = await Declared.ByAsync(Declared.Settings);
        var dashboard = _declared.OfType("aws-native:cloudwatch:Dashboard").Single().Json;
        Assert.That((string?)dashboard["dashboardName"], Is.EqualTo("mlops-dev"));
        _body = JsonNode.Parse((string)dashboard["dashboardBody"]!)!.AsObject();
    }

    [Test]
    public void Its_widgets_are_of_known_kinds_with_the_properties_of_their_kind()
    {
        foreach (var widget in Widgets())
        {
            var type = (string)widget["type"]!;
            var properties = widget["properties"]!.AsObject();

            Assert.That(Properties, Does.ContainKey(type));
            Assert.That(properties.Select(property => property.Key), Is.EquivalentTo(Properties[type]), type);
        }
    }

    [Test]
    public void No_two_widgets_share_a_place_and_none_leaves_the_grid()
    {
        var taken = new HashSet<(int, int)>();
        foreach (var widget in Widgets())
        {
            var (x, y) = ((int)widget["x"]!, (int)widget["y"]!);
            var (width, height) = ((int)widget["width"]!, (int)widget["height"]!);

            Assert.That(x, Is.InRange(0, 23));
            Assert.That(x + width, Is.LessThanOrEqualTo(24), widget.ToJsonString());
            foreach (var column in Enumerable.Range(x, width))
            {
                foreach (var row in Enumerable.Range(y, height))
                {
                    Assert.That(taken.Add((column, row)), Is.True, widget.ToJsonString());
                }
            }
        }
    }

    /// <summary>Namespace, name, pairs of a dimension's name and value, options: so an even number, plus the options.</summary>
    [Test]
    public void Every_line_of_a_graph_is_a_metric_with_whole_dimensions()
    {
        foreach (var line in Lines())
        {
            Assert.That(line.Count % 2, Is.EqualTo(1), line.ToJsonString());
            Assert.That(line.SkipLast(1).Select(part => (string?)part), Has.None.Null.And.None.Empty);
            Assert.That(line[^1]!.AsObject().Select(option => option.Key), Is.EquivalentTo(["label", "stat"]));
            Assert.That((string?)line[^1]!["stat"], Does.Match("^(Sum|Maximum|SampleCount|p[0-9]{2})$"));
        }
    }

    /// <summary>A dashboard of more is charged from the first one on (CloudWatch pricing, free tier).</summary>
    [Test]
    public void It_has_50_metrics_at_most()
    {
        Assert.That(Lines().Count(), Is.InRange(1, 50));
    }

    [Test]
    public void It_shows_every_metric_that_an_alarm_watches_and_all_of_ours()
    {
        var shown = Lines().Select(line => string.Join(' ', line.SkipLast(1))).ToList();
        var watched = _declared
            .OfType("aws-native:cloudwatch:Alarm")
            .Select(alarm => alarm.Json)
            .Select(alarm =>
                $"{alarm["namespace"]} {alarm["metricName"]} "
                + string.Join(
                    ' ',
                    alarm["dimensions"]!.AsArray().Select(dimension => $"{dimension!["name"]} {dimension["value"]}")
                )
            );

        Assert.That(shown, Is.SupersetOf(watched));
        foreach (var ours in new[] { "Provisioned", "Refused", "Failed", "Duration" })
        {
            Assert.That(
                shown,
                Does.Contain($"MlopsPulumi {ours} Deployment mlops-dev Function Orchestrator"),
                "a metric of ours"
            );
        }
    }

    [Test]
    public void It_shows_the_state_of_every_alarm()
    {
        var shown = Widgets().Single(widget => (string?)widget["type"] == "alarm")["properties"]!["alarms"]!.AsArray();
        var made = _declared
            .OfType("aws-native:cloudwatch:Alarm")
            .Select(alarm => $"arn:aws:cloudwatch:us-east-1:123456789012:alarm:{alarm.Json["alarmName"]}");

        Assert.That(shown.Select(arn => (string?)arn), Is.EquivalentTo(made));
    }

    [Test]
    public void Its_queries_read_logs_that_are_there()
    {
        var groups = _declared.OfType("aws-native:logs:LogGroup").Select(log => (string?)log.Json["logGroupName"]);
        var queries = Widgets()
            .Where(widget => (string?)widget["type"] == "log")
            .Select(widget => (string)widget["properties"]!["query"]!)
            .ToList();

        Assert.That(queries, Has.Count.EqualTo(2));
        foreach (var query in queries)
        {
            Assert.That(groups, Does.Contain(Source().Match(query).Groups["group"].Value), query);
        }
    }

    private IEnumerable<JsonObject> Widgets() => _body["widgets"]!.AsArray().Select(widget => widget!.AsObject());

    private IEnumerable<JsonArray> Lines() =>
        Widgets()
            .Where(widget => (string?)widget["type"] == "metric")
            .SelectMany(widget => widget["properties"]!["metrics"]!.AsArray())
            .Select(line => line!.AsArray());

    [GeneratedRegex(@"^SOURCE '(?<group>[^']+)' \| fields ", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Source();
}
