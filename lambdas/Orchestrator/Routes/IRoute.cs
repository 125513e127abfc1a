using Amazon.Lambda.APIGatewayEvents;
using Mlops.Provisioning.Api;

namespace Mlops.Orchestrator.Routes;

/// <summary>What answers one route.</summary>
public interface IRoute
{
    /// <summary>Which one of <see cref="ApiRoutes"/>.</summary>
    ApiRoute Route { get; }

    /// <summary>The answer to a body, whatever it is.</summary>
    Task<APIGatewayProxyResponse> AnswerAsync(byte[] body, string requestId, CancellationToken cancellationToken);
}
