using Mlops.Provisioning.Api;

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

    /// <summary>A flag of the query: false where it is not there, null where it is neither true nor false.</summary>
    public bool? Flag(string name) =>
        bool.TryParse(Query.GetValueOrDefault(name, "false"), out var value) ? value : null;

    /// <summary>What is wrong with the flags of a route, as a sentence; null where nothing is.</summary>
    public string? ProblemOf(IEnumerable<ApiFlag> flags) =>
        flags.FirstOrDefault(flag => Flag(flag.Name) is null) is { } wrong
            ? $"The query's {wrong.Name} is neither true nor false; nothing was changed."
            : null;
}
