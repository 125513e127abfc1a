using System.Diagnostics;

namespace Mlops.Cli.Conformance;

/// <summary>Runs a program to its end. It does not outlive us.</summary>
internal static class ToolProcess
{
    /// <summary>Where a program is that is called by this name, or null.</summary>
    public static string? Find(Func<string, string?> environment, string name) =>
        (environment("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => new[] { Path.Combine(folder, name), Path.Combine(folder, $"{name}.exe") })
            .FirstOrDefault(File.Exists);

    /// <summary>Runs it; <paramref name="line"/> gets each line of the standard output as it comes.</summary>
    /// <returns>The exit code and the standard error.</returns>
    public static async Task<(int ExitCode, string Errors)> RunAsync(
        string program,
        string folder,
        IEnumerable<string> arguments,
        Action<string> line,
        CancellationToken cancellation
    )
    {
        var start = new ProcessStartInfo(program)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process =
            Process.Start(start) ?? throw new InvalidOperationException($"{program} could not be started.");
        try
        {
            var errors = process.StandardError.ReadToEndAsync(cancellation);
            while (await process.StandardOutput.ReadLineAsync(cancellation) is { } text)
            {
                line(text);
            }

            await process.WaitForExitAsync(cancellation);
            return (process.ExitCode, await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>The last line that says anything.</summary>
    public static string LastLine(string text) =>
        text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? "";
}
