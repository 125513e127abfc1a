using System.Text;
using System.Text.Json.Nodes;

namespace Mlops.Provisioning.Tests.Fakes;

/// <summary>
/// The rules of the embedded metric format (CloudWatch, "Specification: Embedded metric format"). CloudWatch takes no metric
/// from a line that breaks one, and says so nowhere that one would look.
/// </summary>
internal static class EmbeddedMetricRules
{
    private static readonly string[] Units =
    [
        .. new[] { "Seconds", "Microseconds", "Milliseconds", "Percent", "Count", "None" },
        .. new[] { "", "Kilo", "Mega", "Giga", "Tera" }.SelectMany(scale =>
            new[] { "Bytes", "Bits" }.SelectMany(of =>
            {
                var unit = scale.Length == 0 ? of : scale + of.ToLowerInvariant();
                return new[] { unit, $"{unit}/Second" };
            })
        ),
        "Count/Second",
    ];

    /// <summary>Asserts all of them over one line.</summary>
    public static void Hold(string line)
    {
        Assert.That(line, Does.StartWith("{").And.EndsWith("}"), "nothing before or after the object");
        Assert.That(Encoding.UTF8.GetByteCount(line), Is.LessThanOrEqualTo(256 * 1024));
        var root = JsonNode.Parse(line)!.AsObject();
        var metadata = root["_aws"]!.AsObject();

        Assert.That(Names(metadata), Is.EquivalentTo(["Timestamp", "CloudWatchMetrics"]));
        Assert.That(
            metadata["Timestamp"]!.GetValue<long>(),
            Is.InRange(1_000_000_000_000L, 9_999_999_999_999L),
            "milliseconds since 1970"
        );
        Assert.That(metadata["CloudWatchMetrics"]!.AsArray(), Is.Not.Empty);
        foreach (var directive in metadata["CloudWatchMetrics"]!.AsArray())
        {
            Directive(directive!.AsObject(), root);
        }
    }

    private static void Directive(JsonObject directive, JsonObject root)
    {
        Assert.That(Names(directive), Is.EquivalentTo(["Namespace", "Dimensions", "Metrics"]), "no other members");
        Assert.That((string?)directive["Namespace"], Has.Length.InRange(1, 1024));
        Assert.That(directive["Dimensions"]!.AsArray(), Is.Not.Empty);
        foreach (var set in directive["Dimensions"]!.AsArray().Select(set => set!.AsArray()))
        {
            Assert.That(set, Has.Count.InRange(0, 30));
            foreach (var name in set.Select(name => (string)name!))
            {
                Assert.That((string?)root[name], Has.Length.InRange(1, 1024), $"the root has the dimension {name}");
            }
        }

        Assert.That(directive["Metrics"]!.AsArray(), Has.Count.InRange(1, 100));
        foreach (var metric in directive["Metrics"]!.AsArray().Select(metric => metric!.AsObject()))
        {
            Assert.That(Names(metric), Is.SubsetOf(["Name", "Unit", "StorageResolution"]));
            Assert.That((string?)metric["Name"], Has.Length.InRange(1, 1024));
            Assert.That(metric["Unit"] is null || Units.Contains((string?)metric["Unit"]), Is.True);
            Assert.That(
                root[(string)metric["Name"]!]?.GetValueKind(),
                Is.EqualTo(System.Text.Json.JsonValueKind.Number),
                $"the root has the value of {metric["Name"]}"
            );
        }
    }

    private static IEnumerable<string> Names(JsonObject map) => map.Select(member => member.Key);
}
