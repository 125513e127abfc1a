using System.Globalization;
using System.Text.Json.Nodes;

namespace Mlops.Provisioning.Packaging;

/// <summary>What SageMaker's CreateHyperParameterTuningJob takes, of what clients of the SageMaker Python SDK write.</summary>
internal static class TuningJson
{
    /// <summary><c>{"ParameterRanges": …}</c> of ranges by name.</summary>
    public static string ParameterRanges(string json)
    {
        var ranges = new JsonObject();
        foreach (var (name, range) in JsonNode.Parse(json)!.AsObject())
        {
            var values = range![1]!.AsArray().Select(value => Text(value!)).ToList();
            var (list, made) = Text(range[0]!) switch
            {
                "categorical" => (
                    "CategoricalParameterRanges",
                    new JsonObject
                    {
                        ["Name"] = name,
                        ["Values"] = new JsonArray([.. values.Select(value => (JsonNode?)value)]),
                    }
                ),
                var kind => (
                    kind == "integer" ? "IntegerParameterRanges" : "ContinuousParameterRanges",
                    new JsonObject
                    {
                        ["Name"] = name,
                        ["MinValue"] = values[0],
                        ["MaxValue"] = values[1],
                        ["ScalingType"] = "Auto",
                    }
                ),
            };
            ranges[list] ??= new JsonArray();
            ranges[list]!.AsArray().Add((JsonNode?)made);
        }

        return new JsonObject { ["ParameterRanges"] = ranges }.ToJsonString();
    }

    /// <summary>Metric, strategy and limits of a tuner's arguments, with the SDK's defaults.</summary>
    public static string JobConfig(string json)
    {
        var arguments = JsonNode.Parse(json)!.AsObject();
        var strategy = Text(arguments["strategy"] ?? "Bayesian");
        var limits = new JsonObject();
        // A grid search tries every combination, so it has no other limit than the client's own.
        if (arguments.ContainsKey("max_jobs") || strategy != "Grid")
        {
            limits["MaxNumberOfTrainingJobs"] = Number(arguments["max_jobs"] ?? 1);
        }

        limits["MaxParallelTrainingJobs"] = Number(arguments["max_parallel_jobs"] ?? 1);
        if (arguments["max_runtime_in_seconds"] is { } runtime)
        {
            limits["MaxRuntimeInSeconds"] = Number(runtime);
        }

        var config = new JsonObject
        {
            ["Strategy"] = strategy,
            ["ResourceLimits"] = limits,
            ["HyperParameterTuningJobObjective"] = new JsonObject
            {
                ["Type"] = Text(arguments["objective_type"] ?? "Maximize"),
                ["MetricName"] = Text(arguments["objective_metric_name"]!),
            },
            ["TrainingJobEarlyStoppingType"] = Text(arguments["early_stopping_type"] ?? "Off"),
        };
        if (arguments["random_seed"] is { } seed)
        {
            config["RandomSeed"] = Number(seed);
        }

        return config.ToJsonString();
    }

    /// <summary>The metrics that the training image writes to its log; empty for an image whose metrics SageMaker knows.</summary>
    public static string MetricDefinitions(string json) =>
        JsonNode.Parse(json)!["metric_definitions"]?.ToJsonString() ?? "";

    private static string Text(JsonNode value) => value.ToString();

    private static long Number(JsonNode value) => long.Parse(value.ToString(), CultureInfo.InvariantCulture);
}
