using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;

namespace Mlops.Local.Functions;

/// <summary>The Lambda Runtime API (2018-06-01) as one process sees it: it takes events, one at a time, and answers them.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html</remarks>
internal sealed class RuntimeApi(string functionArn, TimeSpan timeout, TimeProvider clock)
{
    /// <summary>6 MB and 100 bytes, as Lambda's message says.</summary>
    public const int ResponseLimit = 6_291_556;

    private const string Prefix = "/2018-06-01/runtime/";

    private readonly Channel<Invocation> events = Channel.CreateUnbounded<Invocation>();
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<FunctionAnswer> initFailed = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );
    private volatile Invocation? current;

    /// <summary>Completes when the process asks for its first event.</summary>
    public Task Ready => ready.Task;

    /// <summary>Completes when the process says that it cannot start.</summary>
    public Task<FunctionAnswer> InitFailed => initFailed.Task;

    /// <summary>The process gets it with its next poll.</summary>
    public void Offer(Invocation invocation) => events.Writer.TryWrite(invocation);

    public Task HandleAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        var parts = path.StartsWith(Prefix, StringComparison.Ordinal) ? path[Prefix.Length..].Split('/') : [];
        return (context.Request.Method, parts) switch
        {
            ("GET", ["invocation", "next"]) => NextAsync(context),
            ("POST", ["invocation", var id, "response"]) => AnswerAsync(context, id, isError: false),
            ("POST", ["invocation", var id, "error"]) => AnswerAsync(context, id, isError: true),
            ("POST", ["init", "error"]) => FailInitAsync(context),
            _ => SayAsync(
                context,
                StatusCodes.Status404NotFound,
                "UnknownPath",
                $"{context.Request.Method} {path} is not of the Runtime API"
            ),
        };
    }

    private async Task NextAsync(HttpContext context)
    {
        ready.TrySetResult();
        Invocation invocation;
        try
        {
            invocation = await events.Reader.ReadAsync(context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        invocation.Delivered = true;
        current = invocation;
        var headers = context.Response.Headers;
        headers["Lambda-Runtime-Aws-Request-Id"] = invocation.RequestId;
        headers["Lambda-Runtime-Invoked-Function-Arn"] = functionArn;
        headers["Lambda-Runtime-Deadline-Ms"] = FormattableString.Invariant(
            $"{(clock.GetUtcNow() + timeout).ToUnixTimeMilliseconds()}"
        );
        headers["Lambda-Runtime-Trace-Id"] = FormattableString.Invariant(
            $"Root=1-{clock.GetUtcNow().ToUnixTimeSeconds():x8}-{invocation.RequestId.Replace("-", "", StringComparison.Ordinal)[..24]};Sampled=0"
        );
        context.Response.ContentType = "application/json";
        var payload = Encoding.UTF8.GetBytes(invocation.Payload);
        context.Response.ContentLength = payload.Length;
        await context.Response.Body.WriteAsync(payload, context.RequestAborted);
    }

    private async Task AnswerAsync(HttpContext context, string id, bool isError)
    {
        var body = await ReadAsync(context);
        if (current is not { } invocation || invocation.RequestId != id)
        {
            await SayAsync(context, StatusCodes.Status400BadRequest, "InvalidRequestID", "Invalid request ID");
        }
        else if (body is null)
        {
            invocation.TryAnswer(FunctionFailure.ResponseTooLarge(ResponseLimit));
            await SayAsync(
                context,
                StatusCodes.Status413PayloadTooLarge,
                "RequestEntityTooLarge",
                $"Exceeded maximum allowed payload size ({ResponseLimit} bytes)."
            );
        }
        else
        {
            // Acknowledged first, so that the process is back at its poll when the caller goes on.
            await AcceptAsync(context);
            invocation.TryAnswer(new FunctionAnswer(body, isError));
        }
    }

    private async Task FailInitAsync(HttpContext context)
    {
        var body = await ReadAsync(context) ?? "{}";
        await AcceptAsync(context);
        initFailed.TrySetResult(new FunctionAnswer(body, IsError: true));
    }

    private static async Task<string?> ReadAsync(HttpContext context)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await context.Request.Body.ReadAsync(buffer, context.RequestAborted)) > 0)
        {
            // Read to the end all the same: a client that is still sending would not see the answer.
            if (bytes.Length <= ResponseLimit)
            {
                bytes.Write(buffer, 0, read);
            }
        }

        return bytes.Length > ResponseLimit ? null : Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private static async Task AcceptAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync("""{"status":"OK"}""", context.RequestAborted);
        await context.Response.CompleteAsync();
    }

    private static Task SayAsync(HttpContext context, int status, string type, string message)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(
            new JsonObject { ["errorType"] = type, ["errorMessage"] = message }.ToJsonString(),
            context.RequestAborted
        );
    }
}
