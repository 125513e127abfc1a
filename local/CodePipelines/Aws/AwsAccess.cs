using Amazon.Runtime;
using Amazon.S3;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using Mlops.Local.Hosting;

namespace Mlops.Local.CodePipelines.Aws;

/// <summary>The way to the services that actions call: everything goes to one endpoint, as the session of a role.</summary>
internal sealed class AwsAccess(Uri endpoint, Uri statesEndpoint, string region) : IDisposable
{
    private readonly HttpClient http = LoopbackHttp.Client();

    /// <summary>A session of <paramref name="roleArn"/>, in the role's own account.</summary>
    /// <exception cref="AwsCallException">The role does not exist; the local STS alone would not say so.</exception>
    public async Task<RoleSession> AssumeAsync(string roleArn, string inRegion, CancellationToken cancellationToken)
    {
        using var sts = SecurityToken(new BasicAWSCredentials("AKIACODEPIPELINELOCAL", "unused"), region);
        var assumed = await sts.AssumeRoleAsync(
            new AssumeRoleRequest { RoleArn = roleArn, RoleSessionName = "codepipeline" },
            cancellationToken
        );
        var session = new RoleSession(this, assumed.Credentials, roleArn, inRegion);
        session.TrustPolicy = await session.Iam.RequireRoleAsync(roleArn, cancellationToken);
        return session;
    }

    public AmazonSecurityTokenServiceClient SecurityToken(AWSCredentials credentials, string inRegion) =>
        new(
            credentials,
            new AmazonSecurityTokenServiceConfig { ServiceURL = endpoint.AbsoluteUri, AuthenticationRegion = inRegion }
        );

    public AmazonS3Client S3(AWSCredentials credentials, string inRegion) =>
        new(
            credentials,
            new AmazonS3Config
            {
                ServiceURL = endpoint.AbsoluteUri,
                AuthenticationRegion = inRegion,
                ForcePathStyle = true,
            }
        );

    public QueryClient Query(string service, string version, Credentials credentials, string inRegion) =>
        new(http, endpoint, service, version, credentials, inRegion);

    public StatesClient States(Credentials credentials, string inRegion) =>
        new(http, statesEndpoint, credentials, inRegion);

    public void Dispose() => http.Dispose();
}
