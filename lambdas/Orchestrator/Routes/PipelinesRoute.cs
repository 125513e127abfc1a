using Amazon.Lambda.APIGatewayEvents;
using Mlops.Orchestrator.Http;
using Mlops.Provisioning.Api;
using Mlops.Provisioning.CodePipelines;

namespace Mlops.Orchestrator.Routes;

/// <summary><c>GET /pipelines</c>.</summary>
public sealed class PipelinesRoute(PipelineLister lister) : IRoute
{
    /// <inheritdoc />
    public ApiRoute Route => ApiRoutes.Pipelines;

    /// <inheritdoc />
    public async Task<APIGatewayProxyResponse> AnswerAsync(RouteRequest request, CancellationToken cancellationToken)
    {
        var page = request.Query.GetValueOrDefault(ApiRoutes.Page) is { Length: > 0 } token ? token : null;
        return Answers.Ok((await lister.ReadAsync(page, cancellationToken)).ToJson());
    }
}
