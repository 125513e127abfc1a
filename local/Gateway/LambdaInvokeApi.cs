using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Mlops.Local.Functions;

namespace Mlops.Local.Gateway;

/// <summary>Lambda's Invoke over HTTP: <c>POST /2015-03-31/functions/{name or ARN}/invocations</c>.</summary>
internal sealed partial class LambdaInvokeApi(IFunctionInvoker functions)
{
    /// <summary>6 MB for a synchronous call (Lambda quotas, "Invocation payload"), as Lambda's own message spells it.</summary>
    private const int PayloadLimit = 6_291_456;

    /// <summary>The function that a request wants invoked; null when it is another call.</summary>
    public static string? FunctionOf(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) && InvokePath().Match(request.Path.Value ?? "") is { Success: true } match
            ? FunctionName.Of(Uri.UnescapeDataString(match.Groups["function"].Value))
            : null;

    public async Task HandleAsync(HttpContext context, string function)
    {
        var payload = await ReadAsync(context.Request);
        if (payload is null)
        {
            await RefuseAsync(
                context,
                StatusCodes.Status413PayloadTooLarge,
                "RequestTooLargeException",
                $"Request must be smaller than {PayloadLimit} bytes for the InvokeFunction operation"
            );
            return;
        }

        if (!IsJson(payload))
        {
            await RefuseAsync(
                context,
                StatusCodes.Status400BadRequest,
                "InvalidRequestContentException",
                "Could not parse request body into json"
            );
            return;
        }

        try
        {
            var kind = context.Request.Headers["X-Amz-Invocation-Type"].ToString();
            if (kind is "Event" or "DryRun")
            {
                await AcceptAsync(context, function, payload, kind);
                return;
            }

            var answer = await functions.InvokeAsync(function, payload, context.RequestAborted);
            context.Response.ContentType = "application/json";
            context.Response.Headers["X-Amz-Executed-Version"] = "$LATEST";
            if (answer.IsError)
            {
                context.Response.Headers["X-Amz-Function-Error"] = "Unhandled";
            }

            await context.Response.WriteAsync(answer.Payload, context.RequestAborted);
        }
        catch (KeyNotFoundException)
        {
            await RefuseAsync(
                context,
                StatusCodes.Status404NotFound,
                "ResourceNotFoundException",
                $"Function not found: {function}"
            );
        }
    }

    private async Task AcceptAsync(HttpContext context, string function, string payload, string kind)
    {
        if (functions is not IEventInvoker events)
        {
            await RefuseAsync(
                context,
                StatusCodes.Status501NotImplemented,
                "InvalidParameterValueException",
                $"Invocation type {kind} is not available here."
            );
            return;
        }

        events.EnsureExists(function);
        if (kind == "Event")
        {
            _ = events.InvokeEventAsync(function, payload);
        }

        context.Response.StatusCode = kind == "Event" ? StatusCodes.Status202Accepted : StatusCodes.Status204NoContent;
    }

    private static async Task<string?> ReadAsync(HttpRequest request)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted)) > 0)
        {
            if (bytes.Length + read > PayloadLimit)
            {
                return null;
            }

            bytes.Write(buffer, 0, read);
        }

        return bytes.Length == 0 ? "{}" : Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private static bool IsJson(string payload)
    {
        try
        {
            var reader = new Utf8JsonReader(
                Encoding.UTF8.GetBytes(payload),
                new JsonReaderOptions { MaxDepth = int.MaxValue }
            );
            while (reader.Read())
            {
                // Reading it all is the check.
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static Task RefuseAsync(HttpContext context, int status, string type, string message)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.Headers["x-amzn-ErrorType"] = type;
        return context.Response.WriteAsync(
            new JsonObject { ["Type"] = "User", ["Message"] = message }.ToJsonString(),
            context.RequestAborted
        );
    }

    [GeneratedRegex(
        "^/2015-03-31/functions/(?<function>[^/]+)/invocations/?$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex InvokePath();
}
