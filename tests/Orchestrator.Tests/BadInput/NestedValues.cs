using System.Text.Json.Nodes;
using Mlops.Provisioning.Blueprints;

namespace Mlops.Orchestrator.Tests.BadInput;

/// <summary>Mistakes inside of a value that has a structure.</summary>
internal static class NestedValues
{
    /// <summary>Types whose names inside are the client's own.</summary>
    private static readonly KeyType[] OwnNames =
    [
        KeyType.Hyperparameters,
        KeyType.HyperparameterRanges,
        KeyType.TextMap,
        KeyType.Json,
    ];

    /// <summary>What SageMaker's API reference and the SageMaker Python SDK ask of each.</summary>
    private static readonly Dictionary<KeyType, (string What, string Json, string Within)[]> Known = new()
    {
        [KeyType.Hyperparameters] =
        [
            ("a list as value", """{"a": [1]}""", "/a"),
            ("an object as value", """{"a": {"b": 1}}""", "/a"),
            ("null as value", """{"a": null}""", "/a"),
            ("an empty name", """{"": "1"}""", "/"),
            ("a long name", $$"""{"{{new string('n', 257)}}": "1"}""", $"/{new string('n', 100)}"),
            ("a long value", $$"""{"a": "{{new string('v', 2_501)}}"}""", "/a"),
            ("101 names", $"{{{string.Join(',', Enumerable.Range(0, 101).Select(i => $"\"n{i}\": 1"))}}}", ""),
        ],
        [KeyType.HyperparameterRanges] =
        [
            ("an unknown kind", """{"a": ["continous", [0, 1]]}""", "/a/0"),
            ("no kind", """{"a": [[0, 1]]}""", "/a"),
            ("a kind alone", """{"a": ["integer"]}""", "/a"),
            ("a text", """{"a": "integer"}""", "/a"),
            ("null", """{"a": null}""", "/a"),
            ("one limit", """{"a": ["integer", [1]]}""", "/a/1"),
            ("three limits", """{"a": ["integer", [1, 2, 3]]}""", "/a/1"),
            ("limits in the wrong order", """{"a": ["continuous", [2, 1]]}""", "/a/1"),
            ("a fraction", """{"a": ["integer", [0.5, 2]]}""", "/a/1"),
            ("a word as limit", """{"a": ["continuous", ["low", "high"]]}""", "/a/1"),
            ("no values", """{"a": ["categorical", []]}""", "/a/1"),
            ("a list as value", """{"a": ["categorical", [["b"]]]}""", "/a/1"),
            ("31 values", $$"""{"a": ["categorical", [{{string.Join(',', Enumerable.Range(0, 31))}}]]}""", "/a/1"),
            ("an empty value", """{"a": ["categorical", [""]]}""", "/a/1"),
            ("a value of 257 characters", $$"""{"a": ["categorical", ["{{new string('b', 257)}}"]]}""", "/a/1"),
            ("an empty name", """{"": ["integer", [1, 2]]}""", "/"),
            (
                "31 ranges of two kinds",
                $"{{{string.Join(',', Enumerable.Range(0, 31).Select(i => $"\"n{i}\": [\"{(i % 2 == 0 ? "integer" : "continuous")}\", [1, 2]]"))}}}",
                ""
            ),
        ],
        [KeyType.TunerArguments] =
        [
            ("no metric", """{"max_jobs": 1}""", "/objective_metric_name"),
            ("a number as metric", """{"objective_metric_name": 1}""", "/objective_metric_name"),
            ("no jobs", """{"objective_metric_name": "m", "max_jobs": 0}""", "/max_jobs"),
            ("half a job", """{"objective_metric_name": "m", "max_jobs": 0.5}""", "/max_jobs"),
            ("another strategy", """{"objective_metric_name": "m", "strategy": "bayesian"}""", "/strategy"),
            ("another aim", """{"objective_metric_name": "m", "objective_type": "Most"}""", "/objective_type"),
            (
                "true as stopping",
                """{"objective_metric_name": "m", "early_stopping_type": true}""",
                "/early_stopping_type"
            ),
            (
                "more at a time than at all",
                """{"objective_metric_name": "m", "max_parallel_jobs": 2}""",
                "/max_parallel_jobs"
            ),
            (
                "metrics without form",
                """{"objective_metric_name": "m", "metric_definitions": [{"Name": "m"}]}""",
                "/metric_definitions"
            ),
            (
                "Hyperband that is stopped early",
                """{"objective_metric_name": "m", "strategy": "Hyperband", "early_stopping_type": "Auto"}""",
                "/early_stopping_type"
            ),
            ("no metrics", """{"objective_metric_name": "m", "metric_definitions": []}""", "/metric_definitions"),
        ],
        [KeyType.BiasConfig] =
        [
            ("no label", """{"facet_name": "a"}""", "/label_values_or_threshold"),
            ("no facet", """{"label_values_or_threshold": [1]}""", "/facet_name"),
            (
                "one value for two facets",
                """{"label_values_or_threshold": [1], "facet_name": ["a", "b"], "facet_values_or_threshold": [[1]]}""",
                "/facet_values_or_threshold"
            ),
            ("a negative column", """{"label_values_or_threshold": [1], "facet_name": -1}""", "/facet_name"),
        ],
        [KeyType.PredictedLabelConfig] =
        [
            ("a threshold over 1", """{"probability_threshold": 1.5}""", "/probability_threshold"),
            ("a negative index", """{"label": -1}""", "/label"),
        ],
        [KeyType.ShapConfig] =
        [
            ("rows of two lengths", """{"baseline": [[1, 2], [1]]}""", "/baseline/1"),
            ("a row of lists", """{"baseline": [[[1]]]}""", "/baseline/0"),
            ("a file of another bucket", """{"baseline": "s3://another-bucket/x.csv"}""", "/baseline"),
            ("no samples", """{"num_samples": 0}""", "/num_samples"),
            ("half a sample", """{"num_samples": 0.5}""", "/num_samples"),
            ("another mean", """{"agg_method": "mean"}""", "/agg_method"),
            ("a number as flag", """{"use_logit": 1}""", "/use_logit"),
            ("a text as flag", """{"save_local_shap_values": "yes"}""", "/save_local_shap_values"),
            ("a negative seed", """{"seed": -1}""", "/seed"),
            ("no clusters", """{"num_clusters": 0}""", "/num_clusters"),
            ("rows and clusters", """{"baseline": [[1]], "num_clusters": 2}""", "/num_clusters"),
            ("a negative feature", """{"features_to_explain": [-1]}""", "/features_to_explain"),
            ("a text without language", """{"text_config": {"granularity": "token"}}""", "/text_config/language"),
            ("images", """{"image_config": {"model_type": "OBJECT_DETECTION"}}""", "/image_config"),
        ],
        [KeyType.ModelScores] =
        [
            ("a threshold over 1", """{"probability_threshold": 1.5}""", "/probability_threshold"),
            ("an unknown key", """{"score": 1}""", "/score"),
        ],
        [KeyType.TextMap] =
        [
            ("a name that is none", """{"a-b": "1"}""", ""),
            ("a list as value", """{"A": [1]}""", ""),
            ("null as value", """{"A": null}""", ""),
            ("a secret", """{"A": "{{resolve:secretsmanager:x}}"}""", ""),
        ],
        [KeyType.TextList] =
        [
            ("an empty item", """["a", ""]""", ""),
            ("an item twice", """["a", "a"]""", ""),
            ("an object as item", """[{"a": 1}]""", ""),
        ],
        [KeyType.JsonTexts] = [("an empty item", """["a", ""]""", "/1"), ("an object as item", """[{"a": 1}]""", "/0")],
    };

    private static readonly string[] Required = ["objective_metric_name", "label_values_or_threshold", "facet_name"];

    public static IEnumerable<BadValue> Of(KeyType type, JsonNode good) =>
        Known
            .GetValueOrDefault(type, [])
            .Select(known => BadValue.Of(Kinds.Nested, known.What, known.Json) with { Within = known.Within })
            .Concat(good is JsonObject members && !OwnNames.Contains(type) ? Members(members) : []);

    /// <summary>Each member that the good value has, with what it cannot be; and one that it cannot have.</summary>
    private static IEnumerable<BadValue> Members(JsonObject good)
    {
        foreach (var name in good.Select(member => member.Key))
        {
            // Elsewhere null is as good as nothing: it is the SDK's None.
            string[] nothing = Required.Contains(name) ? ["null"] : [];
            foreach (var json in (string[])[.. nothing, "{}", "\"\"", "[]", "[null]", "true"])
            {
                yield return With(good, name, JsonNode.Parse(json)) with
                {
                    What = $"{name}: {json}",
                };
            }
        }

        yield return With(good, "no_such_key", 1);
        var nearly = good.First();
        yield return With(good, $"{nearly.Key}s", nearly.Value?.DeepClone());
        yield return new BadValue(
            Kinds.Nested,
            "an unknown key, all as text",
            With(good, "no_such_key", 1).Json!.ToJsonString()
        )
        {
            Within = "",
        };
    }

    private static BadValue With(JsonObject good, string name, JsonNode? value)
    {
        var bad = good.DeepClone().AsObject();
        bad[name] = value;
        return new BadValue(Kinds.Nested, $"an unknown key {name}", bad) { Within = $"/{name}" };
    }
}
