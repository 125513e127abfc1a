using Mlops.Cli.Conformance;
using Mlops.Cli.Display;
using Mlops.Provisioning.Blueprints;
using Spectre.Console;

namespace Mlops.Cli.Commands;

/// <summary><c>mlops blueprint check PATH</c>: holds a blueprint's folder to the rules that ours are held to, without AWS.</summary>
public sealed class BlueprintCheckCommand(CliConsole console, CliServices services)
{
    private const string NoLint = "cfn-lint: it is not installed (pip install cfn-lint)";

    /// <summary>Runs the command.</summary>
    public async Task<ExitCode> RunAsync(GlobalSettings settings, string path, CancellationToken cancellation)
    {
        var folder = Path.GetFullPath(path, services.WorkingFolder).TrimEnd(Path.DirectorySeparatorChar);
        if (!Directory.Exists(folder))
        {
            throw new ExpectedFailureException(
                $"There is no folder {path}.",
                $"Make one: {settings.Command(services)} blueprint new NAME"
            );
        }

        var result = BlueprintConformance.Check(folder);
        var problems = result.Problems.Concat(Collisions(folder)).ToList();
        var skipped = new List<string>();
        if (CfnLint.Find(services.ReadEnvironment) is not { } tool)
        {
            skipped.Add(NoLint);
        }
        else if (Templates(folder) is { Count: > 0 } templates)
        {
            problems.AddRange(await CfnLint.RunAsync(tool, folder, templates, cancellation));
        }

        if (settings.Output == OutputFormat.Json)
        {
            console.WriteJson(
                new BlueprintCheckAnswer(problems.Count == 0, result.Name, problems, result.Examples, skipped),
                AnswerJson.Default.BlueprintCheckAnswer
            );
        }
        else
        {
            Tell(folder, result, problems, skipped);
        }

        return problems.Count == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private static List<string> Templates(string folder)
    {
        try
        {
            return
            [
                .. Blueprint
                    .Read(folder)
                    .Manifest.Parts.Select(part => part.Template)
                    .Distinct()
                    .Where(template => File.Exists(Path.Combine(folder, template))),
            ];
        }
        catch (BlueprintException)
        {
            return []; // Told already.
        }
    }

    private static bool IsOurs(string folder, string root) =>
        Path.GetDirectoryName(folder) == Path.Combine(root, "blueprints");

    /// <summary>Names and types that a blueprint of ours has, unless it is that very one.</summary>
    private List<ConformanceProblem> Collisions(string folder)
    {
        BlueprintManifest manifest;
        try
        {
            manifest = Blueprint.Read(folder).Manifest;
        }
        catch (BlueprintException)
        {
            return []; // Told already.
        }

        var ours = BlueprintCatalog
            .Open(services.BlueprintFolder)
            .All()
            .Select(blueprint => blueprint.Manifest)
            .ToList();
        if (services.ReadEnvironment(CliEnvironment.Root) is { } root && IsOurs(folder, root))
        {
            ours.RemoveAll(each => each.Name == manifest.Name);
        }

        return
        [
            .. ours.Where(each => each.Name == manifest.Name)
                .Select(each => new ConformanceProblem(
                    Blueprint.ManifestFile,
                    "name",
                    $"A blueprint of ours is called {each.Name}; call yours another name."
                )),
            .. ours.SelectMany(each => each.PipelineTypes, (each, type) => (Owner: each.Name, type.Type))
                .Where(taken => manifest.PipelineTypes.Any(type => type.Type == taken.Type))
                .Select(taken => new ConformanceProblem(
                    Blueprint.ManifestFile,
                    "name",
                    $"The pipeline type {taken.Type} is that of our blueprint {taken.Owner}; call yours another name."
                )),
        ];
    }

    private void Tell(string folder, ConformanceResult result, List<ConformanceProblem> problems, List<string> skipped)
    {
        foreach (var problem in problems)
        {
            console.Output.MarkupLineInterpolated($"[bold]{problem.File}:[/] [red]{problem.Rule}[/] {problem.Message}");
        }

        foreach (var example in result.Examples)
        {
            console.Output.MarkupLineInterpolated($"examples/{example}: [green]can be provisioned[/]");
        }

        foreach (var reason in skipped)
        {
            console.Output.MarkupLineInterpolated($"[yellow]skipped[/] {reason}");
        }

        console.Output.MarkupLineInterpolated(
            $"[bold]{result.Name}:[/] {(problems.Count == 0 ? "conforms" : problems.Count == 1 ? "1 problem" : $"{problems.Count} problems")}"
        );
        if (
            problems.Count == 0
            && services.ReadEnvironment(CliEnvironment.Root) is { } root
            && !IsOurs(folder, root)
            && result.Examples.Count > 0
        )
        {
            var type = Path.GetFileNameWithoutExtension(result.Examples[0]);
            console.Output.MarkupLineInterpolated(
                $"[dim]Deploy it to the local AWS: ./mlops local --once --config 'mlops:blueprintPaths=[[\"{folder}\"]]' --example {type}[/]"
            );
        }
    }
}
