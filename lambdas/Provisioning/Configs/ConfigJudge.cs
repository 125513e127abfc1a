using Mlops.Provisioning.ModelCards;
using Mlops.Provisioning.Requests;

namespace Mlops.Provisioning.Configs;

/// <summary>Reads a request; null and at least one finding where something is wrong with it.</summary>
public delegate ValidatedRequest? RequestReader(PipelineRequest request, out IReadOnlyList<Finding> findings);

/// <summary>Judges all requests of a file before the first of them is carried out. Changes nothing.</summary>
public sealed class ConfigJudge(RequestReader read)
{
    /// <summary>The requests that can be provisioned, and everything that is wrong with the others.</summary>
    public (IReadOnlyList<JudgedRequest> Requests, IReadOnlyList<Finding> Findings) Judge(ConfigFile file)
    {
        var judged = new List<JudgedRequest>();
        var findings = new List<Finding>();
        var places = new Dictionary<string, ConfigRequest>(StringComparer.Ordinal);
        foreach (var place in file.Requests)
        {
            if (CardRequests.IsOne(place.Request))
            {
                findings.Add(place.Locate(NoCards));
            }
            else if (read(place.Request, out var problems) is not { } request)
            {
                findings.AddRange(problems.Select(place.Locate));
            }
            else if (places.TryAdd(request.Name.Text, place))
            {
                judged.Add(new JudgedRequest(place, request));
            }
            else
            {
                findings.Add(place.Locate(Twice(request, places[request.Name.Text])));
            }
        }

        return (judged, findings);
    }

    private static Finding NoCards { get; } =
        new(
            FindingCodes.NotAllowed,
            "/pipeline_type",
            null,
            "pipeline types",
            "A file says which pipelines there are, and model cards are none.",
            "Send the request to the API: mlops provision FILE."
        );

    private static Finding Twice(ValidatedRequest request, ConfigRequest first) =>
        new(
            FindingCodes.PipelineTwice,
            $"/{request.Blueprint.Manifest.NameKey}",
            request.ModelName,
            "every pipeline once",
            $"The request in line {first.Line} makes the pipeline {request.Name} already.",
            "Remove one of the two, or give its model another name."
        );
}

/// <summary>A request of a file that can be provisioned.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Request">The request.</param>
public sealed record JudgedRequest(ConfigRequest Place, ValidatedRequest Request);
