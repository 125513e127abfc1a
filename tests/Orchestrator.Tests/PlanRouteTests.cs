using System.Text;
using System.Text.Json.Nodes;
using Mlops.Orchestrator.Tests.Support;
using Mlops.Provisioning;
using Mlops.Provisioning.Tests.Fakes;

namespace Mlops.Orchestrator.Tests;

/// <summary><c>POST /plan</c>.</summary>
public sealed class PlanRouteTests
{
    private const string Plan = "/plan";
    private const string Source = "codecommit:models@main:mlops-config.json";
    private static readonly JsonNode Request = JsonNode.Parse(Deployments.Example("byom_realtime_builtin"))!;

    [Test]
    public async Task A_plan_tells_what_would_be_done_and_does_nothing()
    {
        var orchestrator = new Invoked();
        await orchestrator.PostAsync(Invoked.Provision, Request.ToJsonString());
        orchestrator.Aws.Calls.Clear();

        var answer = await orchestrator.PostAsync(Plan, File().ToJsonString());

        Assert.That((answer.StatusCode, answer.Headers["Content-Type"]), Is.EqualTo((200, "application/json")));
        Assert.That(
            answer.Json()["counts"]!.ToJsonString(),
            Is.EqualTo("""{"create":0,"update":0,"unchanged":1,"remove":0}""")
        );
        Assert.That(answer.Json().ContainsKey("source"), Is.False, "as by the API");
        Assert.That(orchestrator.Aws.Calls, Is.EqualTo((string[])["All", "Head"]));
    }

    [Test]
    public async Task A_plan_tells_which_parameters_would_have_which_values([Values] bool detailed)
    {
        var orchestrator = new Invoked(Deployments.Single() with { DetailedErrors = detailed });
        await orchestrator.PostAsync(Invoked.Provision, Request.ToJsonString());
        var file = File();
        file["pipelines"]![0]!["inference_instance"] = "ml.m5.xlarge";

        var planned = (await orchestrator.PostAsync(Plan, file.ToJsonString())).Json()["pipelines"]![0]!;

        Assert.That(
            planned["differences"]!.ToJsonString(),
            Is.EqualTo(
                detailed
                    ? """[{"targets":["pipeline"],"parameter":"InferenceInstance","from":"ml.m5.large","to":"ml.m5.xlarge"}]"""
                    : """[{"targets":["pipeline"],"parameter":"InferenceInstance"}]"""
            )
        );
    }

    [Test]
    public async Task A_package_that_is_none_of_ours_is_no_error()
    {
        var orchestrator = new Invoked();
        await orchestrator.PostAsync(Invoked.Provision, Request.ToJsonString());
        orchestrator.Aws.Assets[DeploymentNames.PackageKey(Name)] = "no zip"u8.ToArray();
        var file = File();
        file["pipelines"]![0]!["inference_instance"] = "ml.m5.xlarge";

        var answer = await orchestrator.PostAsync(Plan, file.ToJsonString());

        Assert.That(
            (answer.StatusCode, answer.Json()["pipelines"]![0]!.ToJsonString()),
            Is.EqualTo((200, $$"""{"pipeline":"{{Name}}","change":"update","reasons":["the package differs"]}"""))
        );
    }

    [Test]
    public async Task Where_there_is_a_config_source_it_is_that_which_would_carry_the_file_out()
    {
        var orchestrator = new Invoked(Deployments.Single() with { ConfigSource = Source });
        await orchestrator.PostAsync(Invoked.Provision, Request.ToJsonString());

        var byApi = await orchestrator.PostAsync(Plan, File().ToJsonString());
        orchestrator.Aws.Pipeline(Name)!.Tags[DeploymentTags.Origin] = Source;
        var bySource = await orchestrator.PostAsync(Plan, File().ToJsonString());
        var prune = new JsonObject
        {
            ["pipelines"] = new JsonArray(),
            ["prune"] = true,
            ["pruneLimit"] = 1,
        };
        var gone = await orchestrator.PostAsync(Plan, prune.ToJsonString());

        Assert.That((byApi.StatusCode, (string?)byApi.Errors()[0]["code"]), Is.EqualTo((409, "MLP049")));
        Assert.That((string?)bySource.Json()["source"], Is.EqualTo(Source));
        Assert.That((int?)gone.Json()["counts"]!["remove"], Is.EqualTo(1));
    }

    [Test]
    public async Task What_is_wrong_is_told_as_problem_details_with_line_and_column()
    {
        var file = File();
        file["pipelines"]![0]!["inference_instance"] = "m5.large";
        var text = file.ToJsonString(new() { WriteIndented = true });
        var before = text[..text.IndexOf("\"m5.large\"", StringComparison.Ordinal)];

        var answer = await new Invoked().PostAsync(Plan, text);

        Assert.That((answer.StatusCode, answer.Headers["Content-Type"]), Is.EqualTo((400, "application/problem+json")));
        var error = answer.Errors().Single();
        Assert.That(
            ((string?)error["pointer"], (int?)error["line"], (int?)error["column"]),
            Is.EqualTo(
                (
                    "/pipelines/0/inference_instance",
                    before.Count(letter => letter == '\n') + 1,
                    Encoding.UTF8.GetByteCount(before[(before.LastIndexOf('\n') + 1)..]) + 1
                )
            )
        );
    }

    private static string Name => $"mlops-pipeline-{Request["model_name"]}-byompipelinerealtimebuiltin";

    private static JsonObject File() => new() { ["pipelines"] = new JsonArray(Request.DeepClone()) };
}
