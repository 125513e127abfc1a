using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Mlops.Provisioning.CodePipelines;

/// <summary>
/// Whether the state that a request asks for has been set in motion already. Decided from what CodePipeline and S3
/// say, never from what an earlier call remembers: that is what makes a repeated request converge.
/// </summary>
internal static class ExecutionNeed
{
    private const string CreatedWithThePipeline = "CreatePipeline";

    // CodePipeline notes the start of the first execution and the creation at about the same moment.
    private static readonly TimeSpan ClockStep = TimeSpan.FromSeconds(2);

    /// <summary>Whether the newest execution delivers this version with this definition, and has not failed.</summary>
    public static bool IsUnderWay(
        IReadOnlyList<PipelineExecution> newestFirst,
        string packageVersion,
        DateTimeOffset packageUploaded,
        DateTimeOffset? definitionUpdated
    ) =>
        newestFirst is [{ Status: "InProgress" or "Succeeded" }, ..]
        && WasStarted(newestFirst, packageVersion, packageUploaded, definitionUpdated);

    /// <summary>Whether the newest execution delivers, or was to deliver, this version with this definition.</summary>
    public static bool WasStarted(
        IReadOnlyList<PipelineExecution> newestFirst,
        string packageVersion,
        DateTimeOffset packageUploaded,
        DateTimeOffset? definitionUpdated
    )
    {
        if (newestFirst is not [var newest, ..])
        {
            return false;
        }

        // Started before the definition was what it is now: it delivered something else.
        if (newest.Started + ClockStep < definitionUpdated)
        {
            return false;
        }

        // The first execution has no version until its source action has run, and that takes the newest one.
        return newest.PackageVersion is null
            ? newest.Trigger == CreatedWithThePipeline && newest.Started >= packageUploaded
            : newest.PackageVersion == packageVersion;
    }

    /// <summary>
    /// The token of a start: the same for the same version, definition and last finished execution of that version, so
    /// that a call whose answer was lost can be repeated, and one after a failure starts anew. So does one that replaces
    /// executions, which may be what an earlier call with the same content had started.
    /// </summary>
    public static string Token(
        IReadOnlyList<PipelineExecution> newestFirst,
        string packageVersion,
        string definition,
        IEnumerable<string> replaced
    )
    {
        var finished = newestFirst.FirstOrDefault(execution =>
            !execution.IsActive && execution.PackageVersion == packageVersion
        );
        return Token(
            $"{packageVersion}\n{finished?.Id}\n{definition}{string.Concat(replaced.Select(id => $"\n{id}"))}"
        );
    }

    /// <summary>
    /// The token of a teardown's start: another one for each structure that the pipeline was given, as each ends what runs,
    /// and after each execution that ended, whatever its version: one that failed in its source has none.
    /// </summary>
    public static string TeardownToken(
        IReadOnlyList<PipelineExecution> newestFirst,
        string packageVersion,
        DateTimeOffset? definitionUpdated
    ) =>
        Token(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{packageVersion}\n{newestFirst.FirstOrDefault(execution => !execution.IsActive)?.Id}\n{definitionUpdated:O}"
            )
        );

    private static string Token(string basis) =>
        $"mlops-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(basis)))}";
}
