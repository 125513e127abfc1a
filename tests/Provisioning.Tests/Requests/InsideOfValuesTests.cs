using System.Text.Json.Nodes;
using Mlops.Provisioning.Tests.Fakes;

namespace Mlops.Provisioning.Tests.Requests;

/// <summary>Values that have a structure: everything that is wrong inside of them is told at once.</summary>
public sealed class InsideOfValuesTests
{
    [TestCase(
        "byom_model_explainability_monitor",
        "model-explainability-monitor",
        "shap_config",
        """{"baseline":[[1,2],[3],"x"],"num_samples":"x","agg":"mean_abs","seed":-1,"text_config":{"granularity":"word"}}""",
        "/agg",
        "/baseline",
        "/num_samples",
        "/seed",
        "/text_config/language",
        "/text_config/granularity"
    )]
    [TestCase(
        "byom_model_explainability_monitor",
        "model-explainability-monitor",
        "shap_config",
        """{"baseline":[[1,2],[3],[]],"num_samples":10}""",
        "/baseline/1",
        "/baseline/2"
    )]
    [TestCase(
        "byom_model_bias_monitor",
        "model-bias-monitor",
        "bias_config",
        """{"facet":"age","group_name":{},"facet_values_or_threshold":1}""",
        "/facet",
        "/label_values_or_threshold",
        "/facet_name",
        "/facet_values_or_threshold",
        "/group_name"
    )]
    [TestCase(
        "model_tuner_builtin",
        "model-tuning",
        "tuner_configs",
        """{"strategy":"Guess","max_jobs":0,"metrics":1}""",
        "/objective_metric_name",
        "/strategy",
        "/max_jobs",
        "/metrics"
    )]
    [TestCase(
        "model_tuner_builtin",
        "model-tuning",
        "hyperparamaters_ranges",
        """{"eta":["continuous",[1,0]],"depth":["whole",[1,2]],"booster":["categorical",["a"]]}""",
        "/eta/1",
        "/depth/0"
    )]
    [TestCase(
        "model_training_builtin",
        "model-training",
        "algo_hyperparamaters",
        """{"eta":[],"depth":{},"booster":"gbtree"}""",
        "/eta",
        "/depth"
    )]
    public void Everything_that_is_wrong_has_its_place(
        string example,
        string blueprint,
        string key,
        string value,
        params string[] places
    )
    {
        Assert.That(Places(example, blueprint, key, value), Is.EqualTo(places.Select(place => $"/{key}{place}")));
    }

    [Test]
    public void A_value_that_is_wrong_in_a_thousand_places_is_told_of_in_twenty()
    {
        var ranges = string.Join(',', Enumerable.Range(0, 1000).Select(number => $"\"p{number}\":1"));

        Assert.That(
            Places("model_tuner_builtin", "model-tuning", "hyperparamaters_ranges", $"{{{ranges}}}").Count(),
            Is.EqualTo(20)
        );
    }

    [TestCase("""["continuous", [0, 1]]""", "/hyperparamaters_ranges/a")]
    [TestCase("""["integer", [0, 1]]""", "/hyperparamaters_ranges/a")]
    [TestCase("""["categorical", [0, 1]]""", null)]
    public void A_grid_search_takes_categorical_ranges_only(string range, string? place)
    {
        var request = Example("model_tuner_builtin", "model-tuning");
        request["hyperparamaters_ranges"] = new JsonObject { ["a"] = JsonNode.Parse(range) };
        request["tuner_configs"]!["strategy"] = "Grid";

        Assert.That(
            Judged
                .By(request.ToJsonString(), Deployments.Single().Scope)
                .Findings.Select(found => $"{found.Code} {found.Pointer}"),
            Is.EqualTo(place is null ? [] : (string[])[$"MLP034 {place}"])
        );
    }

    private static JsonObject Example(string example, string blueprint) =>
        JsonNode
            .Parse(
                File.ReadAllText(Path.Combine(Deployments.BlueprintFolder, blueprint, "examples", $"{example}.json"))
            )!
            .AsObject();

    private static IEnumerable<string> Places(string example, string blueprint, string key, string value)
    {
        var request = Example(example, blueprint);
        request[key] = JsonNode.Parse(value);
        return Judged
            .By(request.ToJsonString(), Deployments.Single().Scope)
            .Findings.Select(finding => finding.Pointer);
    }
}
