using System.Collections.Concurrent;
using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using Microsoft.AspNetCore.Http;
using Mlops.Local.Gateway;

namespace Mlops.Local.Api;

/// <summary>Who sent a request, as far as its access key tells; signatures are not checked locally.</summary>
internal sealed record Caller(string AccountId, string UserId, string Arn, string? AccessKey);

/// <summary>Asks STS once per access key.</summary>
internal sealed class Callers(Uri awsEndpoint, string region, string accountId)
{
    /// <summary>What stands for the caller of a request without a signature.</summary>
    public const string Unsigned = "unsigned (local)";

    private readonly ConcurrentDictionary<string, Task<Caller>> known = new(StringComparer.Ordinal);

    public async Task<Caller> OfAsync(HttpRequest request)
    {
        if (RequestedService.AccessKey(request) is not { } accessKey)
        {
            return new Caller(accountId, Unsigned, Unsigned, AccessKey: null);
        }

        try
        {
            return await known.GetOrAdd(accessKey, AskAsync);
        }
        catch (AmazonServiceException)
        {
            known.TryRemove(accessKey, out _);
            throw;
        }
    }

    private async Task<Caller> AskAsync(string accessKey)
    {
        using var sts = new AmazonSecurityTokenServiceClient(
            new BasicAWSCredentials(accessKey, "not checked locally"),
            new AmazonSecurityTokenServiceConfig
            {
                ServiceURL = awsEndpoint.GetLeftPart(UriPartial.Authority),
                AuthenticationRegion = region,
            }
        );
        var identity = await sts.GetCallerIdentityAsync(new GetCallerIdentityRequest());
        return new Caller(identity.Account, identity.UserId, identity.Arn, accessKey);
    }
}
