using Amazon.Lambda.APIGatewayEvents;
using Mlops.Orchestrator.Http;
using Mlops.Provisioning.Api;
using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.Descriptions;

namespace Mlops.Orchestrator.Routes;

/// <summary><c>GET /blueprints</c>.</summary>
public sealed class BlueprintsRoute(BlueprintCatalog catalog) : IRoute
{
    /// <inheritdoc />
    public ApiRoute Route => ApiRoutes.Blueprints;

    /// <inheritdoc />
    public Task<APIGatewayProxyResponse> AnswerAsync(RouteRequest request, CancellationToken cancellationToken)
    {
        var list = new BlueprintList([.. catalog.All().Select(BlueprintSummary.Of)]);
        return Task.FromResult(Answers.Ok(DescriptionText.Of(list)));
    }
}
