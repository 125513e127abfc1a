using Mlops.Cli.Display;
using Mlops.Cli.Requests;
using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.Configs;
using Mlops.Provisioning.Images;
using Mlops.Provisioning.ModelCards;
using Mlops.Provisioning.Requests;
using Spectre.Console;

namespace Mlops.Cli.Commands;

/// <summary><c>mlops validate FILE</c>: checks requests and config files without AWS, by the rules that the API applies.</summary>
public sealed class ValidateCommand(CliConsole console, CliServices services)
{
    /// <summary>Runs the command.</summary>
    /// <exception cref="ExpectedFailureException">A file cannot be read.</exception>
    public async Task<ExitCode> RunAsync(
        BlueprintCatalog catalog,
        ValidateCommandSettings settings,
        CancellationToken cancellation
    )
    {
        var validator = new RequestValidator(catalog, new ImageCatalog());
        var scope = ValidationScope.Offline with { UseModelRegistry = settings.UseModelRegistry };
        if (settings.Global.Region is { } region)
        {
            scope = scope with { Region = region };
        }

        var results = new List<(RequestFile File, IReadOnlyList<Finding> Findings)>();
        foreach (var name in settings.Files)
        {
            var file = await RequestFile.ReadAsync(name, services, cancellation);
            results.Add((file, [.. Check(validator, scope, file).Select(file.Locate)]));
        }

        if (settings.Global.Output == OutputFormat.Json)
        {
            console.WriteJson(Answer(results), AnswerJson.Default.ValidateAnswer);
        }
        else
        {
            Tell(results);
        }

        return results.TrueForAll(result => result.Findings.Count == 0) ? ExitCode.Done : ExitCode.Failed;
    }

    private static IReadOnlyList<Finding> Check(RequestValidator validator, ValidationScope scope, RequestFile file)
    {
        if (!ConfigFile.TryParse(file.Content, out var config, out var findings))
        {
            return findings;
        }

        if (!config.IsOneRequest)
        {
            return new ConfigJudge(
                (PipelineRequest request, out IReadOnlyList<Finding> problems) =>
                    validator.Validate(request, scope, out problems)
            )
                .Judge(config)
                .Findings;
        }

        // Once more, as what is sent to the API: that takes a level of nesting less, and operations on model cards.
        if (PipelineRequest.TryParse(file.Content, out var request, out findings))
        {
            if (CardRequests.IsOne(request))
            {
                CardRequests.Read(request, out findings);
            }
            else
            {
                validator.Validate(request, scope, out findings);
            }
        }

        return findings;
    }

    private static ValidateAnswer Answer(List<(RequestFile File, IReadOnlyList<Finding> Findings)> results)
    {
        var files = results
            .Select(result => new FileAnswer(
                result.File.Name,
                result.Findings.Count == 0,
                [.. result.Findings.Select(FindingAnswer.Of)]
            ))
            .ToList();
        return new ValidateAnswer(files.TrueForAll(file => file.Valid), files);
    }

    private void Tell(List<(RequestFile File, IReadOnlyList<Finding> Findings)> results)
    {
        foreach (var (file, findings) in results)
        {
            if (findings.Count == 0)
            {
                console.Output.MarkupLineInterpolated($"[bold]{file.Name}:[/] [green]valid[/]");
            }
            else
            {
                FindingWriter.Write(console.Output, file.Name, findings);
            }
        }
    }
}
