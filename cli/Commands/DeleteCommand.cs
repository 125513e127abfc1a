using System.Text.Json;
using System.Text.Json.Serialization;
using Mlops.Cli.Api;
using Mlops.Cli.Display;
using Mlops.Provisioning.Api;
using Mlops.Provisioning.CodePipelines;
using Spectre.Console;

namespace Mlops.Cli.Commands;

/// <summary><c>mlops delete NAME</c>, <c>mlops delete --all</c>: takes pipelines down with all that they delivered.</summary>
public sealed class DeleteCommand(CliConsole console, CliServices services)
{
    /// <summary>Runs the command. Of several pipelines each is tried, whatever became of the one before.</summary>
    /// <exception cref="ExpectedFailureException">Nobody said yes, or the only pipeline is refused.</exception>
    public async Task<ExitCode> RunAsync(DeleteCommandSettings settings, CancellationToken cancellation)
    {
        var api = PipelineApi.Of(settings.Global, services);
        IReadOnlyList<string> names = settings.Pipeline is { } one
            ? [PipelineCall.NameOf(one)]
            : await AllAsync(api, cancellation);
        if (names.Count > 0 && !settings.Yes)
        {
            await AskAsync(names, cancellation);
        }

        var answer = new DeleteAnswer([], []);
        foreach (var name in names)
        {
            await BeginAsync(api, name, settings, answer, cancellation);
        }

        if (settings.Watch)
        {
            await WatchAsync(api, settings, answer, cancellation);
        }

        Tell(answer, settings);
        return answer.Failed.Count == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private static async Task<IReadOnlyList<string>> AllAsync(PipelineApi api, CancellationToken cancellation) =>
        [
            .. (await ListCommand.AllAsync(api, cancellation)).Select(pipeline =>
                pipeline.GetProperty("name").GetString() ?? ""
            ),
        ];

    private async Task AskAsync(IReadOnlyList<string> names, CancellationToken cancellation)
    {
        foreach (var name in names)
        {
            CliConsole.WriteLine(console.Error, name);
        }

        console.Error.Markup(
            names.Count == 1
                ? "This is taken down in every account, with its endpoint or jobs. Type [bold]yes[/]: "
                : $"These {names.Count} are taken down in every account, with their endpoints and jobs. Type [bold]yes[/]: "
        );
        using var input = new StreamReader(services.Input, leaveOpen: true);
        if (await input.ReadLineAsync(cancellation) is not { } answer || answer.Trim() is not ("y" or "yes"))
        {
            throw new ExpectedFailureException("Nobody said yes, and nothing was changed.", "Say it beforehand: --yes");
        }
    }

    private static async Task BeginAsync(
        PipelineApi api,
        string name,
        DeleteCommandSettings settings,
        DeleteAnswer answer,
        CancellationToken cancellation
    )
    {
        try
        {
            var sent = await api.CallAsync(
                ApiRoutes.Teardown,
                [(ApiRoutes.PipelineName, name)],
                [],
                cancellation,
                settings.Force ? [ApiRoutes.Force] : []
            );
            using var document = ApiAnswer.Parse(sent);
            answer.Deleted.Add(document.RootElement.Clone());
        }
        catch (ExpectedFailureException refusal) when (settings.Pipeline is null)
        {
            answer.Failed.Add(DeleteFailure.Of(name, refusal));
        }
    }

    /// <summary>A pipeline that is gone is no longer found; one whose stage has failed stays as it is.</summary>
    private async Task WatchAsync(
        PipelineApi api,
        DeleteCommandSettings settings,
        DeleteAnswer answer,
        CancellationToken cancellation
    )
    {
        var log = settings.Global.Output == OutputFormat.Json ? null : new StatusLog(console.Error);
        var left = answer
            .Deleted.Where(deleted => Execution(deleted) is not null)
            .Select(deleted => new TeardownWatch(api, Name(deleted), Execution(deleted)!, log))
            .ToList();
        while (left.Count > 0)
        {
            foreach (var watch in left.ToList())
            {
                var look = await watch.LookAsync(cancellation);
                if (look.Failure is { } failure)
                {
                    answer.Failed.Add(failure);
                }

                if (look.IsOver)
                {
                    left.Remove(watch);
                }
            }

            if (left.Count > 0)
            {
                await Task.Delay(settings.Interval, services.Clock, cancellation);
            }
        }
    }

    private void Tell(DeleteAnswer answer, DeleteCommandSettings settings)
    {
        if (settings.Global.Output == OutputFormat.Json)
        {
            console.WriteJson(answer, DeleteJson.Default.DeleteAnswer);
            return;
        }

        var done = answer.Deleted.Where(each => answer.Failed.All(failed => failed.Pipeline != Name(each))).ToList();
        foreach (var deleted in done)
        {
            Tell(deleted, settings.Watch);
        }

        foreach (var kept in Kept(done))
        {
            console.Output.MarkupLineInterpolated($"  kept: {kept}");
        }

        foreach (var failed in answer.Failed)
        {
            console.Error.MarkupLineInterpolated($"[red]{failed.Pipeline}: {failed.Message}[/]");
            console.Error.MarkupLineInterpolated($"  {failed.Remedy}");
        }

        if (answer.Deleted.Count == 0 && answer.Failed.Count == 0)
        {
            console.Output.MarkupLine("[dim]There are no pipelines.[/]");
        }
        else if (answer.Deleted.Count > 0 && !settings.Watch)
        {
            var command = $"{settings.Global.Command(services)} status {Name(answer.Deleted[0])} --watch";
            console.Output.MarkupLineInterpolated($"[dim]next: {command}[/]");
        }
    }

    private void Tell(JsonElement deleted, bool isGone)
    {
        if (isGone)
        {
            console.Output.MarkupLineInterpolated($"[green]{Name(deleted)} is taken down and removed[/]");
        }
        else
        {
            console.Output.MarkupLineInterpolated($"[green]{deleted.GetProperty("message").GetString() ?? ""}[/]");
        }

        if (deleted.TryGetProperty("note", out var note))
        {
            console.Output.MarkupLineInterpolated($"  [yellow]{note.GetString() ?? ""}[/]");
        }
    }

    /// <summary>The same for several, but for their names.</summary>
    private static IEnumerable<string> Kept(List<JsonElement> deleted) =>
        deleted
            .SelectMany(each => each.GetProperty("kept").EnumerateArray().Select(kept => (each, kept)))
            .Select(pair => (Text: pair.kept.GetString() ?? "", Name: Name(pair.each)))
            .Select(pair =>
                deleted.Count == 1 ? pair.Text : pair.Text.Replace(pair.Name, "NAME", StringComparison.Ordinal)
            )
            .Distinct();

    private static string Name(JsonElement deleted) => deleted.GetProperty("pipeline").GetString() ?? "";

    /// <summary>None where there was nothing to delete but the pipeline itself, which is gone.</summary>
    private static string? Execution(JsonElement deleted) =>
        deleted.TryGetProperty("execution", out var execution) ? execution.GetString() : null;
}

/// <summary>JSON output of <c>delete</c>.</summary>
/// <param name="Deleted">What the API answered, pipeline by pipeline.</param>
/// <param name="Failed">What was not taken down, and why.</param>
internal sealed record DeleteAnswer(List<JsonElement> Deleted, List<DeleteFailure> Failed);

/// <summary>A pipeline that was not taken down.</summary>
internal sealed record DeleteFailure(string Pipeline, string Message, string Remedy)
{
    public static DeleteFailure Of(string pipeline, ExpectedFailureException refusal) =>
        refusal.Findings is [var finding, ..]
            ? new DeleteFailure(pipeline, $"{finding.Code} {finding.Message}", finding.Remedy)
            : new DeleteFailure(pipeline, refusal.Message, refusal.Remedy);
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(DeleteAnswer))]
internal sealed partial class DeleteJson : JsonSerializerContext;
