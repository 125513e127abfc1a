using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Amazon.Lambda.APIGatewayEvents;
using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.ModelCards;
using Mlops.Provisioning.Requests;

namespace Mlops.Orchestrator.Http;

/// <summary>Builds the answers, with or without details as the deployment says.</summary>
public sealed class Answers(bool detailed)
{
    private const string Json = "application/json";
    private const string ProblemJson = "application/problem+json";

    // Quotes and other languages stay readable; the answer is never part of a page, and its type says so.
    private static readonly OrchestratorJson Readable = new(
        new JsonSerializerOptions(OrchestratorJson.Default.Options)
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        }
    );

    /// <summary>200 with a body that is JSON already.</summary>
    public static APIGatewayProxyResponse Ok(string json) => Answer(200, Json, json);

    /// <summary>202, for what goes on, with a body that is JSON already.</summary>
    public static APIGatewayProxyResponse Accepted(string json) => Answer(202, Json, json);

    /// <summary>An operation on model cards: 200, or 202 where something goes on.</summary>
    public static APIGatewayProxyResponse Of(CardAnswered done) =>
        Answer(done.Status, Json, done.Body.ToJsonString(Readable.Options));

    /// <summary>200 for a provision.</summary>
    public static APIGatewayProxyResponse Ok(Provisioned done) =>
        Ok(
            Serialize(
                new ProvisionAnswer(
                    done.Message,
                    done.PipelineId,
                    done.PipelineName,
                    done.Change switch
                    {
                        PipelineChange.Created => "created",
                        PipelineChange.Updated => "updated",
                        _ => "none",
                    },
                    done.PackageChanged,
                    done.ExecutionStarted,
                    done.ExecutionId
                ),
                Readable.ProvisionAnswer
            )
        );

    /// <summary>200 for an answered approval.</summary>
    public static APIGatewayProxyResponse Ok(ApprovalDone done) => Ok(Serialize(done, Readable.ApprovalDone));

    /// <summary>200 for a stage that runs again.</summary>
    public static APIGatewayProxyResponse Ok(RetryDone done) => Ok(Serialize(done, Readable.RetryDone));

    /// <summary>A call about one pipeline is refused; nothing was changed.</summary>
    public APIGatewayProxyResponse Refused(Refusal refusal, string requestId) =>
        Refused(refusal.Reason, refusal.Findings, requestId);

    /// <summary>The request is refused; nothing was created or changed.</summary>
    public APIGatewayProxyResponse Refused(RefusalReason reason, IReadOnlyList<Finding> findings, string requestId)
    {
        var count = findings.Count;
        return Answer(
            new Problem
            {
                Status = (int)reason,
                Title = Title((int)reason),
                Message =
                    count == 1
                        ? "The request cannot be carried out; nothing was changed."
                        : $"The request cannot be carried out for {count} reasons; nothing was changed.",
                DetailedMessage = string.Join('\n', findings.Select(finding => finding.ToString())),
                RequestId = requestId,
                Errors = [.. findings.Select(finding => ProblemError.From(finding, detailed))],
            }
        );
    }

    /// <summary>Any other problem.</summary>
    public APIGatewayProxyResponse Problem(int status, string message, string requestId, string? details = null) =>
        Answer(
            new Problem
            {
                Status = status,
                Title = Title(status),
                Message = message,
                DetailedMessage = details ?? message,
                RequestId = requestId,
            }
        );

    private APIGatewayProxyResponse Answer(Problem problem)
    {
        var answer = Answer(
            problem.Status,
            ProblemJson,
            Serialize(detailed ? problem : problem with { DetailedMessage = null }, Readable.Problem)
        );
        if (problem.Status is 429 or 503)
        {
            answer.Headers["Retry-After"] = "5";
        }

        return answer;
    }

    private static APIGatewayProxyResponse Answer(int status, string contentType, string body) =>
        new()
        {
            StatusCode = status,
            Headers = new Dictionary<string, string>
            {
                ["Content-Type"] = contentType,
                ["Cache-Control"] = "no-store",
                ["X-Content-Type-Options"] = "nosniff",
            },
            Body = body,
            IsBase64Encoded = false,
        };

    private static string Serialize<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.Serialize(value, type);

    private static string Title(int status) =>
        status switch
        {
            400 => "Bad request",
            404 => "Not found",
            405 => "Method not allowed",
            409 => "Conflict",
            413 => "Content too large",
            429 => "Too many requests",
            503 => "Service unavailable",
            >= 500 => "Internal server error",
            _ => "Refused",
        };
}
