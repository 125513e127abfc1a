using System.Text.Json;
using System.Text.Json.Nodes;
using Mlops.Local.CodePipelines.Aws;
using Mlops.Local.CodePipelines.Executions;
using Mlops.Local.StateMachines;

namespace Mlops.Local.CodePipelines.Actions;

/// <summary>Starts an execution of a state machine and waits for its end.</summary>
internal sealed class StepFunctionsAction : IActionRunner
{
    /// <summary>Quotas: "length of time before an action times out", for Step Functions.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromDays(7);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    public async Task RunAsync(ActionContext context, CancellationToken cancellationToken)
    {
        var session = await context.AsActionAsync(cancellationToken);
        var machine = context.Configuration["StateMachineArn"];
        var prefix = context.Optional("ExecutionNamePrefix") is { } given ? $"{given}-" : "";
        var started = await session.States.CallAsync(
            "StartExecution",
            new JsonObject
            {
                ["stateMachineArn"] = machine,
                ["name"] = $"{prefix}{context.Run.Id}",
                ["input"] = await InputAsync(context, cancellationToken),
            },
            cancellationToken
        );
        var execution = $"{started["executionArn"]}";
        context.Report(run =>
        {
            run.ExternalId = execution;
            run.ExternalUrl =
                $"https://console.aws.amazon.com/states/home?region={context.Pipeline.Region}#/v2/executions/details/{execution}";
            run.OutputVariables = new Dictionary<string, string>
            {
                ["StateMachineArn"] = machine,
                ["ExecutionArn"] = execution,
            };
        });
        await EndAsync(context, session, execution, cancellationToken);
    }

    private static async Task EndAsync(
        ActionContext context,
        RoleSession session,
        string execution,
        CancellationToken cancellationToken
    )
    {
        var question = new JsonObject { ["executionArn"] = execution };
        while (context.Clock.GetUtcNow() - context.Run.Started < Timeout)
        {
            var found = await session.States.CallAsync("DescribeExecution", question, cancellationToken);
            switch ($"{found["status"]}")
            {
                case "RUNNING":
                    await Task.Delay(Pause, context.Clock, cancellationToken);
                    break;
                case "SUCCEEDED":
                    Tell(context, $"{found["output"]}");
                    return;
                case var status:
                    throw new ActionFailedException(
                        "JobFailed",
                        $"The state machine execution {execution} ended as {status}: {found["error"]}: {found["cause"]}"
                    );
            }
        }

        throw new ActionFailedException("JobFailed", $"The action timed out after {Timeout.TotalDays} days");
    }

    /// <summary>What the local AWS could not do is in the summary, where whoever looks at the stage finds it.</summary>
    private static void Tell(ActionContext context, string output)
    {
        if (
            JsonNode.Parse(output) is JsonObject result
            && result[StateMachineEmulator.NotCarriedOutMember] is { } missing
        )
        {
            context.Report(run => run.Summary = $"not carried out locally: {missing}");
        }
    }

    private static async Task<string> InputAsync(ActionContext context, CancellationToken cancellationToken)
    {
        var input = context.Optional("Input") ?? "";
        if (context.Optional("InputType") == "FilePath")
        {
            var session = await context.AsPipelineAsync(cancellationToken);
            var artifact = context.Run.Inputs.Count > 0 ? context.Run.Inputs[0].Name : "";
            input = await ArtifactFiles.ReadAsync(context, session, $"{artifact}::{input}", cancellationToken);
        }

        try
        {
            _ = JsonNode.Parse(input.Length == 0 ? "{}" : input);
            return input.Length == 0 ? "{}" : input;
        }
        catch (JsonException problem)
        {
            throw new ActionFailedException("ConfigurationError", $"The Input is not JSON: {problem.Message}");
        }
    }
}
