using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Mlops.Cli.Api;
using Mlops.Cli.Display;
using Mlops.Provisioning.Api;
using Spectre.Console;

namespace Mlops.Cli.Commands;

/// <summary><c>mlops list</c>: the pipelines of the deployment, and where they came from.</summary>
public sealed class ListCommand(CliConsole console, CliServices services)
{
    /// <summary>Runs the command.</summary>
    /// <exception cref="ExpectedFailureException">There is no answer.</exception>
    public async Task<ExitCode> RunAsync(GlobalSettings settings, CancellationToken cancellation)
    {
        var pipelines = await AllAsync(PipelineApi.Of(settings, services), cancellation);
        if (settings.Output == OutputFormat.Json)
        {
            console.WriteJson(new ListAnswer(pipelines), ListJson.Default.ListAnswer);
            return ExitCode.Done;
        }

        Tell(pipelines);
        var hint =
            pipelines.Count == 0
                ? $"There are no pipelines yet. Make one: {settings.Command(services)} provision FILE"
                : $"{pipelines.Count} {(pipelines.Count == 1 ? "pipeline" : "pipelines")}. Look at one: {settings.Command(services)} status NAME";
        console.Output.MarkupLineInterpolated($"[dim]{hint}[/]");
        return ExitCode.Done;
    }

    /// <summary>All pages.</summary>
    /// <exception cref="ExpectedFailureException">There is no answer.</exception>
    internal static async Task<IReadOnlyList<JsonElement>> AllAsync(PipelineApi api, CancellationToken cancellation)
    {
        var pipelines = new List<JsonElement>();
        string? page = null;
        do
        {
            using var answer = ApiAnswer.Parse(await api.PageAsync(ApiRoutes.Pipelines, page, cancellation));
            pipelines.AddRange(
                answer.RootElement.GetProperty("pipelines").EnumerateArray().Select(pipeline => pipeline.Clone())
            );
            page = answer.RootElement.TryGetProperty("next", out var next) ? next.GetString() : null;
        } while (page is not null);

        return pipelines;
    }

    private void Tell(IReadOnlyList<JsonElement> pipelines)
    {
        foreach (var pipeline in pipelines)
        {
            console.Output.MarkupLineInterpolated($"[bold]{Text(pipeline, "name")}[/]");
            var updated = DateTimeOffset.TryParse(Text(pipeline, "updated"), CultureInfo.InvariantCulture, out var time)
                ? time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)
                : "-";
            console.Output.MarkupLineInterpolated(
                $"  {Text(pipeline, "type")}, updated {updated}Z, from {From(pipeline)}"
            );
            if (Text(pipeline, "state") is { Length: > 0 } state)
            {
                console.Output.MarkupLineInterpolated($"  [yellow]{state}[/]");
            }
        }
    }

    private static string From(JsonElement pipeline) =>
        ProvenanceNotes.From(Text(pipeline, "origin"), Text(pipeline, "revision"), Text(pipeline, "requestedBy"));

    private static string Text(JsonElement pipeline, string member) =>
        pipeline.TryGetProperty(member, out var value) ? value.GetString() ?? "" : "";
}

/// <summary>All pages as one.</summary>
internal sealed record ListAnswer(IReadOnlyList<JsonElement> Pipelines);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ListAnswer))]
internal sealed partial class ListJson : JsonSerializerContext;
