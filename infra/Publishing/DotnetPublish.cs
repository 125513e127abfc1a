using System.Diagnostics;

namespace Mlops.Infra.Publishing;

/// <summary>Runs <c>dotnet publish</c> apart from every other build: with its own output, and no build server left behind.</summary>
internal static class DotnetPublish
{
    /// <summary>Set by an outer build for itself; an inner one would load the wrong SDK by them.</summary>
    private static readonly string[] OfOuterBuild =
    [
        "MSBUILD_EXE_PATH",
        "MSBuildExtensionsPath",
        "MSBuildSDKsPath",
        "MSBuildLoadMicrosoftTargetsReadOnly",
    ];

    private const int LinesOfAFailure = 40;

    /// <summary>Null when it succeeded, else the end of what it printed.</summary>
    public static async Task<string?> RunAsync(
        string workingFolder,
        IEnumerable<string> arguments,
        CancellationToken cancellationToken
    )
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = workingFolder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments.Prepend("publish"))
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var name in OfOuterBuild)
        {
            start.Environment.Remove(name);
        }

        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";

        using var process = Process.Start(start) ?? throw new LambdaPublishingException("dotnet could not be started.");
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            var lines = $"{await output}{await errors}".Split('\n', StringSplitOptions.RemoveEmptyEntries);
            return process.ExitCode == 0 ? null : string.Join('\n', lines.TakeLast(LinesOfAFailure));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
