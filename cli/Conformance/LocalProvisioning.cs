using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mlops.Cli.Conformance;

/// <summary>
/// Provisions examples on the local AWS: what <c>./mlops local --once</c> does, in a run of its own on ports of its own.
/// </summary>
/// <param name="Root">The checkout, which has the local system.</param>
/// <param name="Folder">The blueprint's folder.</param>
/// <param name="IsOurs">Whether the program has it anyhow.</param>
internal sealed record LocalProvisioning(string Root, string Folder, bool IsOurs)
{
    private const string Rule = "local";
    private const string OfRegistry = ".registry.json";
    private const string OfTargets = ".multi.json";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Runs them: those for a deployment with the model registry in one, the others in another.</summary>
    public async Task<LocalResult> RunAsync(IReadOnlyList<string> examples, CancellationToken cancellation)
    {
        var entry = Path.Combine(Root, "mlops");
        if (OperatingSystem.IsWindows() || !File.Exists(entry))
        {
            return LocalResult.NotRun("it runs from a checkout of the repository, on Linux or macOS");
        }

        var result = new LocalResult();
        if (examples.Where(name => name.EndsWith(OfTargets, StringComparison.Ordinal)).ToList() is { Count: > 0 } multi)
        {
            result.Skipped.Add($"{string.Join(", ", multi)}: the local AWS has one account");
        }

        foreach (
            var group in examples
                .Where(name => !name.EndsWith(OfTargets, StringComparison.Ordinal))
                .ToLookup(name => name.EndsWith(OfRegistry, StringComparison.Ordinal))
        )
        {
            await RunAsync(entry, [.. group], group.Key, result, cancellation);
        }

        return result;
    }

    private async Task RunAsync(
        string entry,
        List<string> examples,
        bool registry,
        LocalResult result,
        CancellationToken cancellation
    )
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        end.CancelAfter(Patience);
        var place = Directory.CreateTempSubdirectory("mlops-check-");
        var events = new LocalEvents();
        try
        {
            var (exit, errors) = await ToolProcess.RunAsync(
                entry,
                Root,
                Arguments(examples, registry, Path.Combine(place.FullName, "local.json")),
                events.Read,
                end.Token
            );
            if (exit != 0 && !events.HasBegun)
            {
                result.Skipped.Add($"it does not start here: {ToolProcess.LastLine(errors)}");
                return;
            }

            Judge(examples, events, result, $"the run has ended before (exit code {exit})");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            Judge(examples, events, result, $"it has not ended within {Patience.TotalMinutes} minutes");
        }
        finally
        {
            place.Delete(recursive: true);
        }
    }

    private string[] Arguments(List<string> examples, bool registry, string info) =>
        [
            Rule,
            "--once",
            "--approve-all",
            "--output",
            "json",
            .. (string[])["--port", "0", "--api-port", "0", "--info", info],
            // Built in seconds, where native code takes a minute; it does the same.
            .. (string[])["--config", "mlops:lambdaPackage=managed"],
            .. IsOurs ? (string[])[] : ["--config", $"mlops:blueprintPaths={Json(Folder)}"],
            .. registry ? (string[])["--config", "mlops:useModelRegistry=true"] : [],
            .. examples.SelectMany(name => new[] { "--example", Path.GetFileNameWithoutExtension(name) }),
        ];

    private static string Json(string folder) => new JsonArray((JsonNode?)folder).ToJsonString();

    private static void Judge(List<string> examples, LocalEvents events, LocalResult result, string otherwise)
    {
        result.NotCarriedOut.AddRange(events.NotCarriedOut.Except(result.NotCarriedOut));
        foreach (var name in examples)
        {
            var run = events.Of(Path.GetFileNameWithoutExtension(name));
            if (run is { Status: "Succeeded" })
            {
                result.Provisioned.Add(run with { Example = name });
            }
            else
            {
                var why = run is null
                    ? string.Join(' ', events.Failures.DefaultIfEmpty(otherwise))
                    : run.Reason ?? (run.Status.Length == 0 ? otherwise : $"the pipeline is {run.Status}");
                result.Problems.Add(
                    new($"examples/{name}", Rule, $"It was not provisioned on the local AWS: {why.TrimEnd('.')}.")
                );
            }
        }
    }
}

/// <summary>What came of examples on the local AWS.</summary>
/// <param name="Problems">Those that were not provisioned.</param>
/// <param name="Provisioned">Those that were.</param>
/// <param name="NotCarriedOut">What the local AWS cannot do of their stacks.</param>
/// <param name="Skipped">Those that could not be, for a reason that is not theirs.</param>
internal sealed record LocalResult(
    List<ConformanceProblem> Problems,
    List<LocalExample> Provisioned,
    List<string> NotCarriedOut,
    List<string> Skipped
)
{
    public LocalResult()
        : this([], [], [], []) { }

    public static LocalResult NotRun(string reason) => new([], [], [], [reason]);
}

/// <summary>An example on the local AWS.</summary>
/// <param name="Example">Name of its file.</param>
/// <param name="Pipeline">The pipeline that it became; empty where the API refused it.</param>
/// <param name="Status">How the pipeline ended; empty where it did not.</param>
/// <param name="Reason">Why it failed.</param>
public sealed record LocalExample(string Example, string Pipeline, string Status, string? Reason);
