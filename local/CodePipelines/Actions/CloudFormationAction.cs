using System.Text.Json.Nodes;
using Mlops.Local.CodePipelines.Aws;
using Mlops.Local.CodePipelines.Executions;

namespace Mlops.Local.CodePipelines.Actions;

/// <summary>Creates, updates, changes and deletes stacks, in the account of the action's role.</summary>
/// <param name="deletion">Held while a stack is deleted.</param>
internal sealed class CloudFormationAction(SemaphoreSlim deletion) : IActionRunner
{
    private static readonly string[] FailedStates =
    [
        "CREATE_FAILED",
        "DELETE_FAILED",
        "ROLLBACK_COMPLETE",
        "ROLLBACK_FAILED",
        "UPDATE_ROLLBACK_FAILED",
    ];

    public async Task RunAsync(ActionContext context, CancellationToken cancellationToken)
    {
        var session = await context.AsActionAsync(cancellationToken);
        await RequireServiceRoleAsync(context, session, cancellationToken);
        var stacks = new StackWatch(context, session.CloudFormation);
        switch (context.Configuration["ActionMode"])
        {
            case "CREATE_UPDATE":
                await CreateOrUpdateAsync(context, session, stacks, cancellationToken);
                break;
            case "REPLACE_ON_FAILURE":
                await DeleteFailedAsync(context, session, stacks, cancellationToken);
                await CreateOrUpdateAsync(context, session, stacks, cancellationToken);
                break;
            case "DELETE_ONLY":
                await DeleteAsync(context, session, stacks, cancellationToken);
                return;
            case "CHANGE_SET_REPLACE":
                await ChangeSets.ReplaceAsync(context, session, cancellationToken);
                break;
            case "CHANGE_SET_EXECUTE":
                await ChangeSets.ExecuteAsync(context, session, stacks, cancellationToken);
                break;
        }

        await KeepOutputsAsync(context, session, cancellationToken);
    }

    /// <summary>A variable can put anything into RoleArn; CloudFormation takes only a role of its own account.</summary>
    private static async Task RequireServiceRoleAsync(
        ActionContext context,
        RoleSession session,
        CancellationToken cancellationToken
    )
    {
        if (context.Optional("RoleArn") is not { } role || context.Configuration["ActionMode"] == "CHANGE_SET_EXECUTE")
        {
            return;
        }

        if (
            role.Split(':') is not [_, _, "iam", _, var account, _]
            || account != RoleSession.AccountOf(session.RoleArn)
        )
        {
            throw new ActionFailedException("PermissionError", $"Cross-account pass role is not allowed: {role}");
        }

        try
        {
            await session.Iam.RequireRoleAsync(role, cancellationToken);
        }
        catch (AwsCallException)
        {
            throw new ActionFailedException(
                "JobFailed",
                $"Role {role} is invalid or cannot be assumed (ValidationError)"
            );
        }
    }

    private static async Task CreateOrUpdateAsync(
        ActionContext context,
        RoleSession session,
        StackWatch stacks,
        CancellationToken cancellationToken
    )
    {
        var request = await StackRequests.ReadAsync(context, session, cancellationToken);
        var stack = await session.CloudFormation.FindStackAsync(request.StackName, cancellationToken);
        if (stack is null or { Status: "DELETE_COMPLETE" })
        {
            await session.CloudFormation.CreateStackAsync(request, cancellationToken);
        }
        else
        {
            try
            {
                await session.CloudFormation.UpdateStackAsync(request, cancellationToken);
            }
            catch (AwsCallException e)
                when (e.Message.Contains("No updates are to be performed", StringComparison.Ordinal))
            {
                // CodePipeline takes it as success: the stack is what was asked for.
            }
        }

        await stacks.RequireGoodEndAsync(request.StackName, cancellationToken);
    }

    private async Task DeleteFailedAsync(
        ActionContext context,
        RoleSession session,
        StackWatch stacks,
        CancellationToken cancellationToken
    )
    {
        var stack = await session.CloudFormation.FindStackAsync(context.Configuration["StackName"], cancellationToken);
        if (stack is not null && FailedStates.Contains(stack.Status))
        {
            await DeleteAsync(context, session, stacks, cancellationToken);
        }
    }

    private async Task DeleteAsync(
        ActionContext context,
        RoleSession session,
        StackWatch stacks,
        CancellationToken cancellationToken
    )
    {
        var name = context.Configuration["StackName"];
        await deletion.WaitAsync(cancellationToken);
        try
        {
            if (await session.CloudFormation.FindStackAsync(name, cancellationToken) is { } stack)
            {
                await session.CloudFormation.DeleteStackAsync(name, context.Optional("RoleArn"), cancellationToken);
                await stacks.RequireGoneAsync(stack.Id, cancellationToken);
            }
        }
        finally
        {
            deletion.Release();
        }
    }

    private static async Task KeepOutputsAsync(
        ActionContext context,
        RoleSession session,
        CancellationToken cancellationToken
    )
    {
        var stack = await session.CloudFormation.FindStackAsync(context.Configuration["StackName"], cancellationToken);
        var outputs = stack?.Outputs ?? new Dictionary<string, string>();
        context.Report(run => run.OutputVariables = outputs);
        if (context.Optional("OutputFileName") is { } file && context.Run.Outputs is [var artifact])
        {
            var json = new JsonObject(
                outputs.Select(one => KeyValuePair.Create<string, JsonNode?>(one.Key, one.Value))
            );
            await ArtifactFiles.WriteAsync(context, session, artifact, file, json.ToJsonString(), cancellationToken);
        }
    }
}
