using System.Collections.ObjectModel;
using System.Text;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Core;
using Mlops.Orchestrator.Http;
using Mlops.Orchestrator.Routes;
using Mlops.Provisioning.Api;
using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Logging;
using Mlops.Provisioning.Telemetry;

namespace Mlops.Orchestrator;

/// <summary>Answers the API's requests: one of <see cref="ApiRoutes"/>, or a problem that says what is wrong.</summary>
public sealed class OrchestratorFunction(
    IReadOnlyList<IRoute> routes,
    Answers answers,
    StructuredLog log,
    EmbeddedMetrics metrics,
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
        var known = Find(request);
        var answer = await AnswerAsync(request, known, requestId);
        var time = clock.GetElapsedTime(started);
        log.Measured(
            "request answered",
            metrics,
            [
                Measurement.Count(
                    MetricNames.Provisioned,
                    known == ApiRoutes.ProvisionPipeline && answer.StatusCode is >= 200 and < 300
                ),
                Measurement.Count(MetricNames.Refused, answer.StatusCode is >= 400 and < 500),
                Measurement.Count(MetricNames.Failed, answer.StatusCode >= 500),
                Measurement.Of(time),
            ],
            ("requestId", requestId),
            ("lambdaRequestId", context.AwsRequestId),
            ("caller", request.RequestContext?.Identity?.UserArn),
            ("route", known is null ? "none" : $"{known.Method} {known.Path}"),
            ("status", $"{answer.StatusCode}"),
            ("milliseconds", $"{time.TotalMilliseconds:0.0}")
        );
        return answer;
    }

    private async Task<APIGatewayProxyResponse> AnswerAsync(
        APIGatewayProxyRequest request,
        ApiRoute? known,
        string requestId
    )
    {
        var route = routes.FirstOrDefault(each => each.Route == known);
        if (route is null)
        {
            return NotHere(request, requestId);
        }

        using var time = new CancellationTokenSource(LongestAnswer, clock);
        try
        {
            return Body(request) is { } body
                ? await route.AnswerAsync(
                    new RouteRequest(body, Query(request), requestId)
                    {
                        PathParameter = name => PathParameter(request, route.Route, name),
                        Caller = request.RequestContext?.Identity?.UserArn is { Length: > 0 } caller ? caller : null,
                    },
                    time.Token
                )
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
            return Failed(failure, requestId);
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

    private static ApiRoute? Find(APIGatewayProxyRequest request) =>
        // Behind a custom domain the path begins with the domain's base path; the resource is the route as declared.
        ApiRoutes.Find(request.HttpMethod, request.Resource) ?? ApiRoutes.Find(request.HttpMethod, request.Path);

    private APIGatewayProxyResponse NotHere(APIGatewayProxyRequest request, string requestId) =>
        request is { HttpMethod: { } method, Path: { } path }
            ? answers.Problem(
                404,
                $"There is no {method} {path} here; there is "
                    + $"{string.Join(", ", ApiRoutes.All.Select(each => $"{each.Method} {each.Path}"))}.",
                requestId
            )
            : answers.Problem(400, "The event is no request of API Gateway: it has no method or no path.", requestId);

    private APIGatewayProxyResponse Failed(ServiceFailureException failure, string requestId)
    {
        log.Error(
            "AWS refused a call",
            ("requestId", requestId),
            ("operation", failure.Operation),
            ("errorCode", failure.ErrorCode),
            ("reason", failure.Message)
        );
        var (status, message) = ServiceProblems.Of(failure);
        return answers.Problem(status, message, requestId, failure.Message);
    }

    private static IReadOnlyDictionary<string, string> Query(APIGatewayProxyRequest request) =>
        request.QueryStringParameters is { } query
            ? query.ToDictionary(parameter => parameter.Key, parameter => parameter.Value, StringComparer.Ordinal)
            : ReadOnlyDictionary<string, string>.Empty;

    private static string PathParameter(APIGatewayProxyRequest request, ApiRoute route, string name) =>
        request.PathParameters?.TryGetValue(name, out var value) == true && value is { Length: > 0 }
            ? value
            : ApiRoutes.Parameter(route, request.Path, name) ?? "";

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
