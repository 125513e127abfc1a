using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mlops.Bench;

/// <summary>Lambda's Runtime API for one process: hands out events and notes when each answer arrives.</summary>
internal sealed class RuntimeApi : IAsyncDisposable
{
    /// <summary>As Lambda gives it for a call that is traced.</summary>
    public const string TraceHeader = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";

    private static readonly TimeSpan TimeLimit = TimeSpan.FromMinutes(1);

    private readonly WebApplication _server;
    private readonly Channel<(string Body, TimeSpan Time)> _events;
    private readonly Channel<RuntimeAnswer> _answers;

    private RuntimeApi(
        WebApplication server,
        Channel<(string Body, TimeSpan Time)> events,
        Channel<RuntimeAnswer> answers
    ) => (_server, _events, _answers) = (server, events, answers);

    public string Address =>
        new Uri(
            _server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()
        ).Authority;

    public static async Task<RuntimeApi> StartAsync()
    {
        var events = Channel.CreateUnbounded<(string Body, TimeSpan Time)>();
        var answers = Channel.CreateUnbounded<RuntimeAnswer>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = builder.Build();
        server.MapGet(
            "/2018-06-01/runtime/invocation/next",
            async (HttpContext context) =>
            {
                var (body, time) = await events.Reader.ReadAsync(context.RequestAborted);
                context.Response.Headers["Lambda-Runtime-Aws-Request-Id"] = "00000000-0000-4000-8000-000000000000";
                context.Response.Headers["Lambda-Runtime-Deadline-Ms"] =
                    $"{DateTimeOffset.UtcNow.Add(time).ToUnixTimeMilliseconds()}";
                context.Response.Headers["Lambda-Runtime-Invoked-Function-Arn"] =
                    "arn:aws:lambda:us-east-1:123456789012:function:bench";
                context.Response.Headers["Lambda-Runtime-Trace-Id"] = TraceHeader;
                context.Response.ContentType = "application/json";
                await context.Response.WriteAsync(body, context.RequestAborted);
            }
        );
        server.MapPost(
            "/2018-06-01/{**rest}",
            async (HttpContext context) =>
            {
                using var reader = new StreamReader(context.Request.Body);
                var body = await reader.ReadToEndAsync(context.RequestAborted);
                var isError = context.Request.Path.Value!.EndsWith("/error", StringComparison.Ordinal);
                answers.Writer.TryWrite(new RuntimeAnswer(Stopwatch.GetTimestamp(), isError, body));
                context.Response.StatusCode = 202;
            }
        );
        await server.StartAsync();
        return new RuntimeApi(server, events, answers);
    }

    /// <summary>Hands out one event and waits for its answer.</summary>
    public Task<RuntimeAnswer> InvokeAsync(string json, CancellationToken cancellationToken) =>
        InvokeAsync(json, TimeLimit, cancellationToken);

    /// <summary>Hands out one event, which has to be answered within <paramref name="time"/>, and waits for its answer.</summary>
    public async Task<RuntimeAnswer> InvokeAsync(string json, TimeSpan time, CancellationToken cancellationToken)
    {
        _events.Writer.TryWrite((json, time));
        return await _answers.Reader.ReadAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}

/// <summary>What a function answered.</summary>
/// <param name="Timestamp">When the answer was complete.</param>
/// <param name="IsError">Whether it is the report of an exception.</param>
/// <param name="Body">The answer, or the report.</param>
internal sealed record RuntimeAnswer(long Timestamp, bool IsError, string Body);
