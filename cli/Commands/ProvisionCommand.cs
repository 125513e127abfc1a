using System.Text.Json;
using Mlops.Cli.Api;
using Mlops.Cli.Display;
using Mlops.Cli.Requests;
using Mlops.Provisioning.Api;
using Mlops.Provisioning.Requests;
using Spectre.Console;

namespace Mlops.Cli.Commands;

/// <summary><c>mlops provision FILE</c>: sends a request and tells what the API made of it.</summary>
public sealed class ProvisionCommand(CliConsole console, CliServices services)
{
    /// <summary>Runs the command.</summary>
    /// <exception cref="ExpectedFailureException">The request cannot be read or sent, or is refused.</exception>
    public async Task<ExitCode> RunAsync(ProvisionCommandSettings settings, CancellationToken cancellation)
    {
        var file = await RequestFile.ReadAsync(settings.File, services, cancellation);
        if (!PipelineRequest.TryParse(file.Content, out _, out var findings))
        {
            throw Refused(file, $"{file.Name} is not a request; nothing was sent.", null, findings);
        }

        var api = PipelineApi.Of(settings.Global, services);
        byte[] answer;
        try
        {
            answer = await api.SendAsync(ApiRoutes.ProvisionPipeline, file.Content, cancellation, [.. Flags(settings)]);
        }
        catch (ExpectedFailureException refusal) when (refusal.Findings.Count > 0)
        {
            throw Refused(file, $"{file.Name} is refused; nothing was changed.", refusal.Status, refusal.Findings);
        }

        if (settings.Global.Output == OutputFormat.Json)
        {
            using var document = ApiAnswer.Parse(answer);
            console.WriteJson(document.RootElement, JsonElementJson.Default.JsonElement);
        }
        else
        {
            Tell(answer, settings.Global);
        }

        return ExitCode.Done;
    }

    private static IEnumerable<string> Flags(ProvisionCommandSettings settings)
    {
        if (settings.Force)
        {
            yield return ApiRoutes.Force;
        }

        if (settings.ReplaceWaiting)
        {
            yield return ApiRoutes.ReplaceWaiting;
        }
    }

    private static ExpectedFailureException Refused(
        RequestFile file,
        string message,
        int? status,
        IReadOnlyList<Finding> findings
    ) =>
        new(message, "Put right what is listed and send it again.")
        {
            Status = status,
            File = file.Name,
            Findings = [.. findings.Select(file.Locate)],
        };

    private void Tell(byte[] answer, GlobalSettings global)
    {
        using var document = ApiAnswer.Parse(answer);
        if (
            document.RootElement is { ValueKind: JsonValueKind.Object } answered
            && answered.TryGetProperty("message", out var card)
            && card.ValueKind == JsonValueKind.Object
        )
        {
            // An operation on model cards answers with the card.
            console.WriteJson(document.RootElement, JsonElementJson.Default.JsonElement);
            return;
        }

        var message = ApiAnswer.TextOf(document, "message");
        var id = ApiAnswer.TextOf(document, "pipeline_id");
        console.Output.MarkupLineInterpolated($"[green]{message}[/]");
        if (id.Length > 0)
        {
            // An ARN ends with the pipeline's name.
            var name = id[(id.LastIndexOf(':') + 1)..];
            console.Output.MarkupLineInterpolated($"pipeline: [bold]{id}[/]");
            console.Output.MarkupLineInterpolated($"[dim]next: {global.Command(services)} status {name} --watch[/]");
        }
    }
}
