using System.Diagnostics.CodeAnalysis;

namespace Mlops.Local.Api;

/// <summary>Finds the declared operation of a request as API Gateway does: a literal segment before a parameter, a parameter before <c>{proxy+}</c>.</summary>
internal sealed class RouteTable(IEnumerable<ApiRoute> routes)
{
    private readonly List<(ApiRoute Route, string[] Segments)> table =
    [
        .. routes
            .Select(route => (route, Segments: Split(route.Path)))
            .OrderBy(entry => string.Concat(entry.Segments.Select(Rank)), StringComparer.Ordinal),
    ];

    /// <summary>The path parameters come decoded; null when the route has none.</summary>
    public bool TryFind(
        string method,
        string path,
        [NotNullWhen(true)] out ApiRoute? route,
        out Dictionary<string, string>? parameters
    )
    {
        var segments = Split(path);
        foreach (var (candidate, pattern) in table)
        {
            if ((candidate.Method is null || candidate.Method == method) && TryMatch(pattern, segments, out parameters))
            {
                route = candidate;
                return true;
            }
        }

        (route, parameters) = (null, null);
        return false;
    }

    private static bool TryMatch(string[] pattern, string[] segments, out Dictionary<string, string>? parameters)
    {
        parameters = null;
        for (var i = 0; i < pattern.Length; i++)
        {
            if (IsGreedy(pattern[i]))
            {
                if (i >= segments.Length)
                {
                    return false;
                }

                (parameters ??= [])[pattern[i][1..^2]] = Uri.UnescapeDataString(string.Join('/', segments[i..]));
                return true;
            }

            if (i >= segments.Length)
            {
                return false;
            }

            if (IsParameter(pattern[i]))
            {
                (parameters ??= [])[pattern[i][1..^1]] = Uri.UnescapeDataString(segments[i]);
            }
            else if (pattern[i] != Uri.UnescapeDataString(segments[i]))
            {
                return false;
            }
        }

        return pattern.Length == segments.Length;
    }

    private static string[] Split(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries);

    private static char Rank(string segment) =>
        IsGreedy(segment) ? '2'
        : IsParameter(segment) ? '1'
        : '0';

    private static bool IsParameter(string segment) => segment is ['{', .., '}'];

    private static bool IsGreedy(string segment) => segment is ['{', .., '+', '}'];
}
