using System.Text.Json.Nodes;
using Mlops.Orchestrator.Tests.Support;
using Mlops.Provisioning.Requests;
using Mlops.Provisioning.Tests.Fakes;

namespace Mlops.Orchestrator.Tests;

public sealed class ProblemTests
{
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

        var answer = await new Invoked().PostAsync(Invoked.Provision, request.ToJsonString());

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
}
