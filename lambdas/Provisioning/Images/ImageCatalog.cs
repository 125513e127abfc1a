using System.Text.Json;

namespace Mlops.Provisioning.Images;

/// <summary>AWS's images: a table (images.json), read when the first framework is looked up.</summary>
/// <remarks>Frameworks and versions are in lower case.</remarks>
public sealed class ImageCatalog
{
    private const string Resource = "Mlops.Provisioning.Images.images.json";
    private const string DefaultDnsSuffix = "amazonaws.com";

    private readonly Lazy<ImageTable> table;

    /// <summary>Every image for inference.</summary>
    public ImageCatalog() => table = new Lazy<ImageTable>(Read);

    private ImageCatalog(Lazy<ImageTable> table) => this.table = table;

    /// <summary>Only those that train, too; the others are <see cref="FrameworksByUriOnly"/>.</summary>
    public ImageCatalog ForTraining =>
        new(
            new Lazy<ImageTable>(() =>
            {
                ImageRow[] trains = [.. table.Value.Images.Where(row => row.Trains)];
                var others = table
                    .Value.Images.Select(row => row.Framework)
                    .Except(trains.Select(row => row.Framework));
                return table.Value with { Images = trains, ByUriOnly = [.. table.Value.ByUriOnly, .. others] };
            })
        );

    /// <summary>Every framework that has an image in the table, sorted.</summary>
    public IReadOnlyList<string> Frameworks =>
        [.. table.Value.Images.Select(row => row.Framework).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Frameworks of AWS's whose image depends on more than version, region and processor: it is given by URI.</summary>
    public IReadOnlyList<string> FrameworksByUriOnly => table.Value.ByUriOnly;

    /// <summary>Other names of frameworks, each with the framework's own.</summary>
    public IReadOnlyDictionary<string, string> Aliases => table.Value.Aliases;

    /// <summary>The known versions of a framework for a processor, newest first.</summary>
    public IReadOnlyList<string> Versions(string framework, Processor processor) =>
        [.. Rows(framework).Where(row => row.Serves(processor)).SelectMany(row => row.Versions.Keys)];

    /// <summary>The processors that a version of a framework was made for; none when the version is not known.</summary>
    public IReadOnlyList<Processor> MadeFor(string framework, string version) =>
        [
            .. Rows(framework)
                .Where(row => row.Version(version) is not null)
                .SelectMany(row => row.MadeFor)
                .Distinct()
                .Order(),
        ];

    /// <summary>The version as the table has it, for this processor; null when there is none.</summary>
    /// <param name="framework">Exactly as in the table.</param>
    /// <param name="version">As in the table or, of a Deep Learning Container, shorter: 2.3 is the newest 2.3.</param>
    /// <param name="processor">Of the instance type.</param>
    public string? Version(string framework, string version, Processor processor) =>
        Row(framework, version, processor)?.Version(version);

    /// <summary>The regions that have this version of a framework for this processor, sorted.</summary>
    public IReadOnlyList<string> Regions(string framework, string version, Processor processor) =>
        Row(framework, version, processor) is { } row
            ? [.. table.Value.Registries[row.Registry].Keys.Except(row.NotIn).Order(StringComparer.Ordinal)]
            : [];

    /// <summary>URI of the image, or null: unknown framework or version, not for this processor, or not in this region.</summary>
    /// <param name="framework">Exactly as in the table.</param>
    /// <param name="version">As for <see cref="Version"/>; never replaced by another one.</param>
    /// <param name="region">The region that the image is pulled in.</param>
    /// <param name="processor">Of the instance type.</param>
    public string? Find(string framework, string version, string region, Processor processor)
    {
        if (
            Row(framework, version, processor) is not { } row
            || row.NotIn.Contains(region)
            || !table.Value.Registries[row.Registry].TryGetValue(region, out var account)
        )
        {
            return null;
        }

        return $"{Host(account, region)}/{row.Repository}:{row.Tag(row.Version(version)!, processor)}";
    }

    /// <summary>Names of AWS's images that are no model's (<c>clarify</c>, <c>model-monitor</c>), sorted.</summary>
    public IReadOnlyList<string> Tools => [.. table.Value.Tools.Keys.Order(StringComparer.Ordinal)];

    /// <summary>URI of an image that is no model's, or null: unknown, or not in this region.</summary>
    public string? Tool(string name, string region) =>
        table.Value.Tools.TryGetValue(name, out var repository)
        && table.Value.Registries[name].TryGetValue(region, out var account)
            ? $"{Host(account, region)}/{repository}"
            : null;

    /// <summary>The regions that have such an image, sorted.</summary>
    public IReadOnlyList<string> ToolRegions(string name) =>
        [.. (table.Value.Registries.GetValueOrDefault(name)?.Keys ?? []).Order(StringComparer.Ordinal)];

    private string Host(string account, string region)
    {
        var suffix = table
            .Value.DnsSuffixes.FirstOrDefault(pair => region.StartsWith(pair.Key, StringComparison.Ordinal))
            .Value;
        return $"{account}.dkr.ecr.{region}.{suffix ?? DefaultDnsSuffix}";
    }

    private ImageRow? Row(string framework, string version, Processor processor) =>
        Rows(framework).FirstOrDefault(row => row.Serves(processor) && row.Version(version) is not null);

    private IEnumerable<ImageRow> Rows(string framework) => table.Value.Images.Where(row => row.Framework == framework);

    private static ImageTable Read()
    {
        using var stream =
            typeof(ImageCatalog).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource} is not in the assembly.");
        return JsonSerializer.Deserialize(stream, ImageJson.Default.ImageTable)
            ?? throw new InvalidOperationException($"{Resource} is null.");
    }
}
