using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Mlops.Local.Functions;
using Mlops.Local.Hosting;
using Yarp.ReverseProxy.Forwarder;

namespace Mlops.Local.Gateway;

/// <summary>
/// The one endpoint of the local AWS. Requests for a service that has a handler go to it, invocations of functions to the
/// function host, everything else to moto as it came: host, signature and body untouched, streamed both ways.
/// </summary>
public sealed class AwsGateway : IAsyncDisposable
{
    private static readonly ForwarderRequestConfig Patient = new() { ActivityTimeout = TimeSpan.FromMinutes(10) };

    private readonly ConcurrentDictionary<string, RequestDelegate> handlers = new(StringComparer.Ordinal);
    private readonly HttpMessageInvoker http = new(LoopbackHttp.Handler());
    private readonly MotoTransformer transformer = new();
    private readonly Uri aws;
    private LoopbackServer? server;
    private volatile LambdaInvokeApi? lambda;

    private readonly EndpointCheck endpoints;
    private readonly ModelCardUpdate cardUpdates;
    private readonly Pretences pretences;
    private readonly StackQueries stackQueries;

    private AwsGateway(Uri aws)
    {
        this.aws = aws;
        endpoints = new EndpointCheck(aws, http);
        cardUpdates = new ModelCardUpdate(aws, http);
        var calls = new BufferedCall(aws, http);
        pretences = new Pretences(calls);
        stackQueries = new StackQueries(calls, pretences);
    }

    /// <summary>What callers use as endpoint URL.</summary>
    public Uri Endpoint => server!.Address;

    /// <summary>Listens on 127.0.0.1:<paramref name="port"/> (0 takes any free one) and forwards all to <paramref name="aws"/> until handlers are added.</summary>
    /// <exception cref="Processes.StartFailedException">The port is in use.</exception>
    [SuppressMessage("Reliability", "CA2000", Justification = "The gateway is handed to the caller, who disposes it.")]
    public static async Task<AwsGateway> StartAsync(Uri aws, int port, CancellationToken cancellationToken)
    {
        var gateway = new AwsGateway(aws);
        gateway.server = await LoopbackServer.StartAsync(
            port,
            "--port",
            gateway.HandleAsync,
            cancellationToken,
            services => services.AddHttpForwarder()
        );
        return gateway;
    }

    /// <summary>From now on <paramref name="handler"/> serves the requests whose signature names <paramref name="service"/> (for example <c>codepipeline</c>); it may pass one on with <see cref="ForwardAsync"/>.</summary>
    public void Handle(string service, RequestDelegate handler) => handlers[service] = handler;

    /// <summary>From now on Lambda's Invoke runs <paramref name="functions"/>; the other Lambda calls stay moto's.</summary>
    public void InvokeWith(IFunctionInvoker functions) => lambda = new LambdaInvokeApi(functions);

    /// <summary>From now on a rehearsal can end approvals that wait: <paramref name="end"/> gets the pipeline's name, and says whether any did.</summary>
    public void EndApprovalsWith(Func<string, bool> end) => pretences.EndApprovals = end;

    /// <summary>From now on a rehearsal can say how many pipelines an account may have.</summary>
    public void RaiseQuotaWith(Action<int> raise) => pretences.RaiseQuota = raise;

    /// <summary>Sends a request on to moto and its answer back; a handler uses it for the operations that it does not serve itself.</summary>
    public async Task ForwardAsync(HttpContext context)
    {
        var forwarder = context.RequestServices.GetRequiredService<IHttpForwarder>();
        var error = await forwarder.SendAsync(
            context,
            aws.GetLeftPart(UriPartial.Authority),
            http,
            Patient,
            transformer
        );
        if (error is ForwarderError.Request && !context.Response.HasStarted)
        {
            context.Response.ContentType = "text/plain; charset=utf-8";
            await context.Response.WriteAsync($"The local AWS at {aws} does not answer.\n", context.RequestAborted);
        }
    }

    /// <summary>Stops listening; requests that run are given up.</summary>
    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        http.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        if (lambda is { } invoke && LambdaInvokeApi.FunctionOf(context.Request) is { } function)
        {
            await invoke.HandleAsync(context, function);
        }
        else if (RequestedService.Of(context.Request) is { } service && handlers.TryGetValue(service, out var handler))
        {
            await handler(context);
        }
        else if (Pretences.IsSwitch(context.Request))
        {
            await pretences.SwitchAsync(context);
        }
        else if (Pretences.IsEndpoint(context.Request))
        {
            if (await pretences.PassesAsync(context))
            {
                await ForwardAsync(context);
            }
        }
        else if (StackQueries.Is(context.Request))
        {
            if (await stackQueries.PassesAsync(context))
            {
                await ForwardAsync(context);
            }
        }
        else if (ModelCardUpdate.Is(context.Request))
        {
            if (await cardUpdates.CompleteAsync(context))
            {
                await ForwardAsync(context);
            }
        }
        else if (
            EndpointCheck.EndpointOf(context.Request) is not { } endpoint
            || await endpoints.PassesAsync(context, endpoint)
        )
        {
            await ForwardAsync(context);
        }
    }
}
