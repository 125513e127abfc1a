using System.Text.Json;
using System.Text.Json.Nodes;
using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.Requests;

namespace Mlops.Provisioning.RequestFiles;

/// <summary>What SageMaker Clarify's container is told about bias. The label is the first column of the baseline data.</summary>
internal static class BiasAnalysis
{
    /// <summary>For the baseline job, which asks the endpoint itself: so it need not know the endpoint's model.</summary>
    public static RequestFile Job(ValidatedRequest request, string target, IReadOnlyList<string> header)
    {
        var predicted = AnalysisConfig.Parse(request.Text(RequestKeys.PredictedLabelConfig, target));
        var predictor = new JsonObject
        {
            ["endpoint_name"] = request.Text(RequestKeys.EndpointName, target).Trim().ToLowerInvariant(),
            ["content_type"] = AnalysisConfig.Csv,
            ["accept_type"] = AnalysisConfig.Csv,
        };
        foreach (var name in (string[])["label", "probability", "label_headers"])
        {
            AnalysisConfig.Copy(predicted, name, predictor);
        }

        var config = Common(request, target, header);
        config["dataset_type"] = AnalysisConfig.Csv;
        AnalysisConfig.Copy(predicted, "probability_threshold", config);
        config["methods"] = new JsonObject
        {
            ["report"] = AnalysisConfig.Report(),
            ["pre_training_bias"] = new JsonObject { ["methods"] = "all" },
            ["post_training_bias"] = new JsonObject { ["methods"] = "all" },
        };
        config["predictor"] = predictor;
        return AnalysisConfig.File(config);
    }

    /// <summary>For monitoring jobs, which have the endpoint's answers already.</summary>
    public static RequestFile Monitor(ValidatedRequest request, string target, IReadOnlyList<string> header) =>
        AnalysisConfig.File(Common(request, target, header));

    private static JsonObject Common(ValidatedRequest request, string target, IReadOnlyList<string> header)
    {
        var bias = AnalysisConfig.Parse(request.Text(RequestKeys.BiasConfig, target));
        var config = new JsonObject
        {
            ["headers"] = AnalysisConfig.Names(header),
            ["label"] = header[0],
            ["facet"] = Facets(bias),
        };
        AnalysisConfig.Copy(bias, "label_values_or_threshold", config);
        if (bias["group_name"] is { } group)
        {
            config["group_variable"] = Column(group);
        }

        return config;
    }

    /// <summary>One name with its values, or a list of names with a list of values for each.</summary>
    private static JsonArray Facets(JsonObject bias)
    {
        var values = bias["facet_values_or_threshold"];
        return bias["facet_name"] is JsonArray names
            ? new JsonArray([.. names.Select((name, index) => (JsonNode?)Facet(name, (values as JsonArray)?[index]))])
            : new JsonArray(Facet(bias["facet_name"], values));
    }

    /// <summary>A name as the header has it, without space around it; or an index.</summary>
    private static JsonNode Column(JsonNode column) =>
        column.GetValueKind() == JsonValueKind.String ? column.GetValue<string>().Trim() : column.DeepClone();

    private static JsonObject Facet(JsonNode? name, JsonNode? values)
    {
        var facet = new JsonObject { ["name_or_index"] = Column(name!) };
        if (values is not null)
        {
            facet["value_or_threshold"] = values.DeepClone();
        }

        return facet;
    }
}
