using Amazon.Runtime;
using Amazon.Runtime.Credentials.Internal;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;

namespace Amazon.StandIns;

/// <summary>What a service adds to the pipeline of AWSSDK.Core: where its endpoint is, and that it is signed.</summary>
internal static class StandInPipeline
{
    // Called by the base constructor: nothing here may depend on a field of the client.
    public static void Customize(RuntimePipeline pipeline)
    {
        pipeline.RemoveHandler<EndpointResolver>();
        pipeline.AddHandlerAfter<Marshaller>(new StandInEndpointResolver());
        pipeline.AddHandlerAfter<Marshaller>(new StandInAuthSchemes());
    }

    private sealed class StandInAuthSchemes : BaseAuthResolverHandler
    {
        protected override List<IAuthSchemeOption> ResolveAuthOptions(IExecutionContext executionContext) =>
            AuthSchemeOption.DEFAULT_SIGV4;
    }

    private sealed class StandInEndpointResolver : BaseEndpointResolver
    {
        protected override void ServiceSpecificHandler(
            IExecutionContext executionContext,
            EndpointParameters parameters
        ) => InjectHostPrefix(executionContext.RequestContext);

        protected override EndpointParameters MapEndpointsParameters(IRequestContext requestContext) =>
            StandInEndpoints.Parameters(requestContext.ClientConfig, requestContext.Request.AlternateEndpoint);
    }
}

internal sealed class StandInMetadata(string serviceId) : IServiceMetadata
{
    public string ServiceId => serviceId;

    public IDictionary<string, string> OperationNameMapping { get; } = new Dictionary<string, string>(0);
}

/// <summary>The time limits of the SDK's default configuration modes.</summary>
internal static class StandInDefaults
{
    public static IEnumerable<IDefaultConfiguration> All =>
        [
            Mode(DefaultConfigurationMode.Standard, 3.1),
            Mode(DefaultConfigurationMode.InRegion, 1.1),
            Mode(DefaultConfigurationMode.CrossRegion, 3.1),
            Mode(DefaultConfigurationMode.Mobile, 30),
            Mode(DefaultConfigurationMode.Auto, 1.1),
        ];

    private static DefaultConfiguration Mode(DefaultConfigurationMode name, double connectSeconds) =>
        new()
        {
            Name = name,
            RetryMode = RequestRetryMode.Standard,
            S3UsEast1RegionalEndpoint = S3UsEast1RegionalEndpointValue.Regional,
            ConnectTimeout = TimeSpan.FromSeconds(connectSeconds),
            TlsNegotiationTimeout = TimeSpan.FromSeconds(connectSeconds),
        };
}
