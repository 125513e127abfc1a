using Amazon.Lambda.APIGatewayEvents;
using Mlops.Provisioning.Api;

namespace Mlops.Orchestrator.Routes;

/// <summary>What answers one route.</summary>
public interface IRoute
{
    /// <summary>Which one of <see cref="ApiRoutes"/>.</summary>
    ApiRoute Route { get; }

    /// <summary>The answer to a request, whatever is in it.</summary>
    Task<APIGatewayProxyResponse> AnswerAsync(RouteRequest request, CancellationToken cancellationToken);
}
