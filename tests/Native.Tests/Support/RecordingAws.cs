using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mlops.Native.Tests.Support;

/// <summary>Takes every call of an AWS JSON protocol, answers <c>{}</c>, and remembers what came over the wire.</summary>
internal sealed class RecordingAws : IAsyncDisposable
{
    private readonly ConcurrentQueue<(string Target, JsonNode? Body)> calls = [];
    private readonly WebApplication server;

    private RecordingAws()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        server = builder.Build();
        server.Run(AnswerAsync);
    }

    public string Url =>
        server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public IReadOnlyList<(string Target, JsonNode? Body)> Calls => [.. calls];

    public static async Task<RecordingAws> StartAsync()
    {
        var aws = new RecordingAws();
        await aws.server.StartAsync();
        return aws;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        calls.Enqueue(($"{context.Request.Headers["X-Amz-Target"]}", body.Length == 0 ? null : JsonNode.Parse(body)));
        context.Response.ContentType = "application/x-amz-json-1.1";
        await context.Response.WriteAsync("{}", context.RequestAborted);
    }
}
