using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;
using Amazon.Runtime.Internal.Util;

namespace Mlops.Cli.Api;

/// <summary>Signs a request to API Gateway, or to another service, with AWS Signature Version 4.</summary>
/// <param name="credentials">Finds the credentials, once per request: they may expire while a pipeline is watched.</param>
/// <param name="region">Region of the API.</param>
/// <param name="clock">Signatures are good for five minutes.</param>
/// <param name="service">Its name in signatures.</param>
public sealed class SigV4Signer(
    Func<CancellationToken, Task<ImmutableCredentials>> credentials,
    string region,
    TimeProvider clock,
    string service = "execute-api"
) : IRequestSigner
{
    /// <inheritdoc />
    public async Task SignAsync(HttpRequestMessage request, byte[] body, CancellationToken cancellation)
    {
        var found = await credentials(cancellation);
        var address = request.RequestUri ?? throw new ArgumentException("The request has no address.", nameof(request));
        using var signed = new DefaultRequest(new NoOperation(), service)
        {
            HttpMethod = request.Method.Method,
            Endpoint = new Uri(address.GetLeftPart(UriPartial.Authority)),
            ResourcePath = address.AbsolutePath,
            Content = body,
            AuthenticationRegion = region,
            OverrideSigningServiceName = service,
            UseQueryString = true,
        };
        foreach (var (name, value) in QueryOf(address))
        {
            signed.Parameters[name] = value;
        }

        foreach (
            var (name, values) in request.Content?.Headers
                ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>()
        )
        {
            signed.Headers[name] = string.Join(',', values);
        }

        // Such a header says what is asked for (X-Amz-Target): without it in the signature it could be exchanged.
        foreach (var (name, values) in request.Headers.Where(header => IsOfAws(header.Key)))
        {
            signed.Headers[name] = string.Join(',', values);
        }

        if (found.UseToken)
        {
            signed.Headers["X-Amz-Security-Token"] = found.Token;
        }

        var signature = new AWS4Signer().SignRequest(
            signed,
            new ApiClientConfig(region),
            new RequestMetrics(),
            found.AccessKey,
            found.SecretKey,
            clock.GetUtcNow().UtcDateTime
        );

        foreach (var (name, value) in signed.Headers)
        {
            if (IsOfAws(name) && !request.Headers.Contains(name))
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        request.Headers.TryAddWithoutValidation("Authorization", signature.ForAuthorizationHeader);
    }

    private static bool IsOfAws(string header) => header.StartsWith("X-Amz-", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<(string Name, string Value)> QueryOf(Uri address) =>
        address
            .Query.TrimStart('?')
            .Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(parameter => parameter.Split('=', 2))
            .Select(parts =>
                (Uri.UnescapeDataString(parts[0]), Uri.UnescapeDataString(parts.ElementAtOrDefault(1) ?? ""))
            );

    private sealed class NoOperation : AmazonWebServiceRequest;
}
