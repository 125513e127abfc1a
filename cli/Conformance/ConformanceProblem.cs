namespace Mlops.Cli.Conformance;

/// <summary>What a blueprint breaks.</summary>
/// <param name="File">The file, relative to the blueprint's folder.</param>
/// <param name="Rule">Short name of the rule, for programs.</param>
/// <param name="Message">What is wrong, and what to do.</param>
public sealed record ConformanceProblem(string File, string Rule, string Message);

/// <summary>What came of a check.</summary>
/// <param name="Name">Name of the blueprint, or of its folder when the manifest cannot be read.</param>
/// <param name="Problems">All that was found.</param>
/// <param name="Examples">The examples that were provisioned up to the calls to AWS.</param>
public sealed record ConformanceResult(
    string Name,
    IReadOnlyList<ConformanceProblem> Problems,
    IReadOnlyList<string> Examples
);
