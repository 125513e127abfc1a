using System.Text.RegularExpressions;
using Mlops.Cli.Conformance;
using Mlops.Cli.Display;
using Spectre.Console;

namespace Mlops.Cli.Commands;

/// <summary><c>mlops blueprint new NAME</c>: writes a folder with a blueprint that conforms, to go on from.</summary>
public sealed partial class BlueprintNewCommand(CliConsole console, CliServices services)
{
    /// <summary>So that a pipeline's name, which ends with it, has room for the model's.</summary>
    private const int Longest = 30;

    /// <summary>Runs the command.</summary>
    public ExitCode Run(GlobalSettings settings, string name)
    {
        if (name.Length > Longest || !Name().IsMatch(name))
        {
            throw new ExpectedFailureException(
                $"\"{name}\" cannot be the name of a blueprint.",
                $"It has lower-case letters, digits and hyphens, begins with a letter, and has {Longest} characters at most."
            );
        }

        var folder = Path.Combine(services.WorkingFolder, name);
        if (Directory.Exists(folder) || File.Exists(folder))
        {
            throw new ExpectedFailureException($"{name} is there already.", "Choose another name, or go on with it.");
        }

        var schema = services.ReadEnvironment(CliEnvironment.Root) is { } root
            ? Path.Combine(root, "blueprints", "blueprint.schema.json")
            : null;
        var files = NewBlueprint.Write(folder, name, schema);
        if (settings.Output == OutputFormat.Json)
        {
            console.WriteJson(
                new BlueprintNewAnswer(name, NewBlueprint.TypeOf(name), files),
                AnswerJson.Default.BlueprintNewAnswer
            );
            return ExitCode.Done;
        }

        foreach (var file in files)
        {
            console.Output.MarkupLineInterpolated($"{name}/{file}");
        }

        console.Output.MarkupLineInterpolated($"[dim]Check it: {settings.Command(services)} blueprint check {name}[/]");
        return ExitCode.Done;
    }

    [GeneratedRegex("^[a-z][a-z0-9]*(-[a-z0-9]+)*\\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Name();
}
