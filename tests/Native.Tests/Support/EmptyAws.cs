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

/// <summary>
/// An AWS in which there is nothing but some objects, where every write succeeds, and which remembers every call. Of what
/// was made there it shows what says that it is there: the tags of pipelines, the metadata of objects.
/// </summary>
internal sealed class EmptyAws : IAsyncDisposable
{
    /// <summary>Of an object that came in parts, which clients do not take for a checksum.</summary>
    private const string ETag = "\"d41d8cd98f00b204e9800998ecf8427e-1\"";

    private readonly ConcurrentQueue<(string Call, JsonNode? Body)> calls = [];
    private readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, string>> metadata = new();
    private readonly WebApplication server;

    private EmptyAws()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        server = builder.Build();
        server.Run(AnswerAsync);
    }

    public string Url =>
        server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>By <c>bucket/key</c>.</summary>
    public ConcurrentDictionary<string, byte[]> Objects { get; } = new();

    /// <summary>The operation, or the method and the path.</summary>
    public IReadOnlyList<(string Call, JsonNode? Body)> Calls => [.. calls];

    public static async Task<EmptyAws> StartAsync()
    {
        var aws = new EmptyAws();
        await aws.server.StartAsync();
        return aws;
    }

    /// <summary>The bodies of one operation since so many calls.</summary>
    public IReadOnlyList<JsonNode> Of(string operation, int since) =>
        [
            .. Calls
                .Skip(since)
                .Where(one => one.Call.EndsWith($".{operation}", StringComparison.Ordinal))
                .Select(one => one.Body!),
        ];

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private Task AnswerAsync(HttpContext context) =>
        context.Request.Headers["X-Amz-Target"].ToString() is { Length: > 0 } target
            ? OperateAsync(context, target)
            : StoreAsync(context);

    private async Task OperateAsync(HttpContext context, string target)
    {
        var body = await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        calls.Enqueue((target, body));
        context.Response.ContentType = "application/x-amz-json-1.1";
        var operation = target[(target.LastIndexOf('.') + 1)..];
        context.Response.StatusCode = operation == "GetPipeline" ? 400 : 200;
        await context.Response.WriteAsync(
            operation switch
            {
                "GetPipeline" => """{"__type":"PipelineNotFoundException","message":"none"}""",
                "CreatePipeline" => new JsonObject { ["pipeline"] = body!["pipeline"]!.DeepClone() }.ToJsonString(),
                "GetResources" => Tagged().ToJsonString(),
                _ => "{}",
            },
            context.RequestAborted
        );
    }

    private JsonObject Tagged()
    {
        var made = Of("CreatePipeline", 0)
            .Select(one => new JsonObject
            {
                ["ResourceARN"] = $"arn:aws:codepipeline:us-east-1:123456789012:{one["pipeline"]!["name"]}",
                ["Tags"] = new JsonArray([
                    .. one["tags"]!
                        .AsArray()
                        .Select(tag => new JsonObject
                        {
                            ["Key"] = (string?)tag!["key"],
                            ["Value"] = (string?)tag["value"],
                        }),
                ]),
            });
        return new JsonObject { ["ResourceTagMappingList"] = new JsonArray([.. made]) };
    }

    private async Task StoreAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        await request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        calls.Enqueue(($"{request.Method} {request.Path}", null));
        if (HttpMethods.IsPut(request.Method))
        {
            metadata[request.Path] = request
                .Headers.Where(one => one.Key.StartsWith("x-amz-meta-", StringComparison.OrdinalIgnoreCase))
                .ToDictionary(one => one.Key, one => $"{one.Value}");
            response.Headers["x-amz-version-id"] = "version-1";
            response.Headers.ETag = ETag;
        }
        else if (HttpMethods.IsHead(request.Method) && metadata.TryGetValue(request.Path, out var known))
        {
            response.Headers["x-amz-version-id"] = "version-1";
            response.Headers.ETag = ETag;
            foreach (var (name, value) in known)
            {
                response.Headers[name] = value;
            }
        }
        else if (Objects.TryGetValue(request.Path.Value!.TrimStart('/'), out var content))
        {
            response.Headers.ETag = ETag;
            response.ContentLength = content.Length;
            await response.Body.WriteAsync(content, context.RequestAborted);
        }
        else
        {
            response.StatusCode = StatusCodes.Status404NotFound;
        }
    }
}
