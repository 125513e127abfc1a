namespace Mlops.Cli.Conformance;

/// <summary>What a blueprint breaks.</summary>
/// <param name="File">The file, relative to the blueprint's folder.</param>
/// <param name="Rule">Short name of the rule, for programs.</param>
/// <param name="Message">What is wrong, and what to do.</param>
/// <param name="Line">Where in the file, from 1; null where it is about the whole file, or not known.</param>
public sealed record ConformanceProblem(string File, string Rule, string Message, int? Line = null)
{
    /// <summary>File and line, as an editor opens them.</summary>
    internal string Place => Line is { } line ? $"{File}:{line}" : File;
}

/// <summary>What came of a check.</summary>
/// <param name="Name">Name of the blueprint, or of its folder when the manifest cannot be read.</param>
/// <param name="Problems">All that was found.</param>
/// <param name="Examples">The examples that can be provisioned, as far as that can be said without AWS.</param>
public sealed record ConformanceResult(
    string Name,
    IReadOnlyList<ConformanceProblem> Problems,
    IReadOnlyList<string> Examples
)
{
    /// <summary>File names of the templates that are there.</summary>
    public IReadOnlyList<string> Templates { get; init; } = [];
}

/// <summary>What a tool of somebody else's has found, or why it did not look.</summary>
/// <param name="Problems">What it found.</param>
/// <param name="Skipped">The tool, why it did not run, and what to do about it; null where it ran.</param>
internal sealed record ToolResult(IReadOnlyList<ConformanceProblem> Problems, string? Skipped = null)
{
    public static ToolResult NotRun(string reason) => new([], reason);
}
