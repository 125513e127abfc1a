using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Forwarder;

namespace Mlops.Local.Gateway;

/// <summary>Leaves requests as they are, marks the answers that moto makes up, and says of a call that moto does not know that it is so.</summary>
internal sealed class MotoTransformer : HttpTransformer
{
    /// <summary>On an answer of <c>InvokeEndpoint</c>: no model has seen the request.</summary>
    public const string Marker = "x-mlops-local";

    public const string Canned = "canned by moto";

    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext,
        HttpRequestMessage proxyRequest,
        string destinationPrefix,
        CancellationToken cancellationToken
    )
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);

        // The path exactly as it was signed and sent: keys of S3 have escapes that must not be normalized.
        var target = httpContext.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget;
        if (target.StartsWith('/'))
        {
            proxyRequest.RequestUri = new Uri(
                destinationPrefix + target,
                new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }
            );
        }

        // Kestrel has answered that already; moto would keep the client waiting for a second.
        proxyRequest.Headers.ExpectContinue = false;
    }

    public override async ValueTask<bool> TransformResponseAsync(
        HttpContext httpContext,
        HttpResponseMessage? proxyResponse,
        CancellationToken cancellationToken
    )
    {
        var hasBody = await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        if (proxyResponse is not null && EndpointCheck.EndpointOf(httpContext.Request) is not null)
        {
            httpContext.Response.Headers[Marker] = Canned;
        }

        if (proxyResponse is null || UnknownCall(httpContext.Request, proxyResponse) is not { } call)
        {
            return hasBody;
        }

        await RefuseAsync(httpContext, call, cancellationToken);
        return false;
    }

    /// <summary>
    /// moto answers a call of a JSON protocol that it does not have with a page in HTML and status 500: a client tries it again
    /// and then has no words for it.
    /// </summary>
    private static string? UnknownCall(HttpRequest request, HttpResponseMessage answer) =>
        answer.StatusCode == HttpStatusCode.InternalServerError
        && answer.Content.Headers.ContentType?.MediaType == "text/html"
        && request.Headers["X-Amz-Target"].ToString() is { Length: > 0 } target
            ? target
            : null;

    private static async Task RefuseAsync(HttpContext context, string call, CancellationToken cancellationToken)
    {
        var body = new JsonObject
        {
            ["__type"] = "NotImplemented",
            ["message"] = $"The local AWS (moto) does not carry out {call}.",
        }.ToJsonString();
        context.Response.Headers.Clear();
        context.Response.StatusCode = StatusCodes.Status501NotImplemented;
        context.Response.ContentType = "application/x-amz-json-1.1";
        await context.Response.WriteAsync(body, cancellationToken);
    }
}
