using System.Globalization;
using System.Text.Json.Nodes;
using Amazon.Lambda.APIGatewayEvents;
using FsCheck;
using FsCheck.Fluent;
using Mlops.Orchestrator.Tests.Support;
using Mlops.Provisioning.ModelCards;
using Mlops.Provisioning.Tests.Fakes;

namespace Mlops.Orchestrator.Tests;

/// <summary>Operations on model cards, by the predecessor's request bodies.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ModelCardTests
{
    private readonly Invoked orchestrator = new();

    [Test]
    public async Task A_new_card_is_a_draft_and_is_described()
    {
        var answer = await SendAsync(
            """
            {"pipeline_type": "create_model_card", "name": "my-card",
             "model_overview": {"model_version": "2", "inference_environment": ["image:1"], "model_owner": null},
             "training_details": {"objective_function": {"function": "Maximize", "facet": "AUC", "notes": "n"}}}
            """
        );

        Assert.That(answer.StatusCode, Is.EqualTo(200));
        var card = answer.Json()["message"]!;
        Assert.That((string?)card["ModelCardStatus"], Is.EqualTo("Draft"));
        Assert.That(
            (string?)card["Content"],
            Is.EqualTo(
                """{"model_overview":{"model_version":2,"inference_environment":{"container_image":["image:1"]}},"training_details":{"objective_function":{"function":{"function":"Maximize","facet":"AUC"},"notes":"n"}}}"""
            )
        );
        Assert.That(orchestrator.Aws.Calls, Is.Empty, "a card is no pipeline");
    }

    [Test]
    public async Task An_update_leaves_status_and_what_it_does_not_name()
    {
        await SendAsync(
            """
            {"pipeline_type": "create_model_card", "name": "my-card", "status": "Approved",
             "intended_uses": {"risk_rating": "Low", "purpose_of_model": "p", "intended_uses": "u"}}
            """
        );

        var answer = await SendAsync(
            """
            {"pipeline_type": "update_model_card", "name": "my-card",
             "intended_uses": {"risk_rating": "High", "intended_uses": null}}
            """
        );

        Assert.That((string?)answer.Json()["message"]!["ModelCardStatus"], Is.EqualTo("Approved"));
        Assert.That(
            (string?)answer.Json()["message"]!["Content"],
            Is.EqualTo("""{"intended_uses":{"risk_rating":"High","purpose_of_model":"p"}}""")
        );
        Assert.That(orchestrator.Cards.Calls, Does.Not.Contain("UpdateStatus"));
    }

    [TestCase("Draft", "Archived", new[] { "UpdateContent", "UpdateStatus" })]
    [TestCase("Archived", "Draft", new[] { "UpdateStatus", "UpdateContent" })]
    public async Task Content_and_status_are_changed_in_the_order_that_an_archive_allows(
        string before,
        string after,
        string[] calls
    )
    {
        await SendAsync($$"""{"pipeline_type": "create_model_card", "name": "my-card", "status": "{{before}}"}""");

        var answer = await SendAsync(
            $$"""
            {"pipeline_type": "update_model_card", "name": "my-card", "status": "{{after}}",
             "model_overview": {"model_owner": "me"} }
            """
        );

        Assert.That(answer.StatusCode, Is.EqualTo(200));
        Assert.That((string?)answer.Json()["message"]!["ModelCardStatus"], Is.EqualTo(after));
        Assert.That(
            orchestrator.Cards.Calls.Where(call => call.StartsWith("Update", StringComparison.Ordinal)),
            Is.EqualTo(calls)
        );
    }

    [Test]
    public async Task The_same_update_again_changes_nothing()
    {
        const string update =
            """{"pipeline_type": "update_model_card", "name": "my-card", "model_overview": {"model_owner": "me"}}""";
        await SendAsync("""{"pipeline_type": "create_model_card", "name": "my-card"}""");
        await SendAsync(update);
        await SendAsync(update);

        Assert.That(orchestrator.Cards.Calls.Count(call => call == "UpdateContent"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_models_overview_is_looked_up_and_what_the_request_says_wins()
    {
        orchestrator.Cards.Models["my-model"] = new FoundModel("arn:model", ["image:1", "image:1"], ["s3://b/model"]);
        const string request = """
            "name": "my-card", "model_overview": {"model_name": "my-model", "model_artifact": ["mine"]}}
            """;

        var created = await SendAsync($$"""{"pipeline_type": "create_model_card", {{request}}""");
        var updated = await SendAsync($$"""{"pipeline_type": "update_model_card", {{request}}""");

        const string content =
            """{"model_overview":{"model_id":"arn:model","model_artifact":["mine"],"inference_environment":{"container_image":["image:1"]},"model_name":"my-model"}}""";
        Assert.That((string?)created.Json()["message"]!["Content"], Is.EqualTo(content));
        Assert.That((string?)updated.Json()["message"]!["Content"], Is.EqualTo(content), "its own card is no other");
    }

    [Test]
    public async Task A_model_has_one_card()
    {
        orchestrator.Cards.Models["my-model"] = new FoundModel("arn:model", [], []);
        await SendAsync(OfModel("one"));

        var answer = await SendAsync(OfModel("other"));

        Assert.That(answer.StatusCode, Is.EqualTo(409));
        Assert.That(Code(answer), Is.EqualTo("MLP055 /model_overview/model_name"));

        static string OfModel(string name) =>
            $$"""{"pipeline_type": "create_model_card", "name": "{{name}}", "model_overview": {"model_name": "my-model"} }""";
    }

    [Test]
    public async Task What_cannot_be_searched_for_is_said_and_stops_nothing()
    {
        orchestrator.Cards.Models["my-model"] = new FoundModel("arn:model", [], []);
        orchestrator.Cards.Fault = FakeModelCards.Failure("ValidationException", "no such resource");

        var answer = await SendAsync(
            """{"pipeline_type": "create_model_card", "name": "one", "model_overview": {"model_name": "my-model"}}"""
        );

        Assert.That(answer.StatusCode, Is.EqualTo(200));
        Assert.That(
            (string?)answer.Json()["notes"]![0],
            Is.EqualTo(
                "Whether another card describes this model could not be found out: sagemaker:Call: no such resource"
            )
        );
    }

    [TestCase("""{"model_name": "my-model", "training_job_name": "other"}""", Description = "model_name wins")]
    [TestCase("""{"training_job_name": "my-job"}""")]
    public async Task A_training_job_is_looked_up(string details)
    {
        orchestrator.Cards.Models["my-model"] = new FoundModel("arn:model", [], ["s3://b/model"]);
        orchestrator.Cards.MadeBy["s3://b/model"] = "my-job";
        orchestrator.Cards.TrainingJobs["my-job"] = new JsonObject { ["training_arn"] = "arn:job" };

        var answer = await SendAsync(
            $$"""{"pipeline_type": "create_model_card", "name": "my-card", "training_details": {{details}}}"""
        );

        Assert.That(
            (string?)answer.Json()["message"]!["Content"],
            Is.EqualTo("""{"training_details":{"training_job_details":{"training_arn":"arn:job"}}}""")
        );
    }

    [TestCase("export_model_card")]
    [TestCase("export_model_cards", Description = "as AWS's guide calls it")]
    public async Task An_export_is_begun_at_once_and_the_same_request_tells_how_it_goes(string type)
    {
        await SendAsync("""{"pipeline_type": "create_model_card", "name": "my-card"}""");
        var request = $$"""{"pipeline_type": "{{type}}", "name": "my-card"}""";

        var begun = await SendAsync(request);
        var goesOn = await SendAsync(request);
        orchestrator.Cards.Finish("Completed");
        var done = await SendAsync(request);
        orchestrator.Cards.Finish("Failed", "the bucket is gone");
        var failed = await SendAsync(request);

        Assert.That(begun.StatusCode, Is.EqualTo(202));
        Assert.That(begun.Text("status"), Is.EqualTo("InProgress"));
        Assert.That(begun.Text("export_job_name"), Is.EqualTo("my-card-v1"));
        Assert.That(begun.Text("message"), Does.EndWith("/model_card_exports was started."));
        Assert.That(goesOn.StatusCode, Is.EqualTo(202));
        Assert.That(done.StatusCode, Is.EqualTo(200));
        Assert.That(
            done.Text("message"),
            Is.EqualTo("The model card my-card was exported to s3://assets/model_card_exports/card.pdf.")
        );
        Assert.That(failed.StatusCode, Is.EqualTo(409));
        Assert.That((string?)failed.Errors()[0]["message"], Does.Contain("failed: the bucket is gone"));
        Assert.That(orchestrator.Cards.Calls.Count(call => call == "Export"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_list_has_all_pages()
    {
        orchestrator.Cards.PageSize = 2;
        foreach (var name in (string[])["a", "b", "c", "d", "e"])
        {
            await SendAsync($$"""{"pipeline_type": "create_model_card", "name": "{{name}}"}""");
        }

        var list = (await SendAsync("""{"pipeline_type": "list_model_cards"}""")).Json()["message"]!;

        Assert.That(list["ModelCardSummaries"]!.AsArray(), Has.Count.EqualTo(5));
        Assert.That(list["NextToken"], Is.Null);
    }

    [Test]
    public async Task A_list_of_very_many_goes_on_where_its_token_says()
    {
        orchestrator.Cards.PageSize = 1;
        for (var i = 0; i < 12; i++)
        {
            await SendAsync($$"""{"pipeline_type": "create_model_card", "name": "card{{i}}"}""");
        }

        var list = (await SendAsync("""{"pipeline_type": "list_model_cards"}""")).Json()["message"]!;
        var rest = await SendAsync(
            $$"""{"pipeline_type": "list_model_cards", "next_token": "{{list["NextToken"]}}"}"""
        );

        Assert.That(list["ModelCardSummaries"]!.AsArray(), Has.Count.EqualTo(10));
        Assert.That(rest.Json()["message"]!["ModelCardSummaries"]!.AsArray(), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_card_is_deleted_and_then_there_is_none()
    {
        await SendAsync("""{"pipeline_type": "create_model_card", "name": "my-card"}""");

        var deleted = await SendAsync("""{"pipeline_type": " DELETE_model_card ", "name": "my-card"}""");

        Assert.That(deleted.Text("message"), Is.EqualTo("The model card my-card was deleted."));
        foreach (var operation in (string[])["describe", "update", "delete", "export"])
        {
            var missing = await SendAsync($$"""{"pipeline_type": "{{operation}}_model_card", "name": "my-card"}""");

            Assert.That(missing.StatusCode, Is.EqualTo(404), operation);
            Assert.That(Code(missing), Is.EqualTo("MLP051 /name"), operation);
        }
    }

    [Test]
    public async Task A_name_that_is_taken_is_a_conflict()
    {
        await SendAsync("""{"pipeline_type": "create_model_card", "name": "my-card"}""");

        var answer = await SendAsync("""{"pipeline_type": "create_model_card", "name": "my-card"}""");

        Assert.That(answer.StatusCode, Is.EqualTo(409));
        Assert.That(Code(answer), Is.EqualTo("MLP050 /name"));
    }

    [TestCase("""  "name": "a_b" """, "MLP019 /name")]
    [TestCase("""  "name": null """, "MLP012 /name")]
    [TestCase("""  "nam": "a" """, "MLP011 /name")]
    [TestCase("""  "name": "a", "status": "draft" """, "MLP017 /status")]
    [TestCase("""  "name": "a", "model_overview": "x" """, "MLP015 /model_overview")]
    [TestCase("""  "name": "a", "model_overview": {"model_versoin": 1} """, "MLP035 /model_overview/model_versoin")]
    [TestCase("""  "name": "a", "model_overview": {"model_version": 0} """, "MLP031 /model_overview/model_version")]
    [TestCase("""  "name": "a", "intended_uses": {"risk_rating": "high"} """, "MLP017 /intended_uses/risk_rating")]
    [TestCase("""  "name": "a", "evaluation_details": [{}] """, "MLP011 /evaluation_details/0/name")]
    [TestCase(
        """  "name": "a", "training_details": {"training_job_details": {"training_metrics": [{"name": "x", "value": "y"}]}} """,
        "MLP015 /training_details/training_job_details/training_metrics/0/value"
    )]
    [TestCase(
        """  "name": "a", "evaluation_details": [{"name": "e", "metric_groups": [{"name": "g", "metric_data": [{"name": "m", "type": "matrix", "value": [1]}]}]}] """,
        "MLP015 /evaluation_details/0/metric_groups/0/metric_data/0/value"
    )]
    [TestCase(
        """  "name": "a", "additional_information": {"custom_details": {"a b": "c"}} """,
        "MLP018 /additional_information/custom_details/a b"
    )]
    public async Task What_is_wrong_is_named_by_its_place(string members, string finding)
    {
        var answer = await SendAsync($$"""{"pipeline_type": "create_model_card", {{members}}}""");

        Assert.That(answer.StatusCode, Is.EqualTo(400));
        Assert.That(Code(answer), Is.EqualTo(finding));
        Assert.That(orchestrator.Cards.Calls, Is.Empty);
    }

    [Test]
    public async Task What_SageMaker_refuses_is_the_requests_fault()
    {
        orchestrator.Cards.Fault = FakeModelCards.Failure("ValidationException", "the schema");

        var answer = await SendAsync("""{"pipeline_type": "create_model_card", "name": "my-card"}""");

        Assert.That(answer.StatusCode, Is.EqualTo(400));
        Assert.That(Code(answer), Is.EqualTo("MLP053 "));
    }

    [Test]
    public void Any_JSON_in_the_place_of_a_section_is_answered() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(200),
            Prop.ForAll(
                RandomJson.Value().ToArbitrary(),
                value => Sections.All(section => StatusOf(section, value).GetAwaiter().GetResult() is >= 200 and < 500)
            )
        );

    private static readonly string[] Sections =
    [
        "\"model_overview\": {0}",
        "\"model_overview\": {{\"inference_environment\": {0}, \"model_name\": {0}}}",
        "\"evaluation_details\": [{0}]",
        "\"evaluation_details\": [{{\"metadata\": {0}, \"metric_groups\": [{{\"metric_data\": [{{\"type\": \"matrix\", \"value\": {0}, \"x_axis_name\": {0}}}]}}]}}]",
        "\"name\": {0}, \"status\": {0}",
    ];

    private async Task<int> StatusOf(string section, string value)
    {
        var members = string.Format(CultureInfo.InvariantCulture, section, value);
        var name = section.Contains("name\": {0}, \"status", StringComparison.Ordinal) ? "" : "\"name\": \"a\", ";
        return (await SendAsync($$"""{"pipeline_type": "update_model_card", {{name}}{{members}} }""")).StatusCode;
    }

    private Task<APIGatewayProxyResponse> SendAsync(string request) =>
        orchestrator.PostAsync(Invoked.Provision, request);

    private static string Code(APIGatewayProxyResponse answer) =>
        $"{answer.Errors()[0]["code"]} {answer.Errors()[0]["pointer"]}";
}
