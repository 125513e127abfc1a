using Mlops.Cli.Conformance;
using Mlops.Cli.Display;
using Spectre.Console;

namespace Mlops.Cli.Commands;

/// <summary>
/// <c>mlops blueprint check PATH</c>: holds a blueprint's folder to the rules that ours are held to, without an account
/// of AWS: by our own rules, by cfn-lint, cdk-nag and asl-validator, and on the local AWS.
/// </summary>
public sealed class BlueprintCheckCommand(CliConsole console, CliServices services)
{
    /// <summary>Runs the command.</summary>
    public async Task<ExitCode> RunAsync(
        GlobalSettings settings,
        string path,
        bool local,
        CancellationToken cancellation
    )
    {
        var folder = Path.GetFullPath(path, services.WorkingFolder).TrimEnd(Path.DirectorySeparatorChar);
        if (!Directory.Exists(folder))
        {
            throw new ExpectedFailureException(
                $"There is no folder {path}.",
                $"Make one: {settings.Command(services)} blueprint new NAME"
            );
        }

        var root = services.ReadEnvironment(CliEnvironment.Root);
        var isOurs = root is not null && Path.GetDirectoryName(folder) == Path.Combine(root, "blueprints");
        var result = BlueprintConformance.Check(folder);
        var problems = result.Problems.Concat(Collisions.Find(folder, services.BlueprintFolder, isOurs)).ToList();
        var skipped = new List<string>();
        foreach (var tool in await ToolsAsync(folder, result.Templates, cancellation))
        {
            problems.AddRange(tool.Problems);
            skipped.AddRange(tool.Skipped is { } reason ? [reason] : []);
        }

        var there = !local
            ? LocalResult.NotRun("--no-local leaves it out")
            : await ProvisionAsync(settings, root, folder, isOurs, problems.Count == 0, result.Examples, cancellation);
        problems.AddRange(there.Problems);
        skipped.AddRange(there.Skipped.Select(reason => $"local AWS: {reason}"));

        var answer = new BlueprintCheckAnswer(
            problems.Count == 0,
            result.Name,
            problems,
            result.Examples,
            there.Provisioned,
            there.NotCarriedOut,
            skipped
        );
        if (settings.Output == OutputFormat.Json)
        {
            console.WriteJson(answer, AnswerJson.Default.BlueprintCheckAnswer);
        }
        else
        {
            Tell(answer);
        }

        return problems.Count == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    /// <summary>Side by side: each has a second or more of its own to start.</summary>
    private async Task<ToolResult[]> ToolsAsync(
        string folder,
        IReadOnlyList<string> templates,
        CancellationToken cancellation
    ) =>
        templates.Count == 0
            ? []
            : await Task.WhenAll(
                NodeCheck
                    .All.Select(check => check.RunAsync(services.ReadEnvironment, folder, templates, cancellation))
                    .Prepend(CfnLint.RunAsync(services.ReadEnvironment, folder, templates, cancellation))
            );

    private async Task<LocalResult> ProvisionAsync(
        GlobalSettings settings,
        string? root,
        string folder,
        bool isOurs,
        bool isSound,
        IReadOnlyList<string> examples,
        CancellationToken cancellation
    )
    {
        if (root is null)
        {
            return LocalResult.NotRun("it runs from a checkout of the repository (./mlops blueprint check)");
        }

        if (!isSound || examples.Count == 0)
        {
            return LocalResult.NotRun("it comes when there is no other problem");
        }

        if (settings.Output == OutputFormat.Text)
        {
            console.Error.MarkupLineInterpolated(
                $"[dim]provisioning on the local AWS: {string.Join(", ", examples)} (--no-local leaves it out) ...[/]"
            );
        }

        return await new LocalProvisioning(root, folder, isOurs).RunAsync(examples, cancellation);
    }

    private void Tell(BlueprintCheckAnswer answer)
    {
        foreach (var problem in answer.Problems)
        {
            console.Output.MarkupLineInterpolated(
                $"[bold]{problem.Place}:[/] [red]{problem.Rule}[/] {problem.Message}"
            );
        }

        foreach (var example in answer.Examples.Except(answer.Provisioned.Select(one => one.Example)))
        {
            console.Output.MarkupLineInterpolated($"examples/{example}: [green]can be provisioned[/]");
        }

        foreach (var one in answer.Provisioned)
        {
            console.Output.MarkupLineInterpolated(
                $"examples/{one.Example}: [green]provisioned on the local AWS[/] as {one.Pipeline}"
            );
        }

        if (answer.NotCarriedOut.Count > 0)
        {
            console.Output.MarkupLineInterpolated(
                $"not carried out locally: {string.Join(", ", answer.NotCarriedOut)}"
            );
        }

        foreach (var reason in answer.Skipped)
        {
            console.Output.MarkupLineInterpolated($"[yellow]skipped[/] {reason}");
        }

        var outcome =
            answer.Valid ? "conforms"
            : answer.Problems.Count == 1 ? "1 problem"
            : $"{answer.Problems.Count} problems";
        console.Output.MarkupLineInterpolated($"[bold]{answer.Blueprint}:[/] {outcome}");
    }
}
