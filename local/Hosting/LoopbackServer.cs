using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Mlops.Local.Processes;

namespace Mlops.Local.Hosting;

/// <summary>A bare Kestrel on 127.0.0.1 that hands every request to one delegate. Limits on bodies and rates are off: those who serve decide.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly WebApplication host;

    private LoopbackServer(WebApplication host, int port)
    {
        this.host = host;
        Port = port;
    }

    public int Port { get; }

    public Uri Address => new($"http://127.0.0.1:{Port}");

    /// <summary>Listens on <paramref name="port"/>, 0 for any free one; <paramref name="portOption"/> is the command-line option that chooses it, for the message when it is busy.</summary>
    /// <exception cref="StartFailedException">The port is in use.</exception>
    public static async Task<LoopbackServer> StartAsync(
        int port,
        string portOption,
        RequestDelegate handler,
        CancellationToken cancellationToken,
        Action<IServiceCollection>? services = null
    )
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(IPAddress.Loopback, port);
        });

        // The default lifetime would take Ctrl-C away from the program; and long polls must not hold up the end.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMilliseconds(200));
        services?.Invoke(builder.Services);

        var application = builder.Build();
        application.Run(context => ServeAsync(context, handler));
        try
        {
            await application.StartAsync(cancellationToken);
        }
        catch (IOException cause)
        {
            await application.DisposeAsync();
            throw new StartFailedException(
                $"Port {port} is in use: end what listens there, or choose another with {portOption} (0 takes any free port).",
                cause
            );
        }

        var addresses = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        return new LoopbackServer(application, new Uri(addresses.Addresses.First()).Port);
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync(CancellationToken.None);
        await host.DisposeAsync();
    }

    // There is nobody else to tell: the one who called reads what went wrong.
    private static async Task ServeAsync(HttpContext context, RequestDelegate handler)
    {
        try
        {
            await handler(context);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone.
        }
        catch (Exception bug) when (!context.Response.HasStarted)
        {
            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            context.Response.ContentType = "text/plain; charset=utf-8";
            await context.Response.WriteAsync($"mlops local failed at this request: {bug}\n");
        }
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
