using System.Text.Json.Nodes;
using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.ModelCards;
using Mlops.Provisioning.Schemas;
using Mlops.Provisioning.Tests.Fakes;

namespace Mlops.Provisioning.Tests.Schemas;

/// <summary>What the schema is made of. (checks/run has ajv judge requests by it, beside our own validation.)</summary>
public sealed class RequestSchemaTests
{
    private static readonly BlueprintCatalog Catalog = BlueprintCatalog.Open(Deployments.BlueprintFolder);
    private static readonly BlueprintCatalog Everything = BlueprintCatalog.Open(
        Path.Combine(AppContext.BaseDirectory, "TestBlueprints")
    );

    private static IEnumerable<string> Types => Catalog.PipelineTypes;

    [Test]
    public void Every_pipeline_type_is_in_the_schema_of_all()
    {
        var schema = RequestSchema.OfAll(Catalog, new SchemaScope())["$defs"]!["one-request"]!;
        var types = Types.Concat(CardRequests.PipelineTypes).ToList();

        Assert.That(Words(schema["properties"]!["pipeline_type"]!["enum"]), Is.EquivalentTo(types));
        Assert.That(
            schema["allOf"]!.AsArray().Select(branch => (string?)branch!["then"]!["$ref"]),
            Is.EquivalentTo(types.Select(type => $"#/$defs/{type}"))
        );
    }

    [Test]
    public void A_file_has_several_requests_none_of_them_a_model_card_and_no_other_keys()
    {
        var schema = RequestSchema.OfAll(Catalog, new SchemaScope());
        var file = schema["$defs"]!["several-requests"]!;
        var item = file["properties"]!["pipelines"]!["items"]!;

        Assert.That((string?)schema["then"]!["$ref"], Is.EqualTo("#/$defs/several-requests"));
        Assert.That((string?)schema["else"]!["$ref"], Is.EqualTo("#/$defs/one-request"));
        Assert.That((string?)item["$ref"], Is.EqualTo("#/$defs/one-request"));
        Assert.That(
            Words(item["properties"]!["pipeline_type"]!["not"]!["enum"]),
            Is.EquivalentTo(CardRequests.PipelineTypes)
        );
        Assert.That(
            file["properties"]!.AsObject().Select(property => property.Key),
            Is.EqualTo((string[])["$schema", "pipelines", "prune", "pruneLimit"])
        );
        Assert.That((bool?)file["additionalProperties"], Is.False);
    }

    [TestCaseSource(nameof(Types))]
    public void Every_key_of_a_type_is_in_its_schema_with_what_it_is_for(string type)
    {
        var (blueprint, definition) = Catalog.Find(type)!.Value;
        var properties = RequestSchema.Of(blueprint, definition, new SchemaScope())["properties"]!.AsObject();

        Assert.That(
            properties.Select(property => property.Key).Except(["$schema", "pipeline_type"]),
            Is.EqualTo(blueprint.Manifest.Keys.Where(key => key.BelongsTo(type)).Select(key => key.Name))
        );
        foreach (var (name, property) in properties)
        {
            Assert.That((string?)property!["description"], Is.Not.Null.And.Not.Empty, name);
        }
    }

    [TestCaseSource(nameof(Types))]
    public void Nothing_refers_to_a_definition_that_is_not_there(string type)
    {
        var (blueprint, definition) = Catalog.Find(type)!.Value;
        foreach (
            var schema in new[]
            {
                RequestSchema.OfAll(Catalog, new SchemaScope()),
                RequestSchema.Of(blueprint, definition, new SchemaScope()),
            }
        )
        {
            var defined = schema["$defs"]!.AsObject().Select(entry => $"#/$defs/{entry.Key}");

            Assert.That(References(schema).Except(defined), Is.Empty);
        }
    }

    [TestCase(false, "pipeline_type model_name inference_instance data_capture_location")]
    [TestCase(true, "pipeline_type model_name inference_instance model_package_name data_capture_location")]
    public void A_deployment_with_registry_requires_a_package_and_one_without_does_not(bool registry, string required)
    {
        var schema = Of("byom_realtime_builtin", new SchemaScope { UseModelRegistry = registry });

        Assert.That(string.Join(' ', Words(schema["required"])), Is.EqualTo(required));
    }

    [Test]
    public void Without_registry_a_model_of_ones_own_is_required_unless_a_package_is_named()
    {
        var schema = Of("byom_realtime_builtin", new SchemaScope());
        var rule = schema["allOf"]!
            .AsArray()
            .Single(rule => Words(rule!["then"]!["required"]).Contains("model_artifact_location"))!;

        Assert.That(
            rule["if"]!.ToJsonString(),
            Is.EqualTo(
                """{"not":{"anyOf":[{"required":["model_package_name"],"properties":{"model_package_name":{"not":{"$ref":"#/$defs/nothing"}}}}]}}"""
            )
        );
    }

    [Test]
    public void What_keys_ask_of_each_other_is_in_it_with_the_reason()
    {
        var rule = Of("byom_realtime_builtin", new SchemaScope())["allOf"]!
            .AsArray()
            .Single(rule => (string?)rule!["$comment"] == "other strategies have no canary")!;

        Assert.That(Words(rule["if"]!["required"]), Is.EqualTo(["update_canary_percent"]));
        Assert.That(
            rule["then"]!.ToJsonString(),
            Does.Contain("\"required\":[\"update_strategy\"]").And.Contains("\"enum\":[\"canary\"]")
        );
    }

    [Test]
    public void Where_the_targets_are_known_a_value_per_target_names_them_all()
    {
        var known = Of("byom_realtime_builtin", new SchemaScope { Targets = ["dev", "prod"] });
        var single = Of("byom_realtime_builtin", new SchemaScope { Targets = [] });

        var perTarget = known["properties"]!["inference_instance"]!["anyOf"]![1]!;
        Assert.That(Words(perTarget["required"]), Is.EqualTo(["dev", "prod"]));
        Assert.That((bool?)perTarget["additionalProperties"], Is.False);
        Assert.That(
            (string?)single["properties"]!["inference_instance"]!["$ref"],
            Is.EqualTo("#/$defs/realtime-inference.inference_instance")
        );
    }

    [TestCase(
        "integer",
        """{"type":["integer","string"],"pattern":"^\\s*[+-]?[0-9]+\\s*$","minimum":1,"maximum":20}"""
    )]
    [TestCase("allowed", """{"type":["string","number"],"pattern":"\\S","enum":["Gzip","None"]}""")]
    [TestCase("pattern", """{"type":["string","number"],"pattern":"^(?:[a-z]+-[0-9]+)$"}""")]
    [TestCase("json", """{"type":["object","array","string"],"pattern":"^\\s*[{\\[]"}""")]
    public void A_key_takes_its_type_and_the_same_as_text(string key, string expected)
    {
        var schema = RequestSchema.OfAll(Everything, new SchemaScope());

        Assert.That(
            JsonNode.DeepEquals(schema["$defs"]![$"everything.{key}"], JsonNode.Parse(expected)),
            schema["$defs"]![$"everything.{key}"]!.ToJsonString()
        );
    }

    [Test]
    public void Only_a_strict_schema_refuses_keys_that_mean_nothing()
    {
        Assert.That(Of("byom_realtime_builtin", new SchemaScope()).ContainsKey("unevaluatedProperties"), Is.False);
        Assert.That(
            (bool?)Of("byom_realtime_builtin", new SchemaScope { Strict = true })["unevaluatedProperties"],
            Is.False
        );
    }

    private static JsonObject Of(string type, SchemaScope scope)
    {
        var (blueprint, definition) = Catalog.Find(type)!.Value;
        return RequestSchema.Of(blueprint, definition, scope);
    }

    private static IEnumerable<string> Words(JsonNode? list) => (list?.AsArray() ?? []).Select(word => (string)word!);

    private static IEnumerable<string> References(JsonNode? node) =>
        node switch
        {
            JsonObject map => map.SelectMany(member =>
                member.Key == "$ref" ? [(string)member.Value!] : References(member.Value)
            ),
            JsonArray list => list.SelectMany(References),
            _ => [],
        };
}
