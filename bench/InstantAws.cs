using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mlops.Bench;

/// <summary>An AWS that answers at once: what is measured is the function, not a service. No package is there, no pipeline is
/// there, and every write succeeds.</summary>
internal sealed class InstantAws : IAsyncDisposable
{
    private const string Json = "application/x-amz-json-1.1";
    private readonly WebApplication _server;

    private InstantAws(WebApplication server) => _server = server;

    public string Url =>
        _server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public static async Task<InstantAws> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = builder.Build();
        server.Run(AnswerAsync);
        await server.StartAsync();
        return new InstantAws(server);
    }

    private static async Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        var response = context.Response;
        await request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        if (request.Headers["X-Amz-Target"].ToString() is { Length: > 0 } target)
        {
            response.ContentType = Json;
            var isUnknown = target.EndsWith(".GetPipeline", StringComparison.Ordinal);
            response.StatusCode = isUnknown ? 400 : 200;
            await response.WriteAsync(
                isUnknown
                    ? """{"__type":"PipelineNotFoundException","message":"none"}"""
                    : """{"pipelineExecutionSummaries":[]}""",
                context.RequestAborted
            );
        }
        else if (HttpMethods.IsPut(request.Method))
        {
            response.Headers["x-amz-version-id"] = "version-1";
            response.Headers.ETag = "\"0\"";
        }
        else
        {
            response.StatusCode = 404;
        }
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
