using Mlops.Orchestrator.Tests.Support;
using Mlops.Provisioning.Tests.Fakes;

namespace Mlops.Orchestrator.Tests;

/// <summary><c>DELETE /pipelines/{name}</c>.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class TeardownRouteTests
{
    private const string Path = $"/pipelines/{Promotion.Name}";

    private readonly Invoked orchestrator = new();

    [SetUp]
    public async Task ProvisionAsync()
    {
        await orchestrator.PostAsync(Invoked.Provision, Promotion.Request);
        orchestrator.Aws.Finish();
    }

    [Test]
    public async Task It_begins_with_202_and_ends_with_200()
    {
        var begun = await DeleteAsync();

        Assert.That(begun.StatusCode, Is.EqualTo(202));
        Assert.That(begun.Text("pipeline"), Is.EqualTo(Promotion.Name));
        Assert.That(begun.Text("execution"), Is.Not.Empty);
        Assert.That((string?)begun.Json()["stacks"]![0]!["account"], Is.EqualTo("123456789012"));
        Assert.That(begun.Json()["kept"]!.AsArray(), Is.Not.Empty);

        orchestrator.Aws.Finish();
        var done = await DeleteAsync();

        Assert.That(done.StatusCode, Is.EqualTo(200));
        Assert.That(done.Json().AsObject().ContainsKey("execution"), Is.False);
        Assert.That((await DeleteAsync()).StatusCode, Is.EqualTo(404));
    }

    [TestCase("false", 409)]
    [TestCase("true", 202)]
    [TestCase("please", 400)]
    public async Task An_execution_that_runs_is_ended_by_force_only(string force, int status)
    {
        await orchestrator.PostAsync(
            Invoked.Provision,
            Promotion.Request.Replace("ml.m5.large", "ml.m5.xlarge", StringComparison.Ordinal)
        );

        var answer = await DeleteAsync(new Dictionary<string, string> { ["force"] = force });

        Assert.That(answer.StatusCode, Is.EqualTo(status));
    }

    private Task<Amazon.Lambda.APIGatewayEvents.APIGatewayProxyResponse> DeleteAsync(
        Dictionary<string, string>? query = null
    ) => orchestrator.GetAsync(Path, "/pipelines/{name}", query, "DELETE");
}
