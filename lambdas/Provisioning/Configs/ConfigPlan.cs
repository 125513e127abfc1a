using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mlops.Provisioning.Configs;

/// <summary>What carrying out a file would do.</summary>
/// <param name="Source">The source that it would come from; null for the API, which takes nothing down.</param>
/// <param name="Counts">Of how many pipelines what would be done.</param>
/// <param name="Pipelines">In the order of the file, then those that would be taken down, by name.</param>
/// <param name="Notes">What else is to be known, a sentence each.</param>
public sealed record ConfigPlan(
    string? Source,
    PlanCounts Counts,
    IReadOnlyList<PlannedPipeline> Pipelines,
    IReadOnlyList<string> Notes
)
{
    // Quotes stay readable; nothing of it is ever part of a page.
    private static readonly ConfigPlanJson Readable = new(
        new JsonSerializerOptions(ConfigPlanJson.Default.Options)
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        }
    );

    /// <summary>Whether anything would be done.</summary>
    [JsonIgnore]
    public bool HasDifference => Counts.Create + Counts.Update + Counts.Remove > 0;

    /// <summary>What <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static ConfigPlan Read(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, ConfigPlanJson.Default.ConfigPlan)
            is { Counts: not null, Pipelines: not null, Notes: not null } plan
        && plan.Pipelines.All(IsWhole)
            ? plan
            : throw new JsonException("It lacks counts, pipelines or notes, or something in one.");

    /// <summary>On one line; what is not known is left out.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Readable.ConfigPlan);

    // An API of before differences were told gives none.
    private static bool IsWhole(PlannedPipeline? planned) =>
        planned is { Pipeline: not null, Reasons: not null }
        && planned.Differences?.All(each => each is { Targets: not null, Parameter: not null }) != false;
}

/// <summary>A pipeline, and what would be done to it.</summary>
/// <param name="Pipeline">Its name.</param>
/// <param name="Change">What would be done.</param>
/// <param name="Reasons">Why, a phrase each; empty where nothing would be.</param>
public sealed record PlannedPipeline(string Pipeline, PlannedChange Change, IReadOnlyList<string> Reasons)
{
    /// <summary>Parameters that would have other values; null where none would, or the package that is there is not known.</summary>
    public IReadOnlyList<PlannedDifference>? Differences { get; init; }

    /// <summary>How many more there are.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int MoreDifferences { get; init; }
}

/// <summary>Of how many pipelines what would be done.</summary>
public sealed record PlanCounts(int Create, int Update, int Unchanged, int Remove)
{
    /// <summary>Counted.</summary>
    public static PlanCounts Of(IReadOnlyList<PlannedPipeline> pipelines)
    {
        int Count(PlannedChange change) => pipelines.Count(pipeline => pipeline.Change == change);
        return new PlanCounts(
            Count(PlannedChange.Create),
            Count(PlannedChange.Update),
            Count(PlannedChange.Unchanged),
            Count(PlannedChange.Remove)
        );
    }
}

/// <summary>What would be done to a pipeline.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PlannedChange>))]
public enum PlannedChange
{
    /// <summary>It is new.</summary>
    [JsonStringEnumMemberName("create")]
    Create,

    /// <summary>It is there, and is given another package or another definition.</summary>
    [JsonStringEnumMemberName("update")]
    Update,

    /// <summary>It is there, as the file says.</summary>
    [JsonStringEnumMemberName("unchanged")]
    Unchanged,

    /// <summary>It is taken down: the file names it no longer.</summary>
    [JsonStringEnumMemberName("remove")]
    Remove,
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ConfigPlan))]
internal sealed partial class ConfigPlanJson : JsonSerializerContext;
