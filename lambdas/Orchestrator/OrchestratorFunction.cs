using System.Text;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Core;
using Mlops.Orchestrator.Http;
using Mlops.Orchestrator.Routes;
using Mlops.Provisioning.Api;
using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Logging;

namespace Mlops.Orchestrator;

/// <summary>Answers the API's requests: one of <see cref="ApiRoutes"/>, or a problem that says what is wrong.</summary>
public sealed class OrchestratorFunction(
    IReadOnlyList<IRoute> routes,
    Answers answers,
    StructuredLog log,
    TimeProvider clock
)
{
    // API Gateway gives up after 29 seconds; what was begun then is finished by the same request again.
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(28);

    /// <summary>Never throws for anything that a client can send.</summary>
    public async Task<APIGatewayProxyResponse> HandleAsync(APIGatewayProxyRequest request, ILambdaContext context)
    {
        var started = clock.GetTimestamp();
        var requestId = request.RequestContext?.RequestId ?? context.AwsRequestId;
        var answer = await AnswerAsync(request, requestId);
        log.Information(
            "request answered",
            ("requestId", requestId),
            ("lambdaRequestId", context.AwsRequestId),
            ("caller", request.RequestContext?.Identity?.UserArn),
            ("route", $"{request.HttpMethod} {request.Path}"),
            ("status", $"{answer.StatusCode}"),
            ("milliseconds", $"{clock.GetElapsedTime(started).TotalMilliseconds:0.0}")
        );
        return answer;
    }

    private async Task<APIGatewayProxyResponse> AnswerAsync(APIGatewayProxyRequest request, string requestId)
    {
        var known = ApiRoutes.Find(request.HttpMethod, request.Path);
        var route = routes.FirstOrDefault(route => route.Route == known);
        if (route is null)
        {
            return answers.Problem(
                404,
                $"There is no {request.HttpMethod} {request.Path} here; there is "
                    + $"{string.Join(", ", ApiRoutes.All.Select(each => $"{each.Method} {each.Path}"))}.",
                requestId
            );
        }

        using var time = new CancellationTokenSource(LongestAnswer, clock);
        try
        {
            return Body(request) is { } body
                ? await route.AnswerAsync(body, requestId, time.Token)
                : answers.Problem(400, "The body is not the base64 text that the event says it is.", requestId);
        }
        catch (OperationCanceledException) when (time.IsCancellationRequested)
        {
            return answers.Problem(
                503,
                "AWS did not answer in time. Send the same request again: it goes on where this one stopped.",
                requestId
            );
        }
        catch (ServiceFailureException failure)
        {
            log.Error(
                "AWS refused a call",
                ("requestId", requestId),
                ("operation", failure.Operation),
                ("errorCode", failure.ErrorCode),
                ("message", failure.Message)
            );
            return ServiceFailure(failure, requestId);
        }
#pragma warning disable CA1031 // Our bug: the client gets a problem with the request id, the log the stack.
        catch (Exception bug)
#pragma warning restore CA1031
        {
            log.Error("unexpected", ("requestId", requestId), ("exception", bug.ToString()));
            return answers.Problem(
                500,
                $"Something is wrong on our side. Please report it with the request id {requestId}.",
                requestId
            );
        }
    }

    private APIGatewayProxyResponse ServiceFailure(ServiceFailureException failure, string requestId)
    {
        const string again = "Send the same request again: it goes on where this one stopped.";
        return failure switch
        {
            { ErrorCode: var code }
                when code.Contains("Throttl", StringComparison.Ordinal) || failure.StatusCode == 429 => answers.Problem(
                429,
                $"AWS asks to slow down. {again}",
                requestId,
                failure.Message
            ),
            { ErrorCode: "ConcurrentModificationException" or "ConflictException" } => answers.Problem(
                409,
                $"Somebody else changes the same pipeline right now. {again}",
                requestId,
                failure.Message
            ),
            { ErrorCode: "LimitExceededException" } => answers.Problem(
                409,
                "A quota of this AWS account is used up. Raise it in Service Quotas, or remove what is not needed.",
                requestId,
                failure.Message
            ),
            { ErrorCode: var code } when code.Contains("AccessDenied", StringComparison.Ordinal) => answers.Problem(
                500,
                "The orchestrator lacks a permission. Its operator finds which one in the log, by the request id.",
                requestId,
                failure.Message
            ),
            _ => answers.Problem(503, $"An AWS service failed. {again}", requestId, failure.Message),
        };
    }

    private static byte[]? Body(APIGatewayProxyRequest request)
    {
        var body = request.Body ?? "";
        if (!request.IsBase64Encoded)
        {
            return Encoding.UTF8.GetBytes(body);
        }

        var bytes = new byte[body.Length];
        return Convert.TryFromBase64String(body, bytes, out var length) ? bytes[..length] : null;
    }
}
