using Mlops.Cli.Api;
using Mlops.Cli.Display;
using Mlops.Provisioning.Api;
using Spectre.Console;

namespace Mlops.Cli.Commands;

/// <summary>Calls a route that changes one pipeline, and tells what it answers.</summary>
internal sealed class PipelineCall(CliConsole console, CliServices services, GlobalSettings global)
{
    /// <summary>An ARN ends with the pipeline's name, and only that can stand in a path.</summary>
    public static string NameOf(string pipeline) => pipeline[(pipeline.LastIndexOf(':') + 1)..].Trim();

    /// <exception cref="ExpectedFailureException">It is refused, or there is no answer.</exception>
    public async Task<ExitCode> RunAsync(
        ApiRoute route,
        IEnumerable<(string Name, string Value)> parameters,
        byte[] body,
        CancellationToken cancellation
    )
    {
        var answer = await PipelineApi.Of(global, services).CallAsync(route, parameters, body, cancellation);
        using var document = ApiAnswer.Parse(answer);
        if (global.Output == OutputFormat.Json)
        {
            console.WriteJson(document.RootElement, JsonElementJson.Default.JsonElement);
            return ExitCode.Done;
        }

        var message = ApiAnswer.TextOf(document, "message");
        var name = ApiAnswer.TextOf(document, "pipeline");
        console.Output.MarkupLineInterpolated($"[green]{message}[/]");
        console.Output.MarkupLineInterpolated($"[dim]next: {global.Command(services)} status {name} --watch[/]");
        return ExitCode.Done;
    }
}
