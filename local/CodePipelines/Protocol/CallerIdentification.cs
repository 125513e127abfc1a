using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Amazon.Runtime;
using Amazon.SecurityToken.Model;
using Microsoft.AspNetCore.Http;
using Mlops.Local.CodePipelines.Aws;

namespace Mlops.Local.CodePipelines.Protocol;

/// <summary>Finds the caller by the access key in the signature. The signature itself is not checked: the local STS knows no secrets.</summary>
internal sealed partial class CallerIdentification(AwsAccess aws)
{
    private readonly ConcurrentDictionary<string, (string Account, string Arn)> known = new(StringComparer.Ordinal);

    /// <exception cref="ServiceException">The request is not signed.</exception>
    public async Task<Caller> IdentifyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var scope = CredentialScope().Match(request.Headers.Authorization.ToString());
        if (!scope.Success)
        {
            throw new ServiceException(
                "MissingAuthenticationTokenException",
                "Request is missing an AWS Signature Version 4 Authorization header"
            );
        }

        var (key, region) = (scope.Groups["key"].Value, scope.Groups["region"].Value);
        if (!known.TryGetValue(key, out var identity))
        {
            identity = await AskAsync(
                key,
                request.Headers["X-Amz-Security-Token"].ToString(),
                region,
                cancellationToken
            );
            known[key] = identity;
        }

        return new Caller(identity.Account, region, identity.Arn);
    }

    private async Task<(string Account, string Arn)> AskAsync(
        string key,
        string sessionToken,
        string region,
        CancellationToken cancellationToken
    )
    {
        AWSCredentials credentials =
            sessionToken.Length > 0
                ? new SessionAWSCredentials(key, "unknown-here", sessionToken)
                : new BasicAWSCredentials(key, "unknown-here");
        using var sts = aws.SecurityToken(credentials, region);

        var identity = await sts.GetCallerIdentityAsync(new GetCallerIdentityRequest(), cancellationToken);
        return (identity.Account, identity.Arn);
    }

    [GeneratedRegex(
        @"Credential=(?<key>[^/\s,]+)/\d{8}/(?<region>[^/\s,]+)/",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex CredentialScope();
}
