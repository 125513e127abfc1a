using Amazon.Lambda.APIGatewayEvents;
using Mlops.Orchestrator.Http;
using Mlops.Provisioning.Api;
using Mlops.Provisioning.CodePipelines;

namespace Mlops.Orchestrator.Routes;

/// <summary><c>GET /pipelines/{name}</c>.</summary>
public sealed class PipelineRoute(PipelineOverview overview, Answers answers) : IRoute
{
    /// <inheritdoc />
    public ApiRoute Route => ApiRoutes.Pipeline;

    /// <inheritdoc />
    public async Task<APIGatewayProxyResponse> AnswerAsync(RouteRequest request, CancellationToken cancellationToken) =>
        await overview.ReadAsync(request.PathParameter(ApiRoutes.PipelineName), cancellationToken) switch
        {
            Answered<PipelineReport> told => Answers.Ok(told.Answer.ToJson()),
            Declined<PipelineReport> declined => answers.Refused(declined.Refusal, request.RequestId),
            var other => throw new NotSupportedException($"{other.GetType()} has no answer."),
        };
}
