using Amazon.Lambda.APIGatewayEvents;
using Mlops.Orchestrator.Http;
using Mlops.Provisioning.Api;
using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.Descriptions;
using Mlops.Provisioning.ModelCards;

namespace Mlops.Orchestrator.Routes;

/// <summary><c>GET /blueprints/{name}</c>; a pipeline type finds its blueprint, too, and an operation on model cards all of them.</summary>
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
        var description = blueprint is null ? CardDescriptions.Find(name) : BlueprintDescription.Of(blueprint);
        var known = catalog.All().Select(other => other.Manifest.Name).Append(CardDescriptions.Summary.Name);
        return Task.FromResult(
            description is null
                ? answers.Problem(
                    404,
                    $"There is no blueprint or pipeline type of this name; there are the blueprints {string.Join(", ", known)}.",
                    request.RequestId
                )
                : Answers.Ok(DescriptionText.Of(description))
        );
    }
}
