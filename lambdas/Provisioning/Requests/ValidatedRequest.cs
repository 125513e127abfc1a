using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.RequestFiles;
using Mlops.Provisioning.Values;

namespace Mlops.Provisioning.Requests;

/// <summary>A request that can be provisioned: only <see cref="RequestValidator"/> makes one.</summary>
public sealed class ValidatedRequest
{
    private readonly IReadOnlyDictionary<string, KeyValue> values;
    private readonly KeyValue image;
    private IReadOnlyDictionary<(RequestFileKind, string), RequestFile> files =
        new Dictionary<(RequestFileKind, string), RequestFile>();
    private readonly IReadOnlyDictionary<string, string> toolImages;

    internal ValidatedRequest(
        Blueprint blueprint,
        PipelineTypeDefinition type,
        bool usesRegistry,
        KeyValue image,
        IReadOnlyDictionary<string, string> toolImages,
        IReadOnlyDictionary<string, KeyValue> values
    )
    {
        Blueprint = blueprint;
        Type = type;
        UsesRegistry = usesRegistry;
        this.image = image;
        this.toolImages = toolImages;
        this.values = values;
        ModelName = values[blueprint.Manifest.NameKey].Text;
        var limit = blueprint.HasJob ? PipelineName.LimitWithJob : PipelineName.Limit;
        Name = PipelineName.For(PipelineName.ModelNameOf(ModelName), type.Postfix, limit - LongestSuffix(blueprint));
    }

    /// <summary>What deploys it.</summary>
    public Blueprint Blueprint { get; }

    /// <summary>Its pipeline type.</summary>
    public PipelineTypeDefinition Type { get; }

    /// <summary>Name of the pipeline and of its stack.</summary>
    public PipelineName Name { get; }

    /// <summary>Value of the blueprint's name key, as the request spells it.</summary>
    public string ModelName { get; }

    /// <summary>Whether the model comes from the SageMaker Model Registry.</summary>
    public bool UsesRegistry { get; }

    /// <summary>
    /// Image of the inference container in this target, whose instance type may need another one; empty when the model
    /// comes from the registry, which knows it.
    /// </summary>
    public string ImageUri(string target) => image.In(target);

    /// <summary>The files that are made of the request and of its data; none before the data was looked at.</summary>
    internal IReadOnlyCollection<RequestFile> Files => [.. files.Values];

    /// <summary>
    /// Where such a file lies in the assets bucket. Before the data was looked at, which only a check without a deployment
    /// leaves out: a key like it, of nothing.
    /// </summary>
    public string FileKey(RequestFileKind kind, string target) =>
        files.TryGetValue((kind, target), out var file) ? file.Key : $"{DeploymentNames.RequestFilePrefix}not-made-yet";

    /// <summary>The same request with its files.</summary>
    internal ValidatedRequest With(IReadOnlyDictionary<(RequestFileKind, string), RequestFile> made)
    {
        var copy = (ValidatedRequest)MemberwiseClone();
        copy.files = made;
        return copy;
    }

    /// <summary>Image of AWS's that a parameter asks for by name.</summary>
    public string ToolImage(string name) => toolImages[name];

    /// <summary>Text of a key's value in this target; empty when there is none.</summary>
    public string Text(string key, string target) => values.TryGetValue(key, out var value) ? value.In(target) : "";

    private static int LongestSuffix(Blueprint blueprint)
    {
        var longest = blueprint.Manifest.Parts.Max(part => part.StackSuffix.Length);
        return longest == 0 ? 0 : longest + 1;
    }
}

/// <summary>Texts of one key: one for all targets, or one for each.</summary>
internal sealed record KeyValue(string Text, IReadOnlyDictionary<string, string>? ByTarget = null)
{
    public string In(string target) => ByTarget is null ? Text : ByTarget.GetValueOrDefault(target, "");
}
