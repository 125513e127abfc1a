using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;

namespace Mlops.Cli.Api;

/// <summary>What AWSSDK.Core wants to know before it looks for credentials or signs.</summary>
internal sealed class ApiClientConfig : ClientConfig
{
    public ApiClientConfig(string region, string? profile = null)
        : base(new NoDefaults())
    {
        RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        if (profile is not null)
        {
            Profile = new Profile(profile);
        }
    }

    public override string ServiceVersion => "2015-07-09";

    public override string UserAgent => "mlops";

    public override string RegionEndpointServiceName => "execute-api";

    // The address is the user's, never worked out from a region.
    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        throw new NotSupportedException();

    private sealed class NoDefaults : IDefaultConfigurationProvider
    {
        public IDefaultConfiguration GetDefaultConfiguration(
            RegionEndpoint clientRegion,
            DefaultConfigurationMode? requestedConfigurationMode = null
        ) =>
            new DefaultConfiguration
            {
                Name = DefaultConfigurationMode.Standard,
                RetryMode = RequestRetryMode.Standard,
            };
    }
}
