using Amazon.Lambda.APIGatewayEvents;
using Mlops.Orchestrator.Http;
using Mlops.Provisioning.Api;
using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.Descriptions;

namespace Mlops.Orchestrator.Routes;

/// <summary><c>GET /blueprints/{name}</c>; a pipeline type finds its blueprint, too.</summary>
public sealed class BlueprintRoute(BlueprintCatalog catalog, Answers answers) : IRoute
{
    /// <inheritdoc />
    public ApiRoute Route => ApiRoutes.Blueprint;

    /// <inheritdoc />
    public Task<APIGatewayProxyResponse> AnswerAsync(RouteRequest request, CancellationToken cancellationToken)
    {
        var name = request.PathParameter(ApiRoutes.BlueprintName);
        var blueprint =
            catalog.Find(name)?.Blueprint ?? catalog.All().FirstOrDefault(known => known.Manifest.Name == name);
        return Task.FromResult(
            blueprint is null
                ? answers.Problem(
                    404,
                    $"There is no blueprint or pipeline type of this name; there are the blueprints {string.Join(", ", catalog.All().Select(known => known.Manifest.Name))}.",
                    request.RequestId
                )
                : Answers.Ok(DescriptionText.Of(BlueprintDescription.Of(blueprint)))
        );
    }
}
