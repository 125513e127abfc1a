using System.Text.Json.Serialization;

namespace Mlops.Provisioning.Blueprints;

// System.Text.Json's generated code sets every init property, with null where the JSON has none and whatever its
// initializer says: so a default is given where the value is set, too.

/// <summary>What a <c>blueprint.json</c> declares (blueprints/blueprint.schema.json).</summary>
public sealed record BlueprintManifest
{
    /// <summary>For editors: where the schema of this file is.</summary>
    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    /// <summary>Name of the blueprint: that of its folder.</summary>
    public required string Name { get; init; }

    /// <summary>One line for people.</summary>
    public required string Summary { get; init; }

    /// <summary>Where its stacks go.</summary>
    public DeploysTo DeploysTo { get; init; }

    /// <summary>The pipeline types that are deployed by this blueprint.</summary>
    public required IReadOnlyList<PipelineTypeDefinition> PipelineTypes { get; init; }

    /// <summary>The key whose value is in the pipeline's name.</summary>
    public string NameKey
    {
        get;
        init => field = value ?? RequestKeys.ModelName;
    } = RequestKeys.ModelName;

    /// <summary>The keys of a request besides <c>pipeline_type</c>.</summary>
    public required IReadOnlyList<KeyDefinition> Keys { get; init; }

    /// <summary>What the keys ask of each other.</summary>
    public IReadOnlyList<KeyRule> Rules
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>The stacks, in the order of delivery.</summary>
    public required IReadOnlyList<PartDefinition> Parts { get; init; }
}

/// <summary>Where a blueprint's stacks go.</summary>
public enum DeploysTo
{
    /// <summary>Every target.</summary>
    [JsonStringEnumMemberName("targets")]
    Targets,

    /// <summary>The orchestrator account.</summary>
    [JsonStringEnumMemberName("orchestrator")]
    Orchestrator,
}

/// <summary>A pipeline type.</summary>
/// <param name="Type">Value of <c>pipeline_type</c>, lower case.</param>
/// <param name="Postfix">End of the pipeline's name.</param>
/// <param name="Summary">One line for people.</param>
public sealed record PipelineTypeDefinition(string Type, string Postfix, string Summary);

/// <summary>A stack of a blueprint, and what runs after it.</summary>
public sealed record PartDefinition
{
    /// <summary>Unique in the blueprint.</summary>
    public required string Name { get; init; }

    /// <summary>What is appended, after a hyphen, to the pipeline's name to get the stack's; empty for none.</summary>
    public string StackSuffix
    {
        get;
        init => field = value ?? "";
    } = "";

    /// <summary>File name of the template, in the blueprint's folder.</summary>
    public string Template
    {
        get;
        init => field = value ?? "template.yaml";
    } = "template.yaml";

    /// <summary>The template's parameters, all of them, in order.</summary>
    public required IReadOnlyList<ParameterDefinition> Parameters { get; init; }

    /// <summary>What is written into the template itself, because no parameter can hold it.</summary>
    public IReadOnlyList<InsertionDefinition> Insertions
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>What runs after the deployment: the state machine that the template names after its stack. Null for nothing.</summary>
    public JobDefinition? Job { get; init; }
}

/// <summary>
/// A key of type textMap whose value is written into the template, the same for all targets: every line
/// <c>Name: {} # insert: marker</c> gets it as JSON instead of <c>{}</c>, and is left out where there is none.
/// </summary>
/// <param name="Marker">What the line is marked with.</param>
/// <param name="Key">The key of the request.</param>
public sealed record InsertionDefinition(string Marker, string Key);

/// <summary>What runs after the deployment of a part.</summary>
/// <param name="Summary">One line for people.</param>
/// <param name="Kind">What the names of jobs say that they are, for example <c>batch-transform</c>.</param>
/// <param name="NameLimit">Characters that the service allows for a job's name.</param>
public sealed record JobDefinition(string Summary, string Kind, int NameLimit = 63);

/// <summary>A CloudFormation parameter and what it comes from: exactly one of the sources.</summary>
public sealed record ParameterDefinition
{
    /// <summary>Name in the template.</summary>
    public required string Name { get; init; }

    /// <summary>Source: a key of the request; absent is empty.</summary>
    public string? Key { get; init; }

    /// <summary>Source: a value of the deployment.</summary>
    public DeploymentValue? Deployment { get; init; }

    /// <summary>Source: a value that is computed from several keys.</summary>
    public ComputedValue? Computed { get; init; }

    /// <summary>Source: always this.</summary>
    public string? Literal { get; init; }

    /// <summary>Source: an earlier part, whose parameter of the same name has the value.</summary>
    public string? Part { get; init; }

    /// <summary>Source: an image of AWS's that is no model's, in the deployment's region.</summary>
    public string? Image { get; init; }

    /// <summary>Source: a name that stays the same as long as what it is of does.</summary>
    public StableName? StableName { get; init; }

    /// <summary>Source: the key, in the assets bucket, of a file that is made of the request.</summary>
    public RequestFileKind? RequestFile { get; init; }

    /// <summary>Another parameter of the part, whose value is appended, after a slash, to this one's.</summary>
    public string? Append { get; init; }

    /// <summary>What the value passes through, in order.</summary>
    public IReadOnlyList<Transform> Transforms
    {
        get;
        init => field = value ?? [];
    } = [];
}

/// <summary>
/// A name for something that has no other: the model, the kind, and a hash of the pipeline's name and of some
/// parameters. The same request has the same name; of what differs in these parameters, there are two.
/// </summary>
/// <param name="Kind">What the name says that it is of, for example <c>data-quality</c>.</param>
/// <param name="Of">The parameters of the part that make it another one.</param>
/// <param name="Limit">Characters that the service allows.</param>
public sealed record StableName(string Kind, IReadOnlyList<string> Of, int Limit = 63);
