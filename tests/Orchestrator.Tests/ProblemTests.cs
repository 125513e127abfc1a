using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mlops.Orchestrator.Tests.Support;
using Mlops.Provisioning.Requests;
using Mlops.Provisioning.Tests.Fakes;

namespace Mlops.Orchestrator.Tests;

public sealed class ProblemTests
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly string Wrong = Deployments
        .Example("byom_realtime_builtin")
        .Replace("ml.m5.large", "m5.huge", StringComparison.Ordinal)
        .Replace("\"model_framework\": \"xgboost\",", "", StringComparison.Ordinal);

    [Test]
    public async Task A_refused_request_is_answered_with_every_finding()
    {
        var orchestrator = new Invoked();

        var answer = await orchestrator.PostAsync(Invoked.Provision, Wrong);

        var problem = answer.Json();
        Assert.That(answer.StatusCode, Is.EqualTo(400));
        Assert.That(answer.Headers["Content-Type"], Is.EqualTo("application/problem+json"));
        Assert.That((string?)problem["type"], Is.EqualTo("about:blank"));
        Assert.That((string?)problem["title"], Is.EqualTo("Bad request"));
        Assert.That((int?)problem["status"], Is.EqualTo(400));
        Assert.That((string?)problem["requestId"], Is.EqualTo(Invoked.RequestId));
        Assert.That(
            (string?)problem["message"],
            Is.EqualTo("The request cannot be carried out for 2 reasons; nothing was changed.")
        );
        Assert.That(
            answer.Errors().Select(error => $"{error["code"]} {error["pointer"]}"),
            Is.EquivalentTo(
                (string[])
                    [$"{FindingCodes.MissingKey} /model_framework", $"{FindingCodes.InstanceType} /inference_instance"]
            )
        );
        Assert.That(orchestrator.Aws.Calls, Is.Empty);
    }

    [Test]
    public async Task A_finding_has_its_place_the_value_the_rule_and_the_way_out()
    {
        var answer = await new Invoked().PostAsync(Invoked.Provision, Wrong);

        var instance = answer.Errors().Single(error => (string?)error["pointer"] == "/inference_instance");
        Assert.That((string?)instance["value"], Is.EqualTo("m5.huge"));
        foreach (var member in (string[])["rule", "message", "remedy"])
        {
            Assert.That((string?)instance[member], Is.Not.Null.And.Not.Empty, member);
        }

        Assert.That(answer.Text("detailedMessage")!.Split('\n'), Has.Length.EqualTo(2));
        Assert.That(
            answer.Text("detailedMessage"),
            Does.Contain($"{FindingCodes.InstanceType} /inference_instance: {instance["message"]} {instance["remedy"]}")
        );
    }

    [Test]
    public async Task The_finding_in_the_documentation_is_what_one_gets()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "docs", "errors.md"));
        var shown = JsonNode.Parse(page.Split("```")[1].Replace("json", "", StringComparison.Ordinal))!.AsObject();
        var request = JsonNode.Parse(Deployments.Example("byom_realtime_builtin"))!.AsObject();
        request[((string)shown["pointer"]!).TrimStart('/')] = (string)shown["value"]!;

        var answer = await new Invoked().PostAsync(
            Invoked.Provision,
            request.ToJsonString(new() { WriteIndented = true })
        );

        Assert.That(answer.Errors().Single().ToJsonString(), Is.EqualTo(shown.ToJsonString()));
    }

    [Test]
    public async Task Without_detailed_errors_there_is_no_detailed_message_and_no_value()
    {
        var settings = Deployments.Single() with { DetailedErrors = false };

        var answer = await new Invoked(settings).PostAsync(Invoked.Provision, Wrong);

        Assert.That(answer.StatusCode, Is.EqualTo(400));
        Assert.That(answer.Json().ContainsKey("detailedMessage"), Is.False);
        Assert.That(answer.Errors(), Has.Count.EqualTo(2));
        Assert.That(answer.Errors().Select(error => error.ContainsKey("value")), Has.None.True);
    }

    /// <summary>Values of every form that a check quotes, so that each check is reached; keys and places are not values.</summary>
    [Test]
    public async Task Without_detailed_errors_no_text_of_an_answer_repeats_a_value(
        [Values(
            "\"S3cret\"",
            "\"ml.S3cret\"",
            "\"s3://S3cret/../S3cret\"",
            "\"arn:aws:kms:us-east-1:123456789012:S3cret\"",
            "\"arn:aws:sagemaker:us-east-1:123456789012:model-package/S3cret\"",
            "\"1.dkr.ecr.us-east-1.amazonaws.com/S3cret\"",
            "\"S3cret\\u0007\"",
            "[\"S3cret\"]",
            "{\"pipeline\": \"S3cret\"}",
            "S3cret"
        )]
            string value,
        [Values("byom_realtime_builtin", "byom_realtime_custom", "byom_realtime_builtin.registry")] string example
    )
    {
        foreach (var key in JsonNode.Parse(Deployments.Example(example))!.AsObject().Select(member => member.Key))
        {
            var request = JsonNode.Parse(Deployments.Example(example))!.AsObject();
            request[key] = "@";
            var text = request.ToJsonString().Replace("\"@\"", value, StringComparison.Ordinal);

            Assert.That(await TextsAsync(Invoked.Provision, text), Does.Not.Contain("S3cret").IgnoreCase, text);
        }
    }

    [TestCase("S3cret model", Description = "cannot be a name")]
    [TestCase("arn:aws:codepipeline:eu-west-1:999999999999:S3cret", Description = "is elsewhere")]
    [TestCase("mlops-pipeline-s3cret", Description = "is not there")]
    public async Task Without_detailed_errors_no_answer_about_a_pipeline_repeats_its_id(string id) =>
        Assert.That(
            await TextsAsync(Invoked.Status, $$"""{"pipeline_id": "{{id}}"}"""),
            Does.Not.Contain("S3cret").IgnoreCase
        );

    [Test]
    public async Task Without_detailed_errors_a_finding_still_has_code_place_rule_and_where_to_read_on()
    {
        var settings = Deployments.Single() with { DetailedErrors = false };

        var answer = await new Invoked(settings).PostAsync(Invoked.Provision, Wrong);

        Assert.That(
            answer.Errors().Single(error => (string?)error["pointer"] == "/inference_instance").ToJsonString(Readable),
            Is.EqualTo(
                """{"code":"MLP014","pointer":"/inference_instance","rule":"ml.<family>.<size>: ml.m5.large","message":"Expected: ml.<family>.<size>: ml.m5.large","remedy":"See MLP014 in docs/errors.md; ./mlops validate FILE tells more, on your own machine.","line":7,"column":25}"""
            )
        );
    }

    [Test]
    public async Task One_finding_is_not_called_reasons()
    {
        var answer = await new Invoked().PostAsync(Invoked.Provision, "[]");

        Assert.That(answer.Text("message"), Is.EqualTo("The request cannot be carried out; nothing was changed."));
    }

    [Test]
    public async Task A_conflict_is_409()
    {
        var orchestrator = new Invoked();
        var request = Deployments.Example("byom_realtime_builtin");
        await orchestrator.PostAsync(Invoked.Provision, request);

        var answer = await orchestrator.PostAsync(
            Invoked.Provision,
            request.Replace("\"my-model\"", "\"My-Model\"", StringComparison.Ordinal)
        );

        Assert.That(answer.StatusCode, Is.EqualTo(409));
        Assert.That(answer.Text("title"), Is.EqualTo("Conflict"));
        Assert.That((string?)answer.Errors()[0]["code"], Is.EqualTo(FindingCodes.NameTaken));
    }

    /// <summary>Everything that an answer without details says, but the places of its findings.</summary>
    private static async Task<string> TextsAsync(string path, string request)
    {
        var settings = Deployments.Single() with { DetailedErrors = false };
        var answer = await new Invoked(settings).PostAsync(path, request);
        if (answer.StatusCode == 200)
        {
            return ""; // Nothing is wrong with such a value.
        }

        var problem = answer.Json();
        foreach (var error in problem["errors"]!.AsArray())
        {
            error!.AsObject().Remove("pointer");
        }

        return problem.ToJsonString(Readable);
    }
}
