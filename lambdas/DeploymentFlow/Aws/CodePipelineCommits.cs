using Amazon.CodeCommit;
using Amazon.CodeCommit.Model;
using Amazon.CodePipeline;
using Amazon.CodePipeline.Model;
using Mlops.DeploymentFlow.Duties;
using Mlops.Provisioning.Aws;
using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Logging;
using Commit = Mlops.DeploymentFlow.Duties.Commit;

namespace Mlops.DeploymentFlow.Aws;

/// <summary>What CodePipeline's history says of an execution of the config pipeline.</summary>
public sealed class CodePipelineCommits(
    IAmazonCodePipeline codePipeline,
    IAmazonCodeCommit codeCommit,
    StructuredLog log,
    string pipeline,
    TimeProvider clock
) : ICommits
{
    /// <summary>
    /// Looks before an action is believed to have ended: a job that is dropped by mistake would hold its stage for 20 minutes.
    /// </summary>
    private const int Looks = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    public async Task<Commit> FindAsync(string execution, CancellationToken cancellationToken)
    {
        var actions = await ActionsAsync(execution, cancellationToken);
        for (var look = 1; look < Looks && HasEnded(actions); look++)
        {
            await Task.Delay(Pause, clock, cancellationToken);
            actions = await ActionsAsync(execution, cancellationToken);
        }

        return HasEnded(actions)
            ? new Commit(IsAnswered: true, Author: null)
            : new Commit(IsAnswered: false, await AuthorAsync(actions, cancellationToken));
    }

    private static bool HasEnded(List<ActionExecutionDetail> actions) =>
        actions.Where(action => action.Input?.ActionTypeId?.Category == ActionCategory.Invoke).ToList()
            is [_, ..] applying
        && applying.TrueForAll(action => action.Status != ActionExecutionStatus.InProgress);

    private async Task<List<ActionExecutionDetail>> ActionsAsync(string execution, CancellationToken cancellationToken)
    {
        var answer = await AwsCalls.CallAsync(
            "codepipeline:ListActionExecutions",
            () =>
                codePipeline.ListActionExecutionsAsync(
                    new ListActionExecutionsRequest
                    {
                        PipelineName = pipeline,
                        Filter = new ActionExecutionFilter { PipelineExecutionId = execution },
                    },
                    cancellationToken
                )
        );
        return answer.ActionExecutionDetails ?? [];
    }

    /// <summary>
    /// GitHub's connections tell it as variables that AWS's list of variables does not have: taken where they are there.
    /// CodeCommit's action tells no author, but the repository does.
    /// </summary>
    private async Task<string?> AuthorAsync(List<ActionExecutionDetail> actions, CancellationToken cancellationToken)
    {
        var variables = actions
            .Find(action => action.Input?.ActionTypeId?.Category == ActionCategory.Source)
            ?.Output?.OutputVariables;
        if (variables is null)
        {
            return null;
        }

        var author = Person(
            variables.GetValueOrDefault("AuthorDisplayName") ?? variables.GetValueOrDefault("AuthorId"),
            variables.GetValueOrDefault("AuthorEmail")
        );
        return
            author is null
            && variables.GetValueOrDefault("RepositoryName") is { Length: > 0 } repository
            && variables.GetValueOrDefault("CommitId") is { Length: > 0 } commit
            ? await AskAsync(repository, commit, cancellationToken)
            : author;
    }

    private async Task<string?> AskAsync(string repository, string commit, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await AwsCalls.CallAsync(
                "codecommit:GetCommit",
                () =>
                    codeCommit.GetCommitAsync(
                        new GetCommitRequest { RepositoryName = repository, CommitId = commit },
                        cancellationToken
                    )
            );
            return Person(answer.Commit?.Author?.Name, answer.Commit?.Author?.Email);
        }
        catch (ServiceFailureException failure)
        {
            // A name is no reason to apply nothing.
            log.Warning("author is not known", ("commit", commit), ("failure", failure.Message));
            return null;
        }
    }

    private static string? Person(string? name, string? address) =>
        string.IsNullOrWhiteSpace(address) ? (string.IsNullOrWhiteSpace(name) ? null : name.Trim())
        : string.IsNullOrWhiteSpace(name) ? address.Trim()
        : $"{name.Trim()} <{address.Trim()}>";
}
