using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Mlops.Local.CodePipelines.Actions;
using Mlops.Local.CodePipelines.Definitions;
using Mlops.Local.Git;

namespace Mlops.Local.CodePipelines.Executions;

/// <summary>
/// Starts pipelines whose branch has moved. With a trigger of type V2 only where a commit changes a file that the trigger
/// names; CodeCommit's events have no such filter.
/// </summary>
internal sealed class GitWatch(
    PipelineStore store,
    ExecutionEngine engine,
    IReadOnlyDictionary<string, GitRepository> repositories,
    TimeProvider clock
)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>The last commit that was seen for a pipeline, from the one on that its creation was started with.</summary>
    private readonly Dictionary<string, string?> seen = new(StringComparer.Ordinal);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            foreach (var pipeline in store.All)
            {
                try
                {
                    await LookAsync(pipeline, cancellationToken);
                }
                catch (IOException)
                {
                    // git writes just now; the next look sees it.
                }
            }

            await Task.Delay(Pause, clock, cancellationToken);
        }
    }

    private async Task LookAsync(Pipeline pipeline, CancellationToken cancellationToken)
    {
        var declaration = pipeline.Declaration;
        foreach (var action in declaration.Actions)
        {
            if (
                GitSourceAction.RepositoryOf(action) is not { } name
                || !repositories.TryGetValue(name, out var repository)
            )
            {
                continue;
            }

            var key = $"{pipeline.Arn}\n{name}\n{action.Configuration["BranchName"]}";
            var head = repository.Head(action.Configuration["BranchName"]);
            if (!seen.TryGetValue(key, out var before) && !Began(pipeline, action, out before))
            {
                continue;
            }

            seen[key] = head;
            if (
                head is not null
                && head != before
                && await StartsAsync(declaration, action, repository, before, head, cancellationToken)
            )
            {
                var isConnection = action.Type == ActionTypes.Connection;
                engine.Start(
                    pipeline,
                    isConnection ? "WebhookV2" : "CloudWatchEvent",
                    isConnection ? action.Configuration["ConnectionArn"] : name,
                    [],
                    declaration.Variables.ToDictionary(
                        one => one.Name,
                        one => one.Default ?? "",
                        StringComparer.Ordinal
                    )
                );
            }
        }
    }

    /// <summary>False as long as nobody knows which commit the pipeline's creation was started with.</summary>
    private static bool Began(Pipeline pipeline, ActionDeclaration action, out string? commit)
    {
        lock (pipeline.Gate)
        {
            commit = pipeline
                .Executions.SelectMany(one => one.Revisions)
                .FirstOrDefault(one => one.ActionName == action.Name)
                ?.RevisionId;
            return commit is not null || pipeline.Executions.TrueForAll(one => one.IsOver);
        }
    }

    private static async Task<bool> StartsAsync(
        PipelineDeclaration declaration,
        ActionDeclaration action,
        GitRepository repository,
        string? before,
        string head,
        CancellationToken cancellationToken
    )
    {
        if (action.Type == ActionTypes.CodeCommit)
        {
            return true;
        }

        var pushes = (declaration.Json["triggers"]?.AsArray() ?? [])
            .Select(trigger => trigger!["gitConfiguration"])
            .Where(git => (string?)git?["sourceActionName"] == action.Name)
            .SelectMany(git => git!["push"]?.AsArray() ?? [])
            .ToList();
        if (pushes.Count == 0)
        {
            return action.Configuration.GetValueOrDefault("DetectChanges", "true") == "true";
        }

        IReadOnlyList<string> changed;
        try
        {
            changed = before is null ? [] : await repository.ChangedAsync(before, head, cancellationToken);
        }
        catch (GitException)
        {
            // A force-push can leave nothing of what was there.
            return true;
        }

        return pushes.Exists(push =>
            Fits(push?["branches"], [action.Configuration["BranchName"]]) && Fits(push?["filePaths"], changed)
        );
    }

    /// <summary>Whether any name is among those that are included, and not excluded; a filter that is not there takes all.</summary>
    private static bool Fits(JsonNode? filter, IReadOnlyList<string> names)
    {
        if (filter is null)
        {
            return true;
        }

        var (includes, excludes) = (Patterns(filter["includes"]), Patterns(filter["excludes"]));
        return names.Any(name =>
            (includes.Count == 0 || includes.Exists(pattern => pattern.IsMatch(name)))
            && !excludes.Exists(pattern => pattern.IsMatch(name))
        );
    }

    /// <summary>Glob patterns: <c>**</c> crosses folders, <c>*</c> does not (CodePipeline, "Working with glob patterns").</summary>
    private static List<Regex> Patterns(JsonNode? patterns) =>
        [
            .. (patterns?.AsArray() ?? []).Select(pattern => new Regex(
                $"^{Regex.Escape($"{pattern}").Replace(@"\*\*", ".*", StringComparison.Ordinal).Replace(@"\*", "[^/]*", StringComparison.Ordinal).Replace(@"\?", "[^/]", StringComparison.Ordinal)}$",
                RegexOptions.CultureInvariant,
                TimeSpan.FromSeconds(1)
            )),
        ];
}
