using System.Text.Json.Nodes;
using Amazon.Lambda.APIGatewayEvents;
using FsCheck;
using FsCheck.Fluent;
using Mlops.Orchestrator.Tests.Support;
using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Tests.Fakes;

namespace Mlops.Orchestrator.Tests;

/// <summary>The routes that tell of a pipeline, answer what waits in it, and start a failed stage again.</summary>
public sealed class ApprovalRoutesTests
{
    private const string Pipeline = $"/pipelines/{Promotion.Name}";
    private const string ApproveHere = """{"decision": "approve", "comment": "load test ok"}""";
    private const string Approve = """{"target": "staging", "decision": "approve", "comment": "load test ok"}""";
    private Invoked orchestrator = null!;
    private Promotion promotion = null!;

    [SetUp]
    public async Task WaitForAnApproval()
    {
        orchestrator = new Invoked(Deployments.Multi() with { PreventSelfApproval = true });
        promotion = new Promotion(orchestrator.Aws);
        await promotion.WaitForStagingAsync();
    }

    [Test]
    public async Task What_waits_is_told()
    {
        promotion.Keep(promotion.First);

        var answer = await orchestrator.GetAsync(Pipeline, "/pipelines/{name}");

        Assert.That(answer.StatusCode, Is.EqualTo(200), answer.Body);
        Assert.That(answer.Text("pipeline"), Is.EqualTo(Promotion.Name));
        var waits = answer.Json()["stages"]![2]!["waits"]!;
        Assert.That((string?)waits["requestedBy"], Is.EqualTo(Promotion.Ada));
        Assert.That((string?)waits["text"], Does.Contain("REPLACE Model").And.Contain("ml.m5.large → ml.m5.xlarge"));
    }

    [Test]
    public async Task An_answer_is_given_in_the_name_of_whom_API_Gateway_knows()
    {
        var answer = await ApproveAsync(Approve, Promotion.Bob);

        Assert.That(
            answer.Json().ToJsonString(),
            Is.EqualTo(
                $$"""{"message":"success: {{Promotion.Name}} is approved for staging; exactly what was shown is deployed","pipeline":"{{Promotion.Name}}","target":"staging","decision":"approve","execution":"{{promotion.First}}","by":"{{Promotion.Bob}}"}"""
            )
        );
        Assert.That(orchestrator.Aws.Answers.Single().Summary, Is.EqualTo($"{Promotion.Bob}: load test ok"));
    }

    [TestCase("staging")]
    [TestCase("Staging")]
    [TestCase("DeployStaging")]
    public async Task A_stage_has_an_address_of_its_own_by_which_a_policy_can_tell_who_may_answer(string stage)
    {
        var answer = await InStageAsync(stage, ApproveHere);

        Assert.That(answer.StatusCode, Is.EqualTo(200), answer.Body);
        Assert.That(answer.Text("target"), Is.EqualTo("staging"));
    }

    [TestCase("staging", """{"target": "prod", "decision": "approve", "comment": "x"}""", 400, "MLP035", "/target")]
    [TestCase("dev", """{"decision": "approve", "comment": "x"}""", 409, "MLP045", "")]
    [TestCase("qa", """{"decision": "approve", "comment": "x"}""", 404, "MLP048", "")]
    public async Task A_body_cannot_name_another_target_than_the_address(
        string stage,
        string body,
        int status,
        string code,
        string pointer
    )
    {
        var answer = await InStageAsync(stage, body);

        Assert.That(answer.StatusCode, Is.EqualTo(status), answer.Body);
        var error = answer.Json()["errors"]![0]!;
        Assert.That(((string?)error["code"], (string?)error["pointer"]), Is.EqualTo((code, pointer)));
        Assert.That(orchestrator.Aws.Answers, Is.Empty);
    }

    [TestCase("{}", Promotion.Bob, 400, "MLP011", "/decision")]
    [TestCase(Approve, Promotion.Ada, 409, "MLP046", "")]
    [TestCase(Approve, null, 409, "MLP046", "")]
    [TestCase("""{"target": "dev", "decision": "reject", "comment": "x"}""", Promotion.Bob, 409, "MLP045", "/target")]
    [TestCase("""{"target": "qa", "decision": "reject", "comment": "x"}""", Promotion.Bob, 404, "MLP048", "/target")]
    public async Task A_refusal_is_a_problem_with_its_place(
        string body,
        string? caller,
        int status,
        string code,
        string pointer
    )
    {
        var answer = await ApproveAsync(body, caller);

        Assert.That(answer.StatusCode, Is.EqualTo(status), answer.Body);
        Assert.That(answer.Headers["Content-Type"], Is.EqualTo("application/problem+json"));
        var error = answer.Json()["errors"]![0]!;
        Assert.That(((string?)error["code"], (string?)error["pointer"]), Is.EqualTo((code, pointer)));
        Assert.That(orchestrator.Aws.Answers, Is.Empty);
    }

    [TestCase("GET", "/pipelines/mlops-pipeline-other", "/pipelines/{name}")]
    [TestCase("POST", "/pipelines/mlops-pipeline-other/approval", "/pipelines/{name}/approval")]
    [TestCase(
        "POST",
        "/pipelines/mlops-pipeline-other/stages/dev/approval",
        "/pipelines/{name}/stages/{stage}/approval"
    )]
    [TestCase("POST", "/pipelines/mlops-pipeline-other/stages/dev/retry", "/pipelines/{name}/stages/{stage}/retry")]
    public async Task A_pipeline_that_is_not_there_is_404(string method, string path, string resource)
    {
        var answer =
            method == "GET"
                ? await orchestrator.GetAsync(path, resource)
                : await orchestrator.PostAsync(
                    path,
                    resource.Contains("stages", StringComparison.Ordinal) ? ApproveHere : Approve,
                    resource: resource
                );

        Assert.That(answer.StatusCode, Is.EqualTo(404));
        Assert.That((string?)answer.Json()["errors"]![0]!["code"], Is.EqualTo("MLP042"));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("not JSON", Description = "there is nothing to be read in it")]
    public async Task A_failed_stage_is_started_again_whatever_the_body_is(string? body)
    {
        promotion.Show(
            new StageState
            {
                StageName = "DeployStaging",
                LatestExecution = new StageExecution("execution-7", "Failed"),
            }
        );

        var answer = await orchestrator.PostAsync(
            $"{Pipeline}/stages/staging/retry",
            body,
            resource: "/pipelines/{name}/stages/{stage}/retry"
        );

        Assert.That(
            answer.Json().ToJsonString(),
            Is.EqualTo(
                $$"""{"message":"success: DeployStaging of {{Promotion.Name}} runs again, from its beginning","pipeline":"{{Promotion.Name}}","stage":"DeployStaging","execution":"execution-7","mode":"ALL_ACTIONS"}"""
            )
        );
    }

    [Test]
    public async Task A_provision_replaces_what_waits_where_the_query_says_so()
    {
        var changed = Promotion.Request.Replace("ml.m5.large", "ml.m5.xlarge", StringComparison.Ordinal);

        var answer = await orchestrator.PostAsync(
            Invoked.Provision,
            changed,
            query: new Dictionary<string, string> { ["replaceWaiting"] = "true" }
        );

        Assert.That(answer.StatusCode, Is.EqualTo(200), answer.Body);
        Assert.That(answer.Text("message"), Does.EndWith("what waited for an approval is rejected"));
        Assert.That(orchestrator.Aws.Answers.Single().IsApproved, Is.False);
        var newest = promotion.Pipeline.Executions[0].Id;
        orchestrator.Aws.Source();
        Assert.That(
            orchestrator.Aws.Authors[promotion.Pipeline.Executions.First(each => each.Id == newest).PackageVersion!],
            Is.EqualTo(Promotion.Ada),
            "who asked is kept"
        );
    }

    [Test]
    public async Task A_flag_is_true_or_false()
    {
        var answer = await orchestrator.PostAsync(
            Invoked.Provision,
            Promotion.Request,
            query: new Dictionary<string, string> { ["replaceWaiting"] = "perhaps" }
        );

        Assert.That(
            (answer.StatusCode, answer.Text("message")),
            Is.EqualTo((400, "The query's replaceWaiting is neither true nor false; nothing was changed."))
        );
    }

    [Test]
    public void Nothing_that_is_sent_gives_a_5xx() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(300),
            Prop.ForAll(
                RandomJson.Value().ToArbitrary(),
                ArbMap.Default.ArbFor<string?>(),
                (body, name) => IsAnsweredAsync(body, Whole(name)).GetAwaiter().GetResult()
            )
        );

    private async Task<bool> IsAnsweredAsync(string body, string name)
    {
        var (path, escaped) = ($"/pipelines/{Uri.EscapeDataString(name)}", Uri.EscapeDataString(name));
        var stage = $"{Pipeline}/stages/{escaped}/approval";
        var retry = $"{Pipeline}/stages/{escaped}/retry";
        var comment = new JsonObject
        {
            ["target"] = name,
            ["decision"] = "approve",
            ["comment"] = body,
        };
        APIGatewayProxyResponse[] answers =
        [
            await orchestrator.GetAsync(path, "/pipelines/{name}"),
            await orchestrator.PostAsync($"{path}/approval", body, resource: "/pipelines/{name}/approval"),
            await orchestrator.PostAsync(stage, body, resource: "/pipelines/{name}/stages/{stage}/approval"),
            await orchestrator.PostAsync(stage, ApproveHere, resource: "/pipelines/{name}/stages/{stage}/approval"),
            await orchestrator.PostAsync(retry, body, resource: "/pipelines/{name}/stages/{stage}/retry"),
            await ApproveAsync(body, Promotion.Bob),
            await ApproveAsync(comment.ToJsonString(), Promotion.Bob),
        ];
        return answers.All(answer => answer.StatusCode < 500);
    }

    private Task<APIGatewayProxyResponse> ApproveAsync(string? body, string? caller) =>
        orchestrator.PostAsync($"{Pipeline}/approval", body, resource: "/pipelines/{name}/approval", caller: caller);

    private Task<APIGatewayProxyResponse> InStageAsync(string stage, string body) =>
        orchestrator.PostAsync(
            $"{Pipeline}/stages/{stage}/approval",
            body,
            resource: "/pipelines/{name}/stages/{stage}/approval",
            caller: Promotion.Bob
        );

    /// <summary>Halves of characters cannot be in an address.</summary>
    private static string Whole(string? text) =>
        string.Concat((text ?? "").Where(letter => !char.IsSurrogate(letter))) is { Length: > 0 } whole ? whole : "x";
}
