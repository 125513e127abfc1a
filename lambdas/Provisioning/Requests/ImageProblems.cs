using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.Images;

namespace Mlops.Provisioning.Requests;

/// <summary>What can be wrong with the framework that a request names.</summary>
internal static class ImageProblems
{
    private static readonly string OwnImage = $"name the image itself: {Quote.Text(RequestKeys.CustomImageUri)}";

    public static Problem UnknownFramework(ImageCatalog images, string framework, BlueprintManifest manifest)
    {
        var known = string.Join(", ", images.Frameworks);
        var rule = $"one of {known}";
        if (images.FrameworksByUriOnly.Contains(framework))
        {
            return new Problem(
                FindingCodes.UnknownFramework,
                rule,
                $"The image of {Quote.Text(framework)} depends on more than its version.",
                $"Name the image itself: {Quote.Text(RequestKeys.CustomImageUri)} (AWS Deep Learning Containers lists them)."
            );
        }

        var own = manifest.Keys.Any(key => key.Name == RequestKeys.CustomImageUri) ? $" Or {OwnImage}." : "";
        var meant = Nearest.To(
            framework,
            images.Frameworks.Concat(images.Aliases.Keys).Concat(images.FrameworksByUriOnly)
        );
        return new Problem(
            FindingCodes.UnknownFramework,
            rule,
            $"No built-in image is known for the framework {Quote.Text(framework)}.",
            (meant is null ? $"There are {known}." : $"Did you mean {Quote.Text(meant)}? There are {known}.") + own
        );
    }

    public static Problem UnknownVersion(ImageCatalog images, string framework, string version, Processor processor)
    {
        var known = string.Join(
            ", ",
            Enum.GetValues<Processor>()
                .OrderByDescending(other => other == processor)
                .Select(other => images.Versions(framework, other))
                .First(versions => versions.Count > 0)
        );
        return new Problem(
            FindingCodes.UnknownFrameworkVersion,
            $"one of {known}",
            $"No image is known for version {Quote.Text(version)} of {framework}.",
            $"There are {known}. Or {OwnImage}."
        );
    }

    public static Problem NotForInstance(
        ImageCatalog images,
        string framework,
        string version,
        string instance,
        Processor processor
    )
    {
        var others = string.Join(", or ", images.MadeFor(framework, version).Select(Processors.Name));
        var versions = string.Join(", ", images.Versions(framework, processor));
        return new Problem(
            FindingCodes.FrameworkInstance,
            $"an instance type with {others}",
            $"AWS has no image of {framework} {version} for {(instance.Length == 0 ? "" : $"{Quote.Text(instance)}, which has ")}{Processors.Name(processor)}.",
            $"Take an instance type with {others}{(versions.Length == 0 ? "" : $", or one of the versions {versions}")}. Or {OwnImage}."
        );
    }

    public static Problem NotInRegion(
        ImageCatalog images,
        string framework,
        string version,
        string region,
        Processor processor
    ) =>
        new(
            FindingCodes.FrameworkRegion,
            $"one of {string.Join(", ", images.Regions(framework, version, processor))}",
            $"AWS has no image of {framework} {version} in {region}.",
            $"Copy one into a repository in {region}, and {OwnImage}."
        );
}
