using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mlops.Provisioning.Images;

/// <summary>What is in images.json, which refresh.py writes.</summary>
/// <param name="Source">Where its facts are from.</param>
/// <param name="DnsSuffixes">Beginnings of regions whose suffix is not <c>amazonaws.com</c>.</param>
/// <param name="Registries">Accounts by region.</param>
/// <param name="Images">Newest version first within a framework and processor.</param>
/// <param name="Tools">Images that are no model's: repository, and tag where it has one; each in the registry of its name.</param>
/// <param name="Aliases">Other names of a framework.</param>
/// <param name="ByUriOnly">Frameworks whose image a request has to name.</param>
internal sealed record ImageTable(
    string Source,
    IReadOnlyDictionary<string, string> DnsSuffixes,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Registries,
    IReadOnlyList<ImageRow> Images,
    IReadOnlyDictionary<string, string> Tools,
    IReadOnlyDictionary<string, string> Aliases,
    IReadOnlyList<string> ByUriOnly
);

/// <summary>Images of a framework that share everything but version and tag.</summary>
internal sealed record ImageRow(
    string Framework,
    string Repository,
    string Registry,
    IReadOnlyDictionary<string, string> Versions
)
{
    private const string ProcessorInTag = "{processor}";

    /// <summary>Empty for an image that runs on every host but Graviton, whatever accelerator it has. (Generated JSON code sets null where there is none.)</summary>
    public IReadOnlyList<Processor> Processors
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>Regions of the registry that lack this repository.</summary>
    public IReadOnlyList<string> NotIn
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>Whether a version may be shortened: <c>2.3</c> is the newest 2.3.</summary>
    public bool Short { get; init; }

    /// <summary>What to name to somebody who looks for an instance type.</summary>
    public IReadOnlyList<Processor> MadeFor => Processors.Count == 0 ? [Processor.Cpu, Processor.Gpu] : Processors;

    /// <summary>
    /// Whether the image trains, too: one of AWS's algorithms, or of a framework whose one image does both. Deep Learning
    /// Containers have other images to train, those for Graviton are for endpoints, and one says so in its name.
    /// </summary>
    public bool Trains =>
        !Short && !Processors.Contains(Processor.Arm) && !Repository.Contains("serving", StringComparison.Ordinal);

    /// <summary>Whether an image is for this processor.</summary>
    public bool Serves(Processor processor) =>
        Processors.Count == 0 ? processor != Processor.Arm : Processors.Contains(processor);

    /// <summary>The tag of a version for this processor.</summary>
    public string Tag(string version, Processor processor) =>
        Versions[version].Replace(ProcessorInTag, processor == Processor.Gpu ? "gpu" : "cpu", StringComparison.Ordinal);

    /// <summary>The version as the table has it, or null.</summary>
    public string? Version(string asked) =>
        Versions.ContainsKey(asked) ? asked
        : Short ? Versions.Keys.FirstOrDefault(version => IsShort(asked, version))
        : null;

    // 2.3 of 2.3.0; 4.49.0, 4.49 and 4.49-pytorch2.6 of 4.49.0-pytorch2.6.0. Never 2 of 2.3.0: that is too far from what
    // somebody has tested.
    private static bool IsShort(string asked, string version)
    {
        var (shorter, full) = (asked.Split('-'), version.Split('-'));
        return shorter.Length <= full.Length
            && shorter
                .Zip(full)
                .All(part =>
                    part.First == part.Second
                    || part.First.Contains('.') && part.Second.StartsWith(part.First + ".", StringComparison.Ordinal)
                );
    }
}

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(ImageTable))]
internal sealed partial class ImageJson : JsonSerializerContext;
