using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Util;

namespace Amazon.StandIns;

/// <summary>The endpoint rules of a service that has one endpoint a region.</summary>
internal sealed class StandInEndpoints(string host, string fipsHost) : IEndpointProvider
{
    public static EndpointParameters Parameters(IClientConfig config, RegionEndpoint alternate)
    {
        var region = alternate?.SystemName ?? config.RegionEndpoint?.SystemName;

        if (region is null && !string.IsNullOrEmpty(config.ServiceURL))
        {
            region = string.IsNullOrEmpty(config.AuthenticationRegion)
                ? RegionEndpoint.GetBySystemName(AWSSDKUtils.DetermineRegion(config.ServiceURL)).SystemName
                : config.AuthenticationRegion;
        }

        return new EndpointParameters
        {
            ["Region"] = region,
            ["UseDualStack"] = config.UseDualstackEndpoint,
            ["UseFIPS"] = config.UseFIPSEndpoint,
            ["Endpoint"] = config.ServiceURL,
        };
    }

    public Endpoint ResolveEndpoint(EndpointParameters parameters)
    {
        var fips = parameters["UseFIPS"] is true;
        var dualStack = parameters["UseDualStack"] is true;

        if (parameters["Endpoint"] is string { Length: > 0 } given)
        {
            return fips || dualStack
                ? throw new AmazonClientException(
                    "Invalid Configuration: FIPS and Dualstack are not supported with a custom endpoint"
                )
                : new Endpoint(given);
        }

        if (parameters["Region"] is not string { Length: > 0 } region)
        {
            throw new AmazonClientException("Invalid Configuration: Missing Region");
        }

        var suffix = RegionEndpoint.GetBySystemName(region).PartitionDnsSuffix;

        if (dualStack)
        {
            suffix = suffix.EndsWith(".cn", StringComparison.Ordinal) ? "api.amazonwebservices.com.cn" : "api.aws";
        }

        return new Endpoint($"https://{(fips ? fipsHost : host)}.{region}.{suffix}");
    }
}
