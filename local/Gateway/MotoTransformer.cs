using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Forwarder;

namespace Mlops.Local.Gateway;

/// <summary>Leaves requests as they are, and marks the answers that moto makes up.</summary>
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

        return hasBody;
    }
}
