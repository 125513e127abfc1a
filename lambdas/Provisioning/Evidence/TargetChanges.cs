using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mlops.Provisioning.Evidence;

/// <summary>What happens to a resource, the most dangerous first.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ChangeKind>))]
public enum ChangeKind
{
    /// <summary>Made anew, and the old one removed.</summary>
    Replace,

    /// <summary>CloudFormation finds out while it deploys whether it is made anew.</summary>
    MayReplace,

    /// <summary>Removed.</summary>
    Remove,

    /// <summary>Changed where it is.</summary>
    Change,

    /// <summary>Made.</summary>
    Add,
}

/// <summary>What one execution of a pipeline would change in a target: the evidence for an approval.</summary>
/// <param name="Pipeline">Name of the pipeline.</param>
/// <param name="Execution">Id of its execution.</param>
/// <param name="Target">Name of the target.</param>
/// <param name="Account">Its account.</param>
/// <param name="Stacks">In the order of deployment.</param>
public sealed record TargetChanges(
    string Pipeline,
    string Execution,
    string Target,
    string Account,
    IReadOnlyList<StackChanges> Stacks
)
{
    /// <summary>Whether nothing at all would change.</summary>
    [JsonIgnore]
    public bool IsEmpty => Stacks.All(stack => stack.Resources.Count == 0);

    /// <summary>Key, in the assets bucket, of what is known of this execution and target.</summary>
    public static string Key(string pipeline, string execution, string target) =>
        $"{DeploymentNames.EvidencePrefix}{pipeline}/{execution}/{target}.json";

    /// <summary>Indented, for people too.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, EvidenceJson.Default.TargetChanges);

    /// <summary>Reads what <see cref="ToJson"/> writes.</summary>
    /// <exception cref="JsonException">It is anything else.</exception>
    public static TargetChanges Read(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, EvidenceJson.Default.TargetChanges)
        ?? throw new JsonException("There are no changes in it.");
}

/// <summary>What a change set would do to one stack.</summary>
/// <param name="Stack">Name of the stack.</param>
/// <param name="IsNew">Whether the stack would be made.</param>
/// <param name="Resources">Most dangerous first; empty where nothing changes.</param>
/// <param name="Parameters">Those whose values differ, by name.</param>
public sealed record StackChanges(
    string Stack,
    bool IsNew,
    IReadOnlyList<ResourceChange> Resources,
    IReadOnlyList<ParameterChange> Parameters
);

/// <summary>What happens to a resource.</summary>
/// <param name="Kind">What.</param>
/// <param name="LogicalId">Its name in the template.</param>
/// <param name="Type">CloudFormation's type.</param>
/// <param name="PhysicalId">What it is called now; null for a new one.</param>
/// <param name="Properties">Names of the properties that differ; empty where CloudFormation does not tell.</param>
public sealed record ResourceChange(
    ChangeKind Kind,
    string LogicalId,
    string Type,
    string? PhysicalId,
    IReadOnlyList<string> Properties
);

/// <summary>A parameter of a stack whose value would be another one.</summary>
/// <param name="Name">Of the parameter.</param>
/// <param name="Before">Null where the stack has none of this name.</param>
/// <param name="After">Null where it would have none any more.</param>
public sealed record ParameterChange(string Name, string? Before, string? After);

// Nulls are written: what is read has to have every member.
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    WriteIndented = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(TargetChanges))]
internal sealed partial class EvidenceJson : JsonSerializerContext;
