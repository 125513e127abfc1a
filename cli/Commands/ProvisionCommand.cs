using System.Text;
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
            answer = await api.SendAsync(
                ApiRoutes.ProvisionPipeline,
                file.Content,
                cancellation,
                settings.Force ? [ApiRoutes.Force] : []
            );
        }
        catch (ExpectedFailureException refusal) when (refusal.Findings.Count > 0)
        {
            throw Refused(file, $"{file.Name} is refused; nothing was changed.", refusal.Status, refusal.Findings);
        }

        if (settings.Global.Output == OutputFormat.Json)
        {
            using var document = Parse(answer);
            console.WriteJson(document.RootElement, JsonElementJson.Default.JsonElement);
        }
        else
        {
            Tell(answer, settings.Global);
        }

        return ExitCode.Done;
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
        using var document = Parse(answer);
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

        var message = TextOf(document, "message");
        var id = TextOf(document, "pipeline_id");
        console.Output.MarkupLineInterpolated($"[green]{message}[/]");
        if (id.Length > 0)
        {
            // An ARN ends with the pipeline's name.
            var name = id[(id.LastIndexOf(':') + 1)..];
            console.Output.MarkupLineInterpolated($"pipeline: [bold]{id}[/]");
            console.Output.MarkupLineInterpolated($"[dim]next: {global.Command(services)} status {name} --watch[/]");
        }
    }

    private static string TextOf(JsonDocument document, string name) =>
        document.RootElement.ValueKind == JsonValueKind.Object
        && document.RootElement.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString() ?? ""
            : "";

    private static JsonDocument Parse(byte[] answer)
    {
        try
        {
            return JsonDocument.Parse(answer);
        }
        catch (JsonException problem)
        {
            throw new ExpectedFailureException(
                $"The answer is not JSON: {Encoding.UTF8.GetString(answer.AsSpan(0, Math.Min(answer.Length, 200)))}",
                "Check the address of the API and its stage.",
                problem
            );
        }
    }
}
