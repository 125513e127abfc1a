using System.Diagnostics;

namespace Mlops.Cli.Conformance;

/// <summary>cfn-lint, where it is installed.</summary>
internal static class CfnLint
{
    private const string Tool = "cfn-lint";

    /// <summary>Where it is, or null: in the checkout's own environment, or on the PATH.</summary>
    public static string? Find(Func<string, string?> environment)
    {
        var own = environment(CliEnvironment.Root) is { } root
            ? Path.Combine(root, ".mlops", "venv", "bin", Tool)
            : null;
        return (environment("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => new[] { Path.Combine(folder, Tool), Path.Combine(folder, $"{Tool}.exe") })
            .Prepend(own)
            .FirstOrDefault(File.Exists);
    }

    /// <summary>What it says, a problem a line.</summary>
    public static async Task<IReadOnlyList<ConformanceProblem>> RunAsync(
        string tool,
        string folder,
        IEnumerable<string> templates,
        CancellationToken cancellation
    )
    {
        var start = new ProcessStartInfo(tool)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in templates.Prepend("--template").Concat(["--format", "parseable"]))
        {
            start.ArgumentList.Add(argument);
        }

        using var process =
            Process.Start(start) ?? throw new InvalidOperationException($"{tool} could not be started.");
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            var errors = process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            var lines = await output;
            return process.ExitCode == 0
                ? []
                :
                [
                    .. (lines.Length > 0 ? lines : await errors)
                        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                        .Select(Problem),
                ];
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary><c>file:line:column:line:column:rule:message</c>.</summary>
    private static ConformanceProblem Problem(string line) =>
        line.Split(':', 7) is [var file, var row, var column, _, _, var rule, var message]
            ? new($"{file}:{row}:{column}", Tool, $"{rule} {message}")
            : new("", Tool, line);
}
