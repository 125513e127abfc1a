using Mlops.Local.CodePipelines.Aws;
using Mlops.Local.CodePipelines.Executions;

namespace Mlops.Local.CodePipelines.Actions;

/// <summary>One action that runs: what it was given, and where it leaves what comes of it.</summary>
internal sealed class ActionContext(Pipeline pipeline, ActionExecution run, AwsAccess aws, TimeProvider clock)
{
    public Pipeline Pipeline { get; } = pipeline;

    public ActionExecution Run { get; } = run;

    public Execution Execution => Run.Execution;

    public TimeProvider Clock { get; } = clock;

    /// <summary>The configuration with its variables' values.</summary>
    public IReadOnlyDictionary<string, string> Configuration => Run.Configuration;

    public string? Optional(string key) => Configuration.GetValueOrDefault(key);

    /// <summary>A session of the pipeline's own role, which owns the artifact store.</summary>
    public Task<RoleSession> AsPipelineAsync(CancellationToken cancellationToken) =>
        aws.AssumeAsync(Execution.Declaration.RoleArn, Pipeline.Region, cancellationToken);

    /// <summary>A session of the action's role, or of the pipeline's where the action has none.</summary>
    /// <exception cref="ActionFailedException">A role of another account does not trust this one, or cannot read artifacts.</exception>
    public async Task<RoleSession> AsActionAsync(CancellationToken cancellationToken)
    {
        var role = Run.Declaration.RoleArn ?? Execution.Declaration.RoleArn;
        var session = await aws.AssumeAsync(role, Pipeline.Region, cancellationToken);
        var account = RoleSession.AccountOf(role);
        if (account == Pipeline.Account)
        {
            return session;
        }

        if (!session.TrustPolicy.Contains($":iam::{Pipeline.Account}:", StringComparison.Ordinal))
        {
            throw new ActionFailedException(
                "PermissionError",
                $"{Execution.Declaration.RoleArn} is not authorized to perform AssumeRole on role {role}: it does not trust account {Pipeline.Account}"
            );
        }

        // The key of AWS that S3 takes otherwise is of no use to another account, nor is an alias, which each account has of its own.
        return Execution.Declaration.Store.KeyId is { } key && !key.Contains("alias/", StringComparison.Ordinal)
            ? session
            : throw new ActionFailedException(
                "PermissionError",
                $"{role} cannot read the artifacts: the artifact store of a pipeline with actions in other accounts names a customer managed key by its ARN or id (encryptionKey)"
            );
    }

    /// <summary>Leaves something in the action's execution, seen by everybody at once.</summary>
    public void Report(Action<ActionExecution> change)
    {
        lock (Pipeline.Gate)
        {
            change(Run);
            Run.Updated = Clock.GetUtcNow();
        }
    }
}
