using System.Text.Json.Nodes;
using Mlops.Orchestrator.Tests.Support;
using Mlops.Provisioning;
using Mlops.Provisioning.Tests.Fakes;

namespace Mlops.Orchestrator.Tests;

/// <summary><c>GET /pipelines</c>; the fake's pages have two pipelines.</summary>
public sealed class PipelinesRouteTests
{
    private readonly JsonNode request = JsonNode.Parse(Deployments.Example("byom_realtime_builtin"))!;

    [Test]
    public async Task Pipelines_are_listed_page_by_page_with_two_calls_for_each_and_none_for_a_pipeline()
    {
        var orchestrator = new Invoked();
        foreach (var model in (string[])["a", "b", "c"])
        {
            request["model_name"] = model;
            await orchestrator.PostAsync(Invoked.Provision, request.ToJsonString(), caller: "arn:aws:iam::1:user/ada");
        }

        orchestrator.Aws.Pipeline(Name("a"))!.Tags[DeploymentTags.Deployment] = "another";
        orchestrator.Aws.Calls.Clear();
        var first = (await orchestrator.GetAsync("/pipelines", "/pipelines")).Json();
        var second = (
            await orchestrator.GetAsync(
                "/pipelines",
                "/pipelines",
                new Dictionary<string, string> { ["page"] = (string)first["next"]! }
            )
        ).Json();

        Assert.That(orchestrator.Aws.Calls, Is.EqualTo((string[])["ListAll", "Of", "ListAll", "Of"]));
        Assert.That(Names(first), Is.EqualTo((string[])[Name("b")]), "a is another deployment's");
        Assert.That(Names(second), Is.EqualTo((string[])[Name("c")]));
        Assert.That(second.AsObject().ContainsKey("next"), Is.False);
        var listed = second["pipelines"]![0]!;
        Assert.That((string?)listed["type"], Is.EqualTo("byom_realtime_builtin"));
        Assert.That((string?)listed["origin"], Is.EqualTo("api"));
        Assert.That((string?)listed["requestedBy"], Is.EqualTo("arn:aws:iam::1:user/ada"));
        Assert.That(listed.AsObject().ContainsKey("revision"), Is.False);
    }

    [Test]
    public async Task Without_pipelines_nobody_is_asked_for_tags()
    {
        var orchestrator = new Invoked();

        var answer = await orchestrator.GetAsync("/pipelines", "/pipelines");

        Assert.That(answer.Body, Is.EqualTo("""{"pipelines":[]}"""));
    }

    /// <summary>The program gives the deployment's tag to all that it declares.</summary>
    [Test]
    public async Task The_pipeline_that_applies_commits_is_none_of_them_although_it_has_the_tag()
    {
        var orchestrator = new Invoked();
        request["model_name"] = "a";
        await orchestrator.PostAsync(Invoked.Provision, request.ToJsonString());
        await orchestrator.Aws.CreateAsync(
            orchestrator.Aws.Pipeline(Name("a"))!.Definition with
            {
                Name = DeploymentNames.Config("mlops-dev"),
            },
            new Dictionary<string, string> { [DeploymentTags.Deployment] = "mlops-dev" },
            CancellationToken.None
        );

        var page = (await orchestrator.GetAsync("/pipelines", "/pipelines")).Json();

        Assert.That(Names(page), Is.EqualTo((string[])[Name("a")]));
    }

    private static IEnumerable<string?> Names(JsonNode page) =>
        page["pipelines"]!.AsArray().Select(pipeline => (string?)pipeline!["name"]);

    private static string Name(string model) => $"mlops-pipeline-{model}-byompipelinerealtimebuiltin";
}
