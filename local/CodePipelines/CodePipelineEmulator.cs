using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Mlops.Local.CodePipelines.Actions;
using Mlops.Local.CodePipelines.Aws;
using Mlops.Local.CodePipelines.Definitions;
using Mlops.Local.CodePipelines.Executions;
using Mlops.Local.CodePipelines.Operations;
using Mlops.Local.CodePipelines.Protocol;
using Mlops.Local.Events;
using Mlops.Local.Functions;
using Mlops.Local.Hosting;

namespace Mlops.Local.CodePipelines;

/// <summary>
/// AWS CodePipeline on one machine: it speaks the service's own protocol (JSON 1.1, 2015-07-09), refuses what the
/// service refuses, and runs pipelines for real against the services at one endpoint. All state is in memory.
/// </summary>
public sealed class CodePipelineEmulator : IAsyncDisposable
{
    private const string TargetPrefix = "CodePipeline_20150709.";
    private const string ContentType = "application/x-amz-json-1.1";

    private readonly BackgroundWork work;
    private readonly AwsAccess aws;
    private readonly CallerIdentification callers;
    private readonly FrozenDictionary<string, Operation> operations;
    private readonly Action<string> log;

    /// <summary>Starts with no pipelines. What it starts later ends when it is disposed.</summary>
    /// <param name="options">Where the services are.</param>
    /// <param name="functions">What Lambda actions invoke.</param>
    /// <param name="events">What state changes are told to, in order.</param>
    /// <param name="clock">The time of timestamps, timeouts and pauses.</param>
    public CodePipelineEmulator(
        CodePipelineEmulatorOptions options,
        IFunctionInvoker functions,
        IEventBus events,
        TimeProvider clock
    )
    {
        log = options.Log;
        work = new BackgroundWork(line => options.Log($"CodePipeline emulator: {line}"));
        aws = new AwsAccess(options.AwsEndpoint, options.StatesEndpoint ?? options.AwsEndpoint, options.Region);
        callers = new CallerIdentification(aws);

        var jobs = new Jobs();
        var announcer = new Announcer(events, clock, work, options.Log);
        var runners = new Dictionary<ActionTypeId, IActionRunner>
        {
            [ActionTypes.S3Source] = new S3SourceAction(),
            [ActionTypes.CloudFormation] = new CloudFormationAction(options.StackDeletion),
            [ActionTypes.Lambda] = new LambdaAction(functions, jobs, work, options),
            [ActionTypes.ManualApproval] = new ManualApprovalAction(),
            [ActionTypes.StepFunctions] = new StepFunctionsAction(),
            [ActionTypes.Connection] = new GitSourceAction(options.Repositories),
            [ActionTypes.CodeCommit] = new GitSourceAction(options.Repositories),
        };
        var engine = new ExecutionEngine(new StageRunner(runners, aws, announcer, clock), announcer, clock, work);
        operations = new[]
        {
            new PipelineOperations(Store, engine, aws, clock).All,
            new TagOperations(Store).All,
            new TaggedResources(Store).All,
            new StateOperations(Store, engine, clock).All,
            new ExecutionOperations(Store, engine).All,
            new HistoryOperations(Store).All,
            new AnswerOperations(Store, jobs, clock).All,
        }
            .SelectMany(all => all)
            .ToFrozenDictionary(StringComparer.Ordinal);
        if (options.Repositories.Count > 0)
        {
            work.Run(new GitWatch(Store, engine, options.Repositories, clock).RunAsync);
        }
    }

    internal PipelineStore Store { get; } = new();

    /// <summary>Answers one request whose <c>X-Amz-Target</c> is <c>CodePipeline_20150709.Operation</c>; refusals are answers, too.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        context.Response.Headers["x-amzn-RequestId"] = Guid.NewGuid().ToString();
        try
        {
            var answer = await AnswerAsync(context.Request, context.RequestAborted);
            await WriteAsync(context, StatusCodes.Status200OK, answer);
        }
        catch (ServiceException e)
        {
            context.Response.Headers["x-amzn-ErrorType"] = e.Code;
            await WriteAsync(context, StatusCodes.Status400BadRequest, Error(e.Code, e.Message));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody reads the answer.
        }
#pragma warning disable CA1031 // A bug of ours is an answer to this caller, not the end of the process.
        catch (Exception e)
#pragma warning restore CA1031
        {
            log($"CodePipeline emulator: {e}");
            await WriteAsync(
                context,
                StatusCodes.Status500InternalServerError,
                Error("InternalFailure", $"The CodePipeline emulator failed: {e.Message}")
            );
        }
    }

    /// <summary>Answers a request to the Resource Groups Tagging API where it asks for pipelines; all else is for others.</summary>
    public async Task HandleTaggingAsync(HttpContext context, RequestDelegate others)
    {
        context.Request.EnableBuffering();
        JsonNode? input = null;
        try
        {
            input = await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        }
        catch (JsonException)
        {
            // Whoever it is for says so.
        }

        context.Request.Body.Position = 0;
        var isOurs = TaggedResources.Is(context.Request.Headers["X-Amz-Target"], input);
        await (isOurs ? HandleAsync(context) : others(context));
    }

    /// <summary>The approvals that wait in pipelines of this name time out now; false where none waits.</summary>
    public bool TimeOutApprovals(string pipeline)
    {
        var any = false;
        foreach (var one in Store.Named(pipeline))
        {
            lock (one.Gate)
            {
                foreach (var approval in one.Approvals.Values)
                {
                    any |= approval.TrySetException(new TimeoutException());
                }
            }
        }

        return any;
    }

    /// <summary>From now on an account may have so many pipelines in a region.</summary>
    public void RaiseQuota(int pipelines) => Store.Quota = pipelines;

    /// <summary>Cancels whatever runs and waits for its end.</summary>
    public async ValueTask DisposeAsync()
    {
        await work.DisposeAsync();
        aws.Dispose();
    }

    private async Task<JsonObject?> AnswerAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var target = request.Headers["X-Amz-Target"].ToString();
        var name = target.StartsWith(TargetPrefix, StringComparison.Ordinal) ? target[TargetPrefix.Length..] : target;
        var input = await ReadAsync(request, cancellationToken);
        var caller = await callers.IdentifyAsync(request, cancellationToken);
        if (!operations.TryGetValue(name, out var operation))
        {
            throw new ServiceException(
                "UnknownOperationException",
                $"The operation '{name}' is not emulated locally; emulated are {string.Join(", ", operations.Keys.Order(StringComparer.Ordinal))}"
            );
        }

        operation.Input.Require(input);
        return await operation.AnswerAsync(caller, input, cancellationToken);
    }

    private static async Task<JsonObject> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await JsonNode.ParseAsync(request.Body, cancellationToken: cancellationToken) as JsonObject
                ?? throw new ServiceException("SerializationException", "The body is not a JSON object");
        }
        catch (JsonException e)
        {
            throw new ServiceException("SerializationException", $"The body is not JSON: {e.Message}");
        }
    }

    private static JsonObject Error(string code, string message) => new() { ["__type"] = code, ["message"] = message };

    private static async Task WriteAsync(HttpContext context, int status, JsonObject? body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = ContentType;
        if (body is not null)
        {
            await context.Response.WriteAsync(body.ToJsonString(), context.RequestAborted);
        }
    }
}
