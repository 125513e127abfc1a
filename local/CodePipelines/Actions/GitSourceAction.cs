using System.Globalization;
using Mlops.Local.CodePipelines.Definitions;
using Mlops.Local.CodePipelines.Executions;
using Mlops.Local.Git;

namespace Mlops.Local.CodePipelines.Actions;

/// <summary>
/// Takes one commit of a repository as the output artifact (CodePipeline, action structure reference: CodeCommit, and
/// CodeStarSourceConnection); format CODE_ZIP, which has no history.
/// </summary>
internal sealed class GitSourceAction(IReadOnlyDictionary<string, GitRepository> repositories) : IActionRunner
{
    /// <summary>What the service shows of a commit's message.</summary>
    private const int SummaryLimit = 200;

    /// <summary>The repository's name in an action's configuration; null where it is no action of this kind.</summary>
    public static string? RepositoryOf(ActionDeclaration action) =>
        action.Type == ActionTypes.Connection ? action.Configuration["FullRepositoryId"]
        : action.Type == ActionTypes.CodeCommit ? action.Configuration["RepositoryName"]
        : null;

    public async Task RunAsync(ActionContext context, CancellationToken cancellationToken)
    {
        var action = context.Run.Declaration;
        var (name, branch) = (RepositoryOf(action)!, action.Configuration["BranchName"]);
        if (!repositories.TryGetValue(name, out var repository))
        {
            throw new ActionFailedException(
                "ConfigurationError",
                $"The repository '{name}' is not on this machine; there is {string.Join(", ", repositories.Keys)}"
            );
        }

        var asked = context.Execution.Overrides.FirstOrDefault(one =>
            one.ActionName == action.Name && one.Type == "COMMIT_ID"
        );
        var id =
            asked?.Value
            ?? repository.Head(branch)
            ?? throw new ActionFailedException(
                "ConfigurationError",
                $"The repository '{name}' has no branch '{branch}'"
            );
        try
        {
            var commit = await repository.CommitAsync(id, cancellationToken);
            using var zip = await repository.ArchiveAsync(id, cancellationToken);
            var artifact = context.Run.Outputs[0] with { RevisionId = commit.Id };
            var store = await context.AsPipelineAsync(cancellationToken);
            await ArtifactFiles.StoreAsync(context, store, artifact, zip, cancellationToken);
            Keep(context, artifact, repository, name, branch, commit);
        }
        catch (GitException failure)
        {
            throw new ActionFailedException("RevisionUnavailable", failure.Message);
        }
    }

    private static void Keep(
        ActionContext context,
        Artifact artifact,
        GitRepository repository,
        string name,
        string branch,
        GitCommit commit
    )
    {
        var summary = commit.Message.Length <= SummaryLimit ? commit.Message : commit.Message[..SummaryLimit];
        var revision = new SourceRevision(
            context.Run.Declaration.Name,
            artifact.Name,
            commit.Id,
            commit.Id,
            summary,
            new Uri(repository.Path).AbsoluteUri,
            commit.Committed
        );
        context.Report(run =>
        {
            run.Outputs = [artifact];
            run.Revision = revision;
            run.Summary = revision.Summary;
            run.ExternalId = commit.Id;
            run.ExternalUrl = revision.Url;
            run.OutputVariables = Variables(context, name, branch, commit);
            run.Execution.Revisions.RemoveAll(one => one.ActionName == revision.ActionName);
            run.Execution.Revisions.Add(revision);
        });
    }

    private static Dictionary<string, string> Variables(
        ActionContext context,
        string name,
        string branch,
        GitCommit commit
    )
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["AuthorDate"] = commit.Authored.ToString("O", CultureInfo.InvariantCulture),
            ["BranchName"] = branch,
            ["CommitId"] = commit.Id,
            ["CommitMessage"] = commit.Message,
        };
        if (context.Run.Declaration.Type == ActionTypes.Connection)
        {
            variables["ConnectionArn"] = context.Configuration["ConnectionArn"];
            variables["FullRepositoryName"] = name;
            // As GitHub's connections give them; AWS's list of variables has neither.
            variables["AuthorDisplayName"] = commit.Author;
            variables["AuthorEmail"] = commit.Email;
        }
        else
        {
            variables["CommitterDate"] = commit.Committed.ToString("O", CultureInfo.InvariantCulture);
            variables["RepositoryName"] = name;
        }

        return variables;
    }
}
