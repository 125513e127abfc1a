using System.Globalization;
using System.Text.Json.Nodes;
using Amazon.SageMaker.Model;

namespace Mlops.Provisioning.Aws;

/// <summary>What SageMaker says, as the predecessor's clients get it: SageMaker's own names, times in ISO 8601.</summary>
internal static class ModelCardJson
{
    /// <summary>Items of the lists of a training job in a card (SageMaker, model card JSON schema).</summary>
    private const int DatasetLimit = 15;
    private const int MetricLimit = 50;
    private const int HyperparameterLimit = 100;
    private const int TextLimit = 255;

    public static JsonObject Of(DescribeModelCardResponse card) =>
        Object(
            ("ModelCardArn", card.ModelCardArn),
            ("ModelCardName", card.ModelCardName),
            ("ModelCardVersion", card.ModelCardVersion is { } version ? JsonValue.Create(version) : null),
            ("Content", card.Content),
            ("ModelCardStatus", card.ModelCardStatus?.Value),
            ("SecurityConfig", card.SecurityConfig is { } security ? Object(("KmsKeyId", security.KmsKeyId)) : null),
            ("CreationTime", Time(card.CreationTime)),
            ("CreatedBy", User(card.CreatedBy)),
            ("LastModifiedTime", Time(card.LastModifiedTime)),
            ("LastModifiedBy", User(card.LastModifiedBy)),
            ("ModelCardProcessingStatus", card.ModelCardProcessingStatus?.Value)
        );

    public static JsonObject Of(ModelCardSummary card) =>
        Object(
            ("ModelCardName", card.ModelCardName),
            ("ModelCardArn", card.ModelCardArn),
            ("ModelCardStatus", card.ModelCardStatus?.Value),
            ("CreationTime", Time(card.CreationTime)),
            ("LastModifiedTime", Time(card.LastModifiedTime))
        );

    /// <summary>A training job as a card's <c>training_job_details</c>.</summary>
    public static JsonObject DetailsOf(DescribeTrainingJobResponse job) =>
        Object(
            ("training_arn", job.TrainingJobArn),
            (
                "training_datasets",
                Array(
                    (job.InputDataConfig ?? [])
                        .Select(channel => channel.DataSource?.S3DataSource?.S3Uri)
                        .OfType<string>()
                        .Distinct()
                        .Take(DatasetLimit)
                        .Select(uri => JsonValue.Create(uri))
                )
            ),
            (
                "training_environment",
                job.AlgorithmSpecification?.TrainingImage is { Length: > 0 } image
                    ? Object(("container_image", new JsonArray(JsonValue.Create(image))))
                    : null
            ),
            (
                "training_metrics",
                Array(
                    (job.FinalMetricDataList ?? [])
                        .Where(metric => metric.Value is { } value && float.IsFinite(value))
                        .Take(MetricLimit)
                        .Select(metric => Object(("name", metric.MetricName), ("value", Number(metric.Value!.Value))))
                )
            ),
            (
                "hyper_parameters",
                Array(
                    (job.HyperParameters ?? [])
                        .Where(parameter => parameter.Value is { Length: > 0 and <= TextLimit })
                        .OrderBy(parameter => parameter.Key, StringComparer.Ordinal)
                        .Take(HyperparameterLimit)
                        .Select(parameter => Object(("name", parameter.Key), ("value", parameter.Value)))
                )
            )
        );

    /// <summary>The shortest decimal that is this number, not what it becomes as a double.</summary>
    private static JsonValue Number(float value) =>
        JsonValue.Create(double.Parse(value.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));

    private static JsonObject? User(UserContext? user) =>
        user is null
            ? null
            : Object(
                ("UserProfileArn", user.UserProfileArn),
                ("UserProfileName", user.UserProfileName),
                ("DomainId", user.DomainId),
                (
                    "IamIdentity",
                    user.IamIdentity is { } identity
                        ? Object(
                            ("Arn", identity.Arn),
                            ("PrincipalId", identity.PrincipalId),
                            ("SourceIdentity", identity.SourceIdentity)
                        )
                        : null
                )
            );

    private static string? Time(DateTime? time) =>
        time?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'+00:00'", CultureInfo.InvariantCulture);

    private static JsonArray? Array(IEnumerable<JsonNode?> items)
    {
        var array = new JsonArray([.. items]);
        return array.Count == 0 ? null : array;
    }

    /// <summary>Only what there is.</summary>
    private static JsonObject Object(params (string Name, JsonNode? Value)[] members)
    {
        var written = new JsonObject();
        foreach (var (name, value) in members)
        {
            if (value is not null)
            {
                written[name] = value;
            }
        }

        return written;
    }
}
