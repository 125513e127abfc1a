using System.Net;
using System.Text.Json.Nodes;

namespace Mlops.EndToEnd.Tests;

public sealed partial class OneSystemTests
{
    [Test]
    public async Task A_model_card_is_made_changed_shown_listed_and_deleted()
    {
        await SendAsync("create", "churn", """{"status": "PendingReview", "intended_uses": {"risk_rating": "Low"}}""");
        Assert.That(
            await WitnessAsync("churn"),
            Is.EqualTo("""1 PendingReview {"intended_uses":{"risk_rating":"Low"}}""")
        );

        await SendAsync("update", "churn", """{"model_overview": {"model_owner": "me"}}""");
        Assert.That(
            await WitnessAsync("churn"),
            Is.EqualTo(
                """2 PendingReview {"intended_uses":{"risk_rating":"Low"},"model_overview":{"model_owner":"me"}}"""
            )
        );

        var shown = await SendAsync("describe", "churn");
        Assert.That((int)shown["ModelCardVersion"]!, Is.EqualTo(2));
        Assert.That((string)shown["Content"]!, Does.Contain("model_owner"));

        var listed = await AnswerAsync(HttpStatusCode.OK, new JsonObject { ["pipeline_type"] = "list_model_cards" });
        Assert.That(
            listed["message"]!["ModelCardSummaries"]!.AsArray().Select(card => (string)card!["ModelCardName"]!),
            Does.Contain("churn")
        );

        await SendAsync("delete", "churn");
        var left = await _system.AwsAsync("sagemaker", "list-model-cards");
        Assert.That(
            left["ModelCardSummaries"]!.AsArray().Select(card => (string)card!["ModelCardName"]!),
            Does.Not.Contain("churn")
        );
    }

    [Test]
    public async Task A_model_card_that_is_there_or_is_not_is_an_answer_with_a_code()
    {
        await SendAsync("create", "taken");

        var again = await AnswerAsync(HttpStatusCode.Conflict, Card("create", "taken"));
        var missing = await AnswerAsync(HttpStatusCode.NotFound, Card("describe", "nobody-s"));

        Assert.That(again.ToJsonString(), Does.Contain("MLP050"));
        Assert.That(missing.ToJsonString(), Does.Contain("MLP051"));
    }

    [Test]
    public async Task An_export_which_moto_does_not_have_is_an_error_that_says_so()
    {
        await SendAsync("create", "exported");

        var answer = await AnswerAsync(HttpStatusCode.ServiceUnavailable, Card("export", "exported"));

        Assert.That(
            (string)answer["detailedMessage"]!,
            Does.EndWith("The local AWS (moto) does not carry out SageMaker.DescribeModelCardExportJob.")
        );
    }

    private async Task<JsonNode> SendAsync(string operation, string name, string more = "{}") =>
        (await AnswerAsync(HttpStatusCode.OK, Card(operation, name, more)))["message"]!;

    private static JsonObject Card(string operation, string name, string more = "{}")
    {
        var request = JsonNode.Parse(more)!.AsObject();
        request["pipeline_type"] = $"{operation}_model_card";
        request["name"] = name;
        return request;
    }

    /// <summary>Version, status and content of a card, as the AWS CLI sees it.</summary>
    private async Task<string> WitnessAsync(string name)
    {
        var card = await _system.AwsAsync("sagemaker", "describe-model-card", "--model-card-name", name);
        return $"{card["ModelCardVersion"]} {card["ModelCardStatus"]} {card["Content"]}";
    }
}
