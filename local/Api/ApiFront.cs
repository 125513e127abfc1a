using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Mlops.Local.Functions;
using Mlops.Local.Hosting;

namespace Mlops.Local.Api;

/// <summary>Serves a declared REST API on this machine: its routes, its body check and its gateway responses, with a Lambda proxy integration behind.</summary>
/// <remarks>Who may call is not checked: moto has no policies to check it with. Who called is told to the function.</remarks>
public sealed class ApiFront : IAsyncDisposable
{
    /// <summary>10 MB (API Gateway quota "Payload size").</summary>
    private const int BodyLimit = 10 * 1024 * 1024;

    /// <summary>6 MB: what Lambda takes from the gateway (Lambda quota "Invocation payload").</summary>
    private const int EventLimit = 6 * 1024 * 1024;

    private static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly ApiFrontOptions options;
    private readonly IFunctionInvoker functions;
    private readonly TimeProvider clock;
    private readonly ApiDefinition definition;
    private readonly RouteTable routes;
    private readonly Callers callers;
    private readonly ProxyEvent events;
    private LoopbackServer? server;

    private ApiFront(ApiFrontOptions options, IFunctionInvoker functions, TimeProvider clock)
    {
        this.options = options;
        this.functions = functions;
        this.clock = clock;
        definition = ApiDefinition.Parse(options.Body);
        routes = new RouteTable(definition.Routes);
        callers = new Callers(options.AwsEndpoint, options.Region, options.AccountId);
        events = new ProxyEvent(options, clock);
    }

    /// <summary>The stage's address, for example <c>http://127.0.0.1:4581/prod</c>.</summary>
    public Uri Address => new(server!.Address, options.Stage);

    /// <summary>Reads the declaration and listens.</summary>
    /// <exception cref="Processes.StartFailedException">The port is in use, or the API has something that local does not carry out.</exception>
    [SuppressMessage("Reliability", "CA2000", Justification = "The front is handed to the caller, who disposes it.")]
    public static async Task<ApiFront> StartAsync(
        ApiFrontOptions options,
        IFunctionInvoker functions,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var front = new ApiFront(options, functions, clock);
        front.server = await LoopbackServer.StartAsync(
            options.Port,
            "--api-port",
            front.HandleAsync,
            cancellationToken
        );
        return front;
    }

    /// <summary>Stops listening.</summary>
    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }
    }

    private async Task HandleAsync(HttpContext context)
    {
        var requestId = Guid.NewGuid().ToString();
        context.Response.Headers["x-amzn-RequestId"] = requestId;
        var (stage, path) = Split(context);
        var facts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["context.requestId"] = requestId,
            ["context.extendedRequestId"] = requestId,
            ["context.apiId"] = options.ApiId,
            ["context.accountId"] = options.AccountId,
            ["context.httpMethod"] = context.Request.Method,
            ["context.path"] = $"/{stage}{path}",
            ["context.stage"] = stage,
        };
        if (stage != options.Stage)
        {
            await RefuseAsync(context, Refusal.UnknownStage, facts);
            return;
        }

        if (!routes.TryFind(context.Request.Method, path, out var route, out var parameters))
        {
            await RefuseAsync(context, Refusal.UnknownRoute, facts);
            return;
        }

        facts["context.resourcePath"] = route.Path;
        if (await RequestBody.ReadAsync(context.Request, BodyLimit) is not { } body)
        {
            await RefuseAsync(context, Refusal.TooLarge, facts);
            return;
        }

        var mediaType = RequestBody.MediaType(context.Request);
        if (route.ObjectBodies.Contains(mediaType, StringComparer.OrdinalIgnoreCase) && !RequestBody.IsObject(body))
        {
            await RefuseAsync(context, Refusal.BadBody, facts);
            return;
        }

        var isBinary = definition.BinaryMediaTypes.Contains(mediaType) || definition.BinaryMediaTypes.Contains("*/*");
        var caller = await callers.OfAsync(context.Request);
        var payload = events
            .Of(context.Request, route, path, parameters, requestId, caller, body, isBinary)
            .ToJsonString(Plain);
        if (Encoding.UTF8.GetByteCount(payload) > EventLimit)
        {
            await RefuseAsync(context, Refusal.TooLarge, facts);
            return;
        }

        await ProxyAsync(context, payload, facts);
    }

    private async Task ProxyAsync(HttpContext context, string payload, Dictionary<string, string> facts)
    {
        FunctionAnswer given;
        try
        {
            given = await functions
                .InvokeAsync(options.FunctionName, payload, context.RequestAborted)
                .WaitAsync(options.IntegrationTimeout, clock, context.RequestAborted);
        }
        catch (TimeoutException)
        {
            await RefuseAsync(context, Refusal.NoAnswer, facts);
            return;
        }

        if (given.IsError || ProxyAnswer.Parse(given.Payload) is not { } answer)
        {
            await RefuseAsync(context, Refusal.BadAnswer, facts);
            return;
        }

        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = "application/json";
        foreach (
            var header in answer.Headers.GroupBy(
                header => header.Key,
                header => header.Value,
                StringComparer.OrdinalIgnoreCase
            )
        )
        {
            context.Response.Headers[header.Key] = header.ToArray();
        }

        await SendAsync(context, answer.Body);
    }

    private async Task RefuseAsync(HttpContext context, Refusal refusal, Dictionary<string, string> facts)
    {
        var answer = definition.Responses.Answer(refusal, facts);
        context.Response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
        {
            context.Response.Headers[name] = value;
        }

        await SendAsync(context, Encoding.UTF8.GetBytes(answer.Body));
    }

    private static async Task SendAsync(HttpContext context, byte[] body)
    {
        context.Response.Headers.Remove("Transfer-Encoding");
        if (context.Response.StatusCode is StatusCodes.Status204NoContent or StatusCodes.Status304NotModified)
        {
            context.Response.Headers.ContentLength = null;
            return;
        }

        context.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
        }
    }

    // The path as it came: what is escaped in a segment must not become a separator.
    private static (string Stage, string Path) Split(HttpContext context)
    {
        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var path = target.Split('?', 2)[0].TrimStart('/');
        var end = path.IndexOf('/', StringComparison.Ordinal);
        return end < 0 ? (path, "/") : (path[..end], path[end..]);
    }
}
