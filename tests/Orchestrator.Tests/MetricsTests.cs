using Mlops.Orchestrator.Tests.Support;
using Mlops.Provisioning.Tests.Fakes;

namespace Mlops.Orchestrator.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class MetricsTests
{
    private readonly Invoked orchestrator = new();

    [Test]
    public async Task A_pipeline_that_was_made_counts_as_provisioned()
    {
        await orchestrator.PostAsync(Invoked.Provision, Deployments.Example("byom_realtime_builtin"));

        Counts("Provisioned");
    }

    [TestCase(Invoked.Provision, "{}", Description = "400")]
    [TestCase("/nowhere", "{}", Description = "404")]
    public async Task What_is_answered_with_4xx_counts_as_refused(string path, string body)
    {
        await orchestrator.PostAsync(path, body);

        Counts("Refused");
    }

    [Test]
    public async Task What_is_answered_with_5xx_counts_as_failed()
    {
        orchestrator.Aws.FailAt = 0;

        await orchestrator.PostAsync(Invoked.Provision, Deployments.Example("byom_realtime_builtin"));

        Counts("Failed");
    }

    [Test]
    public async Task A_question_for_a_status_counts_as_nothing_but_time()
    {
        var made = await orchestrator.PostAsync(Invoked.Provision, Deployments.Example("byom_realtime_builtin"));

        await orchestrator.PostAsync(Invoked.Status, $$"""{"pipeline_id": "{{made.Text("pipeline_id")}}"}""");

        Counts(null);
    }

    private void Counts(string? expected)
    {
        EmbeddedMetricRules.Hold(orchestrator.Lines[^1]);
        var line = orchestrator.Logged[^1];
        foreach (var metric in new[] { "Provisioned", "Refused", "Failed" })
        {
            Assert.That((double?)line[metric], Is.EqualTo(metric == expected ? 1 : 0), metric);
        }

        Assert.That((double?)line["Duration"], Is.GreaterThanOrEqualTo(0));
    }
}
