using Mlops.Provisioning.Blueprints;

namespace Mlops.Provisioning.Packaging;

/// <summary>Names of the files in a package, for who packs and for the pipeline that reads them.</summary>
public static class PackageFiles
{
    /// <summary>A part's template: <c>template.yaml</c>, with several parts <c>&lt;part&gt;.yaml</c>.</summary>
    public static string Template(BlueprintManifest manifest, PartDefinition part) =>
        manifest.Parts.Count == 1 ? "template.yaml" : $"{part.Name}.yaml";

    /// <summary>A stack's parameters and tags: <c>&lt;target&gt;.json</c>, with several parts <c>&lt;target&gt;.&lt;part&gt;.json</c>.</summary>
    public static string Parameters(BlueprintManifest manifest, PartDefinition part, Target target) =>
        manifest.Parts.Count == 1 ? $"{target.Name}.json" : $"{target.Name}.{part.Name}.json";
}
