using System.Text.RegularExpressions;
using Mlops.Infra.Operations;
using Mlops.Infra.Tests.Declaring;
using Mlops.Provisioning.Telemetry;

namespace Mlops.Infra.Tests;

/// <summary>docs/operations.md says what is declared.</summary>
public sealed partial class OperationsPageTests
{
    private static readonly WatchedParts Parts = new("mlops-dev", "us-east-1", "mlops-dev-api", "prod", []);
    private readonly string page = File.ReadAllText(Path.Combine(Checkout.Path, "docs", "operations.md"));

    [Test]
    public void It_has_a_row_for_each_alarm_and_no_other()
    {
        var rows = AlarmRow().Matches(page).Select(row => row.Groups["name"].Value);

        Assert.That(rows, Is.EqualTo(AlarmRules.Of(Parts).Select(rule => $"mlops-dev-{rule.Name}")));
    }

    [Test]
    public void It_has_the_dashboards_queries()
    {
        var text = Words(page);
        foreach (var query in new[] { LogQuery.LastRefusals(Parts), LogQuery.LastFailures(Parts) })
        {
            Assert.That(text, Does.Contain(Words(query.Text)));
            Assert.That(text, Does.Contain(query.LogGroup));
        }
    }

    [TestCase(MetricNames.Provisioned)]
    [TestCase(MetricNames.Refused)]
    [TestCase(MetricNames.Failed)]
    [TestCase(MetricNames.Duration)]
    public void It_explains_the_metric(string metric)
    {
        Assert.That(page, Does.Contain($"| `{metric}` |"));
    }

    private static string Words(string text) => Space().Replace(text, " ");

    [GeneratedRegex(
        @"^\| `(?<name>mlops-dev-[a-z0-9-]+)` \| ",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex AlarmRow();

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Space();
}
