using Amazon.Lambda.APIGatewayEvents;
using Mlops.Orchestrator.Http;
using Mlops.Provisioning;
using Mlops.Provisioning.Api;

namespace Mlops.Orchestrator.Routes;

/// <summary><c>GET /openapi.json</c>.</summary>
public sealed class OpenApiRoute(ProvisioningSettings settings) : IRoute
{
    /// <inheritdoc />
    public ApiRoute Route => ApiRoutes.OpenApi;

    /// <inheritdoc />
    public Task<APIGatewayProxyResponse> AnswerAsync(RouteRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(
            Answers.Ok(
                OpenApiDocument.ForClients($"{settings.Deployment.DeploymentName}-api", ApiRoutes.All).ToJsonString()
            )
        );
}
