using Amazon.Lambda.APIGatewayEvents;
using Mlops.Orchestrator.Http;
using Mlops.Provisioning.Api;
using Mlops.Provisioning.CodePipelines;

namespace Mlops.Orchestrator.Routes;

/// <summary><c>POST /pipelines/{name}/stages/{stage}/retry</c>. What its body is does not matter.</summary>
public sealed class RetryRoute(StageRetry retry, Answers answers) : IRoute
{
    /// <inheritdoc />
    public ApiRoute Route => ApiRoutes.Retry;

    /// <inheritdoc />
    public async Task<APIGatewayProxyResponse> AnswerAsync(RouteRequest request, CancellationToken cancellationToken) =>
        await retry.StartAsync(
            request.PathParameter(ApiRoutes.PipelineName),
            request.PathParameter(ApiRoutes.StageName),
            cancellationToken
        ) switch
        {
            Answered<RetryDone> done => Answers.Ok(done.Answer),
            Declined<RetryDone> declined => answers.Refused(declined.Refusal, request.RequestId),
            var other => throw new NotSupportedException($"{other.GetType()} has no answer."),
        };
}
