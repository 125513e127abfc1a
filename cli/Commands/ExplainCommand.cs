using System.Text.Encodings.Web;
using System.Text.Json;
using Mlops.Cli.Display;
using Mlops.Cli.Requests;
using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.Descriptions;
using Spectre.Console;

namespace Mlops.Cli.Commands;

/// <summary><c>mlops explain TYPE</c>: every key of a pipeline type, and the shortest request.</summary>
public sealed class ExplainCommand(CliConsole console)
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Runs the command.</summary>
    /// <exception cref="ExpectedFailureException">There is no such pipeline type.</exception>
    public ExitCode Run(GlobalSettings settings, BlueprintCatalog catalog, string type)
    {
        var description = KnownTypes.Describe(catalog, type);
        if (settings.Output == OutputFormat.Json)
        {
            CliConsole.WriteLine(console.Output, DescriptionText.Of(description));
        }
        else
        {
            Tell(description);
        }

        return ExitCode.Done;
    }

    private void Tell(TypeDescription type)
    {
        console.Output.MarkupLineInterpolated($"[bold]{type.Type}[/]: {type.Summary}");
        foreach (var step in type.Steps)
        {
            console.Output.MarkupLineInterpolated($"  {step}");
        }

        foreach (var key in type.Keys)
        {
            console.Output.WriteLine();
            console.Output.MarkupLineInterpolated($"[yellow]{key.Name}[/] [dim]{key.Values}[/]");
            console.Output.MarkupLineInterpolated($"  {key.Description}");
            foreach (var line in Facts(key))
            {
                console.Output.MarkupLineInterpolated($"  {line}");
            }

            TellFields(key, "  ");
        }

        if (type.Rules.Count > 0)
        {
            console.Output.WriteLine();
        }

        foreach (var rule in type.Rules)
        {
            console.Output.MarkupLineInterpolated($"{rule}");
        }

        console.Output.WriteLine();
        console.Output.MarkupLineInterpolated($"[bold]The shortest request:[/]");
        CliConsole.WriteLine(console.Output, type.Example.ToJsonString(Indented));
    }

    private void TellFields(KeyDescription key, string indent)
    {
        foreach (var field in key.Fields ?? [])
        {
            var required = field.Required ? " Required." : "";
            console.Output.MarkupLineInterpolated(
                $"{indent}[yellow]{field.Name}[/] [dim]{field.Values}[/] {field.Description}{required}"
            );
            TellFields(field, indent + "  ");
        }
    }

    private static IEnumerable<string> Facts(KeyDescription key)
    {
        if (key.Required)
        {
            yield return "required";
        }
        else if (key.RequiredWhen is { } when)
        {
            yield return $"required where {when}";
        }

        if (key.Default is { } otherwise)
        {
            yield return $"default: {otherwise}";
        }

        if (key.PerTarget)
        {
            yield return "may be an object with a value for each target";
        }

        if (key.Example is { } example)
        {
            yield return $"example: {example.ToJsonString(new JsonSerializerOptions(Indented) { WriteIndented = false })}";
        }
    }
}
