using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.Images;

namespace Mlops.Provisioning.Requests;

/// <summary>Which image a request asks for. The client's own always wins; a version is never replaced by another.</summary>
internal static class ImageRules
{
    public static string Find(
        ImageCatalog images,
        BlueprintManifest manifest,
        PipelineRequest request,
        Dictionary<string, KeyValue> values,
        bool registry,
        string region,
        List<Finding> findings
    )
    {
        if (registry)
        {
            return "";
        }

        if (values.TryGetValue(RequestKeys.CustomImageUri, out var custom))
        {
            return custom.Text;
        }

        // Missing or wrong keys are findings already; a wrong image URI says nothing about a framework.
        if (
            request.Find(RequestKeys.CustomImageUri) is not null
            || !values.TryGetValue(RequestKeys.ModelFramework, out var name)
        )
        {
            return "";
        }

        var framework = name.Text.Trim().ToLowerInvariant();
        if (!images.Frameworks.Contains(framework))
        {
            findings.Add(
                UnknownFramework(images, framework, manifest)
                    .At(Pointer(RequestKeys.ModelFramework), request.Keys[RequestKeys.ModelFramework])
            );
            return "";
        }

        return values.TryGetValue(RequestKeys.ModelFrameworkVersion, out var version)
            ? FindVersion(images, framework, version.Text.Trim().ToLowerInvariant(), region, request, findings)
            : "";
    }

    private static string FindVersion(
        ImageCatalog images,
        string framework,
        string version,
        string region,
        PipelineRequest request,
        List<Finding> findings
    )
    {
        if (images.Find(framework, version, region) is { } uri)
        {
            return uri;
        }

        var (key, problem) = images.Versions(framework).Contains(version)
            ? (RequestKeys.ModelFramework, NotInRegion(images, framework, version, region))
            : (RequestKeys.ModelFrameworkVersion, UnknownVersion(images, framework, version));
        findings.Add(problem.At(Pointer(key), request.Keys[key]));
        return "";
    }

    private static Problem UnknownFramework(ImageCatalog images, string framework, BlueprintManifest manifest)
    {
        var known = string.Join(", ", images.Frameworks);
        var rule = $"one of {known}";
        var custom = manifest.Keys.Any(key => key.Name == RequestKeys.CustomImageUri)
            ? $" Or name the image itself: {Quote.Text(RequestKeys.CustomImageUri)}."
            : "";
        if (images.FrameworksByUriOnly.Contains(framework))
        {
            return new Problem(
                FindingCodes.UnknownFramework,
                rule,
                $"The image of {Quote.Text(framework)} depends on more than its version.",
                $"Name the image itself: {Quote.Text(RequestKeys.CustomImageUri)} (AWS Deep Learning Containers lists them)."
            );
        }

        var meant = Nearest.To(framework, images.Frameworks.Concat(images.FrameworksByUriOnly));
        return new Problem(
            FindingCodes.UnknownFramework,
            rule,
            $"No built-in image is known for the framework {Quote.Text(framework)}.",
            (meant is null ? $"There are {known}." : $"Did you mean {Quote.Text(meant)}? There are {known}.") + custom
        );
    }

    private static Problem UnknownVersion(ImageCatalog images, string framework, string version)
    {
        var known = string.Join(", ", images.Versions(framework));
        return new Problem(
            FindingCodes.UnknownFrameworkVersion,
            $"one of {known}",
            $"No image is known for version {Quote.Text(version)} of {framework}.",
            $"There are {known}. Or name the image itself: {Quote.Text(RequestKeys.CustomImageUri)}."
        );
    }

    private static Problem NotInRegion(ImageCatalog images, string framework, string version, string region) =>
        new(
            FindingCodes.FrameworkRegion,
            $"one of {string.Join(", ", images.Regions(framework, version))}",
            $"AWS has no image of {framework} {version} in {region}.",
            $"Copy one into a repository in {region}, and name it: {Quote.Text(RequestKeys.CustomImageUri)}."
        );

    private static string Pointer(string key) => Quote.Pointer("", key);
}
