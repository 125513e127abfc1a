namespace Mlops.Orchestrator.Routes;

/// <summary>What a route gets of a request.</summary>
/// <param name="Body">Its bytes, whatever they are.</param>
/// <param name="Query">The query's parameters; of one that is there several times the last, as API Gateway hands it over.</param>
/// <param name="RequestId">Finds this request in the log.</param>
public sealed record RouteRequest(byte[] Body, IReadOnlyDictionary<string, string> Query, string RequestId)
{
    /// <summary>Gives what stands in the path where the route has the parameter of this name.</summary>
    public required Func<string, string> PathParameter { get; init; }

    /// <summary>ARN of who calls, as IAM knows them; null where API Gateway does not tell.</summary>
    public string? Caller { get; init; }
}
