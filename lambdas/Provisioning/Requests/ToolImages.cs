using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.Images;

namespace Mlops.Provisioning.Requests;

/// <summary>The images of AWS's that a blueprint's parameters ask for by name. Not every region has them.</summary>
internal static class ToolImages
{
    public static IReadOnlyDictionary<string, string> Find(
        ImageCatalog images,
        BlueprintManifest manifest,
        PipelineRequest request,
        string region,
        List<Finding> findings
    )
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        var names = manifest.Parts.SelectMany(part => part.Parameters).Select(parameter => parameter.Image);
        foreach (var name in names.OfType<string>().Distinct())
        {
            if (images.Tool(name, region) is { } uri)
            {
                found[name] = uri;
            }
            else
            {
                findings.Add(
                    new Problem(
                        FindingCodes.FrameworkRegion,
                        $"one of {string.Join(", ", images.ToolRegions(name))}",
                        $"AWS has no image {Quote.Text(name)} in {region}, which this pipeline type runs.",
                        "Deploy it from a deployment in another region."
                    ).At(Quote.Pointer("", RequestKeys.PipelineType), request.Keys[RequestKeys.PipelineType])
                );
            }
        }

        return found;
    }
}
