using Mlops.Provisioning.Requests;

namespace Mlops.Provisioning.Configs;

/// <summary>What became of a file: <see cref="ConfigApplied"/>, <see cref="ConfigRefused"/>, <see cref="ConfigSuperseded"/> or <see cref="ConfigOutdated"/>.</summary>
public abstract record ConfigOutcome
{
    private protected ConfigOutcome() { }
}

/// <summary>Something in the file is wrong, and nothing was changed.</summary>
/// <param name="Findings">Everything that is wrong, with line and column; at least one.</param>
public sealed record ConfigRefused(IReadOnlyList<Finding> Findings) : ConfigOutcome;

/// <summary>The file was carried out, as far as what was there let it.</summary>
/// <param name="Counts">What was done.</param>
/// <param name="Left">What could not be done now, and why; empty when everything is as the file says.</param>
public sealed record ConfigApplied(ConfigCounts Counts, IReadOnlyList<Finding> Left) : ConfigOutcome;

/// <summary>Another run of the same source has begun since, which does the rest.</summary>
/// <param name="Counts">What was done before.</param>
/// <param name="By">The other run.</param>
public sealed record ConfigSuperseded(ConfigCounts Counts, ConfigClaim By) : ConfigOutcome;

/// <summary>The file is another one by now. Nothing was changed.</summary>
public sealed record ConfigOutdated : ConfigOutcome;

/// <summary>Of how many pipelines what was done.</summary>
public sealed record ConfigCounts(int Created, int Updated, int Unchanged, int Removed)
{
    /// <summary>Nothing yet.</summary>
    public static ConfigCounts None { get; } = new(0, 0, 0, 0);

    /// <summary>With what was done in a second pass over the same pipelines.</summary>
    public ConfigCounts And(ConfigCounts later) =>
        new(
            Created + later.Created,
            Updated + later.Updated,
            Math.Max(0, later.Unchanged - Created - Updated),
            Math.Max(Removed, later.Removed)
        );

    /// <summary>One more.</summary>
    public ConfigCounts With(PlannedChange done) =>
        done switch
        {
            PlannedChange.Create => this with { Created = Created + 1 },
            PlannedChange.Update => this with { Updated = Updated + 1 },
            PlannedChange.Remove => this with { Removed = Removed + 1 },
            _ => this with { Unchanged = Unchanged + 1 },
        };

    /// <inheritdoc />
    public override string ToString() =>
        $"{Created} made, {Updated} updated, {Unchanged} unchanged, {Removed} being taken down";
}
