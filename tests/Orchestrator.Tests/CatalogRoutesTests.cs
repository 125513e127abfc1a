using System.Text.Json.Nodes;
using Amazon.Lambda.APIGatewayEvents;
using Mlops.Orchestrator.Tests.Support;
using Mlops.Provisioning.Api;
using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.ModelCards;
using Mlops.Provisioning.Tests.Fakes;

namespace Mlops.Orchestrator.Tests;

/// <summary>What the API tells of itself and of what can be deployed.</summary>
public sealed class CatalogRoutesTests
{
    private static readonly BlueprintCatalog Catalog = BlueprintCatalog.Open(Deployments.BlueprintFolder);
    private readonly Invoked orchestrator = new();

    [Test]
    public async Task All_pipeline_types_are_listed()
    {
        var answer = await orchestrator.GetAsync("/blueprints");

        Assert.That(answer.StatusCode, Is.EqualTo(200));
        Assert.That(
            answer.Json()["blueprints"]!
                .AsArray()
                .SelectMany(blueprint => blueprint!["pipelineTypes"]!.AsArray())
                .Select(type => (string?)type!["type"]),
            Is.EquivalentTo(Catalog.PipelineTypes)
        );
    }

    [Test]
    public async Task Operations_on_model_cards_are_listed_beside_the_blueprints()
    {
        var answer = await orchestrator.GetAsync("/blueprints");

        var operations = answer.Json()["operations"]!.AsArray().Single()!;
        Assert.That((string?)operations["name"], Is.EqualTo("model-cards"));
        Assert.That(
            operations["pipelineTypes"]!.AsArray().Select(type => (string?)type!["type"]),
            Is.EqualTo(CardRequests.PipelineTypes)
        );
    }

    [TestCase("model-cards", Description = "all together")]
    [TestCase("update_model_card", Description = "by one of them")]
    public async Task Operations_on_model_cards_are_told_with_every_key(string name)
    {
        var answer = await orchestrator.GetAsync($"/blueprints/{name}", "/blueprints/{name}");

        Assert.That(answer.Text("name"), Is.EqualTo("model-cards"), answer.Body);
        Assert.That(answer.Json()["deploysTo"], Is.Null, "nothing is deployed");
        var create = answer.Json()["pipelineTypes"]!.AsArray()[0]!;
        var uses = create["keys"]!.AsArray().Single(key => (string?)key!["name"] == "intended_uses")!;
        Assert.That(
            uses["fields"]!.AsArray().Select(field => (string?)field!["name"]),
            Does.Contain("risk_rating").And.Contain("purpose_of_model")
        );
        Assert.That(
            create["example"]!.ToJsonString(),
            Is.EqualTo("""{"pipeline_type":"create_model_card","name":"my-model-card"}""")
        );
    }

    [Test]
    public async Task The_schema_has_model_cards_too()
    {
        var answer = await orchestrator.GetAsync("/schema");

        Assert.That(
            answer.Json()["$defs"]!["one-request"]!["properties"]!["pipeline_type"]!["enum"]!
                .AsArray()
                .Select(type => (string?)type),
            Is.EquivalentTo(Catalog.PipelineTypes.Concat(CardRequests.PipelineTypes))
        );
        Assert.That(answer.Json()["$defs"]!["list_model_cards"]!["properties"]!["intended_uses"], Is.Null);
    }

    [TestCase("realtime-inference", Description = "by its name")]
    [TestCase("byom_realtime_custom", Description = "by a pipeline type")]
    [TestCase("realtime%2Dinference", Description = "encoded")]
    public async Task A_blueprint_is_told_with_every_key(string name)
    {
        var answer = await orchestrator.GetAsync($"/blueprints/{name}", "/blueprints/{name}");

        Assert.That(answer.StatusCode, Is.EqualTo(200), answer.Body);
        Assert.That(answer.Text("name"), Is.EqualTo("realtime-inference"));
        var (blueprint, type) = Catalog.Find("byom_realtime_custom")!.Value;
        var told = answer.Json()["pipelineTypes"]!
            .AsArray()
            .Single(each => (string?)each!["type"] == "byom_realtime_custom")!;
        Assert.That(
            told["keys"]!.AsArray().Select(key => (string?)key!["name"]),
            Is.EqualTo(blueprint.Manifest.Keys.Where(key => key.BelongsTo(type.Type)).Select(key => key.Name))
        );
    }

    [Test]
    public async Task A_key_is_told_with_its_type_its_limits_and_when_it_is_required()
    {
        var answer = await orchestrator.GetAsync("/blueprints/byom_realtime_builtin", "/blueprints/{name}");
        var keys = answer.Json()["pipelineTypes"]![0]!["keys"]!.AsArray();

        JsonNode Key(string name) => keys.Single(key => (string?)key!["name"] == name)!;
        Assert.That((bool?)Key("model_name")["required"], Is.True);
        Assert.That(
            (string?)Key("model_framework")["requiredWhen"],
            Is.EqualTo("the model does not come from the SageMaker Model Registry, and there is no `custom_image_uri`")
        );
        Assert.That((string?)Key("inference_instance")["values"], Is.EqualTo("instance type of SageMaker"));
        Assert.That((string?)Key("inference_instance")["type"], Is.EqualTo("instanceType"));
        Assert.That((bool?)Key("inference_instance")["perTarget"], Is.True);
    }

    [Test]
    public async Task The_parameter_of_the_gateways_event_wins_over_the_path()
    {
        var answer = await orchestrator.HandleAsync(
            new APIGatewayProxyRequest
            {
                HttpMethod = "GET",
                Resource = "/blueprints/{name}",
                Path = "/mlops/v1/blueprints/realtime-inference",
                PathParameters = new Dictionary<string, string> { ["name"] = "realtime-inference" },
            }
        );

        Assert.That(answer.Text("name"), Is.EqualTo("realtime-inference"), answer.Body);
    }

    [Test]
    public async Task A_blueprint_that_is_not_there_is_404_and_says_which_there_are()
    {
        var answer = await orchestrator.GetAsync("/blueprints/nothing", "/blueprints/{name}");

        Assert.That(answer.StatusCode, Is.EqualTo(404));
        Assert.That(
            answer.Text("message"),
            Does.StartWith("There is no blueprint or pipeline type of this name; there are the blueprints ")
                .And.Contains("realtime-inference")
        );
    }

    [Test]
    public async Task The_schema_is_that_of_this_deployment()
    {
        var single = (await orchestrator.GetAsync("/schema")).Json();
        var multi = (await new Invoked(Deployments.Multi()).GetAsync("/schema")).Json();

        Assert.That((string?)single["$schema"], Is.EqualTo("https://json-schema.org/draft/2020-12/schema"));
        Assert.That(
            Instance(single)["$ref"]?.GetValue<string>(),
            Is.EqualTo("#/$defs/realtime-inference.inference_instance")
        );
        Assert.That(
            Instance(multi)["anyOf"]![1]!["required"]!.ToJsonString(),
            Is.EqualTo("""["dev","staging","prod"]""")
        );

        static JsonNode Instance(JsonObject schema) =>
            schema["$defs"]!["byom_realtime_builtin"]!["properties"]!["inference_instance"]!;
    }

    [Test]
    public async Task The_description_of_the_API_has_every_route_and_no_word_of_how_it_is_run()
    {
        var answer = await orchestrator.GetAsync("/openapi.json");

        Assert.That(
            answer.Json()["paths"]!
                .AsObject()
                .SelectMany(path =>
                    path.Value!.AsObject().Select(operation => $"{operation.Key.ToUpperInvariant()} {path.Key}")
                ),
            Is.EquivalentTo(ApiRoutes.All.Select(route => $"{route.Method} {route.Path}"))
        );
        Assert.That(answer.Body, Does.Contain("Problem").And.Not.Contain("integration").And.Not.Contain("arn:"));
    }
}
