using System.Globalization;

namespace Mlops.Cli.Conformance;

/// <summary>cfn-lint, where it is installed.</summary>
internal static class CfnLint
{
    private const string Tool = "cfn-lint";

    /// <summary>What it says of the templates.</summary>
    public static async Task<ToolResult> RunAsync(
        Func<string, string?> environment,
        string folder,
        IReadOnlyList<string> templates,
        CancellationToken cancellation
    )
    {
        if (Find(environment) is not { } tool)
        {
            return ToolResult.NotRun($"{Tool}: it is not installed (pip install cfn-lint)");
        }

        var lines = new List<string>();
        string[] arguments = ["--template", .. templates, "--format", "parseable"];
        var (exit, errors) = await ToolProcess.RunAsync(tool, folder, arguments, lines.Add, cancellation);
        return new ToolResult(
            exit == 0 ? []
            : lines.Count > 0 ? [.. lines.Where(line => line.Length > 0).Select(Problem)]
            : [new("", Tool, ToolProcess.LastLine(errors))]
        );
    }

    /// <summary>In the checkout's own environment, or on the PATH.</summary>
    private static string? Find(Func<string, string?> environment)
    {
        var own = environment(CliEnvironment.Root) is { } root
            ? Path.Combine(root, ".mlops", "venv", "bin", Tool)
            : null;
        return File.Exists(own) ? own : ToolProcess.Find(environment, Tool);
    }

    /// <summary><c>file:line:column:line:column:rule:message</c>.</summary>
    private static ConformanceProblem Problem(string line) =>
        line.Split(':', 7) is [var file, var row, _, _, _, var rule, var message]
        && int.TryParse(row, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new(file, Tool, $"{rule} {message}", number)
            : new("", Tool, line);
}
