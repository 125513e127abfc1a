using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Mlops.Local.CodePipelines.Protocol;
using Mlops.Local.Gateway;
using Mlops.Local.Hosting;
using Mlops.Local.Stacks.Wire;
using Mlops.Local.StateMachines.Language;
using Mlops.Local.StateMachines.Tasks;

namespace Mlops.Local.StateMachines;

/// <summary>
/// Executions of AWS Step Functions on one machine. State machines themselves are the local AWS's; their executions are
/// run here, because moto's runner cannot call SageMaker. Speaks the service's protocol (JSON 1.0, AWSStepFunctions).
/// </summary>
public sealed class StateMachineEmulator : IAsyncDisposable
{
    private const string TargetPrefix = "AWSStepFunctions.";

    private readonly ConcurrentDictionary<string, StateMachineExecution> executions = new(StringComparer.Ordinal);
    private readonly LocalAws aws;
    private readonly RequestDelegate otherwise;
    private readonly Action<string, string> leftOut;
    private readonly TimeProvider clock;
    private readonly BackgroundWork work;

    /// <summary>Starts with no executions.</summary>
    /// <param name="aws">Where state machines, roles and jobs are.</param>
    /// <param name="otherwise">Takes the calls that are about something else than executions.</param>
    /// <param name="leftOut">Is told of a state machine's call that the local AWS cannot do.</param>
    /// <param name="log">Takes failures that nobody waits for.</param>
    /// <param name="clock">The time of timestamps and waits.</param>
    public StateMachineEmulator(
        LocalAws aws,
        RequestDelegate otherwise,
        Action<string, string> leftOut,
        Action<string> log,
        TimeProvider clock
    )
    {
        (this.aws, this.otherwise, this.leftOut, this.clock) = (aws, otherwise, leftOut, clock);
        work = new BackgroundWork(line => log($"Step Functions emulator: {line}"));
    }

    /// <summary>Answers one request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var target = context.Request.Headers["X-Amz-Target"].ToString();
        var operation = target.StartsWith(TargetPrefix, StringComparison.Ordinal) ? target[TargetPrefix.Length..] : "";
        if (
            operation
            is not (
                "StartExecution"
                or "DescribeExecution"
                or "StopExecution"
                or "ListExecutions"
                or "GetExecutionHistory"
            )
        )
        {
            await otherwise(context);
            return;
        }

        try
        {
            var input = await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
            await WriteAsync(context, StatusCodes.Status200OK, await AnswerAsync(operation, input, context));
        }
        catch (JsonException problem)
        {
            await RefuseAsync(context, "SerializationException", problem.Message);
        }
        catch (ServiceException refusal)
        {
            await RefuseAsync(context, refusal.Code, refusal.Message);
        }
        catch (AwsCallException refusal)
        {
            await RefuseAsync(context, refusal.Code, refusal.Message);
        }
    }

    /// <summary>Stops whatever runs and waits for its end.</summary>
    public async ValueTask DisposeAsync()
    {
        await work.DisposeAsync();
        foreach (var execution in executions.Values)
        {
            execution.Stop.Dispose();
        }
    }

    private async Task<JsonObject> AnswerAsync(string operation, JsonNode? input, HttpContext context)
    {
        var now = clock.GetUtcNow();
        switch (operation)
        {
            case "StartExecution":
                return await StartAsync(input, Caller(context.Request), context.RequestAborted);
            case "StopExecution":
                var stopping = Find(input);
                stopping.End("ABORTED", now, failure: (string?)input!["error"], why: (string?)input["cause"]);
                await stopping.Stop.CancelAsync();
                return new JsonObject { ["stopDate"] = now.ToUnixTimeMilliseconds() / 1000.0 };
            case "ListExecutions":
                return new JsonObject
                {
                    ["executions"] = new JsonArray([
                        .. executions
                            .Values.Where(one => one.StateMachineArn == $"{input?["stateMachineArn"]}")
                            .OrderByDescending(one => one.Started)
                            .Select(one => one.Summary()),
                    ]),
                };
            case "GetExecutionHistory":
                return new JsonObject { ["events"] = Find(input).History() };
            default:
                return Find(input).Describe();
        }
    }

    private async Task<JsonObject> StartAsync(JsonNode? input, AwsAccount caller, CancellationToken cancellationToken)
    {
        var machineArn = $"{input?["stateMachineArn"]}";
        var machine = await aws.JsonAsync(
            caller,
            "states",
            $"{TargetPrefix}DescribeStateMachine",
            new JsonObject { ["stateMachineArn"] = machineArn },
            cancellationToken
        );
        var name = (string?)input!["name"] ?? Guid.NewGuid().ToString();
        var text = (string?)input["input"] ?? "{}";
        var execution = new StateMachineExecution(
            $"{machineArn.Replace(":stateMachine:", ":execution:", StringComparison.Ordinal)}:{name}",
            machineArn,
            name,
            text,
            clock.GetUtcNow(),
            new CancellationTokenSource()
        );
        var known = executions.GetOrAdd(execution.Arn, execution);
        if (known != execution)
        {
            // The same name with the same input is the same start, as the service has it for standard state machines.
            execution.Stop.Dispose();
            return known.IsRunning && known.Input == text
                ? Started(known)
                : throw new ServiceException("ExecutionAlreadyExists", $"Execution Already Exists: '{execution.Arn}'");
        }

        var role = await StateMachineRole.AssumeAsync(aws, caller, $"{machine["roleArn"]}", cancellationToken);
        work.Run(stopping => RunAsync(execution, $"{machine["definition"]}", role, stopping));
        return Started(execution);
    }

    private async Task RunAsync(
        StateMachineExecution execution,
        string definition,
        AwsAccount role,
        CancellationToken stopping
    )
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping, execution.Stop.Token);
        execution.Note("ExecutionStarted", clock.GetUtcNow());
        try
        {
            var interpreter = new Interpreter(
                Definition.Parse(definition),
                new ServiceTasks(aws, role, clock),
                clock,
                (type, state) =>
                    execution.Note(
                        $"{type}StateEntered",
                        clock.GetUtcNow(),
                        "stateEnteredEventDetails",
                        new JsonObject { ["name"] = state }
                    )
            );
            var output = await interpreter.RunAsync(
                JsonNode.Parse(execution.Input),
                ContextObject(execution),
                ending.Token
            );
            execution.End("SUCCEEDED", clock.GetUtcNow(), result: output?.ToJsonString() ?? "null");
        }
        catch (StateFailedException failure)
        {
            execution.End("FAILED", clock.GetUtcNow(), failure: failure.Error, why: failure.Cause);
        }
        catch (NotCarriedOutException missing)
        {
            leftOut(execution.StateMachineArn, missing.Call);
            var output = new JsonObject { [NotCarriedOutMember] = missing.Call };
            execution.End("SUCCEEDED", clock.GetUtcNow(), result: output.ToJsonString());
        }
        catch (OperationCanceledException)
        {
            execution.End("ABORTED", clock.GetUtcNow());
        }
#pragma warning disable CA1031 // An execution that is neither running nor ended would be waited for for ever.
        catch (Exception bug)
#pragma warning restore CA1031
        {
            execution.End(
                "FAILED",
                clock.GetUtcNow(),
                failure: "States.Runtime",
                why: $"Step Functions emulator: {bug}"
            );
        }

        execution.Note($"Execution{Spelled(execution)}", clock.GetUtcNow());
    }

    /// <summary>The member of an execution's output that names the call at which the local AWS gave up.</summary>
    internal const string NotCarriedOutMember = "mlops:notCarriedOutLocally";

    private static string Spelled(StateMachineExecution execution)
    {
        var status = $"{execution.Summary()["status"]}";
        return $"{status[0]}{status[1..].ToLowerInvariant()}";
    }

    /// <summary>Of the context object, what a definition may ask for here.</summary>
    private static JsonObject ContextObject(StateMachineExecution execution) =>
        new()
        {
            ["Execution"] = new JsonObject
            {
                ["Id"] = execution.Arn,
                ["Name"] = execution.Name,
                ["Input"] = JsonNode.Parse(execution.Input),
                ["StartTime"] = execution.Started.ToString("O"),
            },
            ["StateMachine"] = new JsonObject
            {
                ["Id"] = execution.StateMachineArn,
                ["Name"] = execution.StateMachineArn.Split(':')[^1],
            },
        };

    private StateMachineExecution Find(JsonNode? input) =>
        executions.GetValueOrDefault($"{input?["executionArn"]}")
        ?? throw new ServiceException("ExecutionDoesNotExist", $"Execution Does Not Exist: '{input?["executionArn"]}'");

    private static JsonObject Started(StateMachineExecution execution) =>
        new() { ["executionArn"] = execution.Arn, ["startDate"] = execution.Summary()["startDate"]!.DeepClone() };

    private static AwsAccount Caller(HttpRequest request)
    {
        var scope = request.Headers.Authorization.ToString().Split("Credential=")[^1].Split('/');
        var token = request.Headers["X-Amz-Security-Token"].ToString();
        return new AwsAccount(
            "",
            RequestedService.AccessKey(request) ?? "",
            "unused",
            token.Length > 0 ? token : null,
            scope.Length > 2 ? scope[2] : "us-east-1"
        );
    }

    private static Task RefuseAsync(HttpContext context, string code, string message)
    {
        context.Response.Headers["x-amzn-ErrorType"] = code;
        var body = new JsonObject { ["__type"] = code, ["message"] = message };
        return WriteAsync(context, StatusCodes.Status400BadRequest, body);
    }

    private static async Task WriteAsync(HttpContext context, int status, JsonObject body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/x-amz-json-1.0";
        await context.Response.WriteAsync(body.ToJsonString(), context.RequestAborted);
    }
}
