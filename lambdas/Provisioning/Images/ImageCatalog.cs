using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mlops.Provisioning.Images;

/// <summary>AWS's built-in images: a table (images.json), read when the first framework is looked up.</summary>
public sealed class ImageCatalog
{
    private const string Resource = "Mlops.Provisioning.Images.images.json";
    private const string DefaultDnsSuffix = "amazonaws.com";

    private readonly Lazy<ImageTable> table = new(Read);

    /// <summary>Every framework that has an image in the table, sorted.</summary>
    public IReadOnlyList<string> Frameworks =>
        [.. table.Value.Images.Select(row => row.Framework).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Frameworks of AWS's whose image depends on more than version and region, so that it is given by URI.</summary>
    public IReadOnlyList<string> FrameworksByUriOnly => table.Value.ByUriOnly;

    /// <summary>The known versions of a framework, in the order of the table; empty when the framework is not known.</summary>
    public IReadOnlyList<string> Versions(string framework) =>
        [.. table.Value.Images.Where(row => row.Framework == framework).SelectMany(row => row.Versions.Keys)];

    /// <summary>The regions that have this version of a framework, sorted.</summary>
    public IReadOnlyList<string> Regions(string framework, string version) =>
        Row(framework, version) is { } row
            ? [.. table.Value.Registries[row.Registry].Keys.Except(row.NotIn).Order(StringComparer.Ordinal)]
            : [];

    /// <summary>URI of the image, or null: unknown framework, unknown version, or not in this region.</summary>
    /// <param name="framework">Exactly as in the table.</param>
    /// <param name="version">Exactly as in the table; never replaced by another one.</param>
    /// <param name="region">The region that the image is pulled in.</param>
    public string? Find(string framework, string version, string region)
    {
        if (
            Row(framework, version) is not { } row
            || row.NotIn.Contains(region)
            || !table.Value.Registries[row.Registry].TryGetValue(region, out var account)
        )
        {
            return null;
        }

        var suffix = table
            .Value.DnsSuffixes.FirstOrDefault(pair => region.StartsWith(pair.Key, StringComparison.Ordinal))
            .Value;
        return $"{account}.dkr.ecr.{region}.{suffix ?? DefaultDnsSuffix}/{row.Repository}:{row.Versions[version]}";
    }

    private ImageRow? Row(string framework, string version) =>
        table.Value.Images.FirstOrDefault(row => row.Framework == framework && row.Versions.ContainsKey(version));

    private static ImageTable Read()
    {
        using var stream =
            typeof(ImageCatalog).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource} is not in the assembly.");
        return JsonSerializer.Deserialize(stream, ImageJson.Default.ImageTable)
            ?? throw new InvalidOperationException($"{Resource} is null.");
    }
}

internal sealed record ImageTable(
    string Source,
    IReadOnlyDictionary<string, string> DnsSuffixes,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Registries,
    IReadOnlyList<ImageRow> Images,
    IReadOnlyList<string> ByUriOnly
);

/// <summary>Images of a framework that share registry and repository.</summary>
internal sealed record ImageRow(
    string Framework,
    string Repository,
    string Registry,
    IReadOnlyDictionary<string, string> Versions
)
{
    /// <summary>Regions of the registry that lack this repository. (Generated JSON code sets null where there is none.)</summary>
    public IReadOnlyList<string> NotIn
    {
        get;
        init => field = value ?? [];
    } = [];
}

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(ImageTable))]
internal sealed partial class ImageJson : JsonSerializerContext;
