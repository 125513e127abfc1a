using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Mlops.Cli.Api;
using Mlops.Cli.Local;

namespace Mlops.Cli.Assets;

/// <summary>The assets bucket of a deployment, and how it is reached.</summary>
/// <param name="Name">The bucket.</param>
/// <param name="Region">Where it is.</param>
/// <param name="Endpoint">Where its service answers; null: on AWS.</param>
/// <param name="Credentials">Finds who asks.</param>
public sealed record AssetsBucket(
    string Name,
    string Region,
    Uri? Endpoint,
    Func<CancellationToken, Task<AWSCredentials>> Credentials
)
{
    /// <summary>The local AWS takes anybody.</summary>
    private static readonly AWSCredentials Anybody = new BasicAWSCredentials("testing", "testing");

    /// <summary>The bucket that the options choose.</summary>
    /// <exception cref="ExpectedFailureException">They choose none.</exception>
    public static AssetsBucket Of(GlobalSettings settings, string? bucket, CliServices services)
    {
        if (settings.Local)
        {
            var local = LocalSystem.Read(settings.InfoFile, services);
            var name = bucket ?? local.AssetsBucket;
            return name is not null && local.Aws is not null
                ? new AssetsBucket(name, local.Region, local.Aws, _ => Task.FromResult(Anybody))
                : throw new ExpectedFailureException(
                    "The local system does not say where its assets bucket is.",
                    LocalSystem.Remedy
                );
        }

        var given = bucket ?? services.ReadEnvironment(CliEnvironment.AssetsBucket);
        if (string.IsNullOrWhiteSpace(given))
        {
            throw new ExpectedFailureException(
                "No assets bucket is given.",
                $"Pass --bucket NAME or set {CliEnvironment.AssetsBucket}; its name is printed by: pulumi stack output assetsBucket. For the system on this machine pass --local."
            );
        }

        var region = ApiAddress.RegionOf(settings, services, $"the bucket {given.Trim()}");
        var credentials = new UsualCredentials(region, settings.Profile);
        return new AssetsBucket(given.Trim(), region, null, credentials.ResolveAsync);
    }

    /// <summary>A client of its service.</summary>
    /// <exception cref="ExpectedFailureException">There are no credentials.</exception>
    public async Task<AmazonS3Client> ConnectAsync(HttpClientFactory? http, CancellationToken cancellation)
    {
        var config = new AmazonS3Config { HttpClientFactory = http };
        if (Endpoint is null)
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(Region);
        }
        else
        {
            config.ServiceURL = Endpoint.AbsoluteUri;
            config.AuthenticationRegion = Region;
            config.ForcePathStyle = true;
        }

        return new AmazonS3Client(await Credentials(cancellation), config);
    }
}
