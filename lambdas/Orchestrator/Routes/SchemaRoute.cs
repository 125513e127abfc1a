using Amazon.Lambda.APIGatewayEvents;
using Mlops.Orchestrator.Http;
using Mlops.Provisioning;
using Mlops.Provisioning.Api;
using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.Schemas;

namespace Mlops.Orchestrator.Routes;

/// <summary><c>GET /schema</c>: as this deployment takes requests, with its targets and its registry.</summary>
public sealed class SchemaRoute(BlueprintCatalog catalog, ProvisioningSettings settings) : IRoute
{
    /// <inheritdoc />
    public ApiRoute Route => ApiRoutes.Schema;

    /// <inheritdoc />
    public Task<APIGatewayProxyResponse> AnswerAsync(RouteRequest request, CancellationToken cancellationToken)
    {
        var scope = new SchemaScope
        {
            UseModelRegistry = settings.UseModelRegistry,
            Targets =
                settings.Deployment.AccountMode == AccountMode.Multi
                    ? [.. settings.Deployment.Targets.Select(target => target.Name)]
                    : [],
        };
        return Task.FromResult(Answers.Ok(RequestSchema.OfAll(catalog, scope).ToJsonString()));
    }
}
