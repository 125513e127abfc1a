using System.Text.Json;
using System.Text.Json.Nodes;
using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.Requests;

namespace Mlops.Provisioning.RequestFiles;

/// <summary>
/// What SageMaker Clarify's container is told about feature attributions, but for the model: the state machine finds that
/// behind the endpoint and adds <c>model_name</c>, <c>instance_type</c> and <c>initial_instance_count</c> to the predictor.
/// The label is the first column of the baseline data.
/// </summary>
internal static class ShapAnalysis
{
    /// <summary>For the baseline job.</summary>
    public static RequestFile Job(ValidatedRequest request, string target, IReadOnlyList<string> header, string bucket)
    {
        var scores = Scores(request, target);
        var predictor = new JsonObject { ["content_type"] = AnalysisConfig.Csv, ["accept_type"] = AnalysisConfig.Csv };
        foreach (var name in (string[])["label", "probability", "label_headers"])
        {
            AnalysisConfig.Copy(scores, name, predictor);
        }

        var config = new JsonObject
        {
            ["dataset_type"] = AnalysisConfig.Csv,
            ["headers"] = AnalysisConfig.Names(header),
            ["label"] = header[0],
        };
        AnalysisConfig.Copy(scores, "probability_threshold", config);
        config["methods"] = new JsonObject
        {
            ["report"] = AnalysisConfig.Report(),
            ["shap"] = Shap(request, target, header, bucket),
        };
        config["predictor"] = predictor;
        return AnalysisConfig.File(config);
    }

    /// <summary>
    /// For monitoring jobs, whose data has no label. Which part of an answer is explained, the job definition says; how
    /// answers are written, the captured ones do.
    /// </summary>
    public static RequestFile Monitor(
        ValidatedRequest request,
        string target,
        IReadOnlyList<string> header,
        string bucket
    )
    {
        // Without a dataset_type the container has no default for these; records of JSON Lines say what they are by
        // features_attribute, in the job definition.
        var predictor =
            request.Text(RequestKeys.FeaturesAttribute, target).Length == 0
                ? new JsonObject { ["content_type"] = AnalysisConfig.Csv, ["accept_type"] = AnalysisConfig.Csv }
                : [];
        AnalysisConfig.Copy(Scores(request, target), "label_headers", predictor);
        return AnalysisConfig.File(
            new JsonObject
            {
                ["headers"] = AnalysisConfig.Names(header.Skip(1)),
                ["methods"] = new JsonObject { ["shap"] = Shap(request, target, header, bucket) },
                ["predictor"] = predictor,
            }
        );
    }

    private static JsonObject Shap(ValidatedRequest request, string target, IReadOnlyList<string> header, string bucket)
    {
        var given = AnalysisConfig.Parse(request.Text(RequestKeys.ShapConfig, target));
        // The SDK's defaults, which are not the container's.
        var shap = new JsonObject { ["use_logit"] = false, ["save_local_shap_values"] = true };
        foreach (var (name, value) in given)
        {
            shap[name] = name switch
            {
                "baseline" when value is JsonValue key => $"s3://{bucket}/{key}",
                // The label is a column of one file and not of the other's data, so that an index would be two columns.
                "features_to_explain" => AnalysisConfig.Names(
                    value!.AsArray().Select(column => HeaderColumns.Name(column!, header))
                ),
                _ => value?.DeepClone(),
            };
        }

        return shap;
    }

    /// <summary>As Clarify's ModelPredictedLabelConfig: an index or a path alone is the label's.</summary>
    private static JsonObject Scores(ValidatedRequest request, string target)
    {
        var text = request.Text(RequestKeys.ModelScores, target);
        return text.Length == 0 ? []
            : JsonNode.Parse(text) is var scores && scores!.GetValueKind() == JsonValueKind.Object ? scores.AsObject()
            : new JsonObject { ["label"] = scores };
    }
}
