using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Mlops.Provisioning.Telemetry;

namespace Mlops.Provisioning.Aws;

/// <summary>
/// Tells X-Ray of every call that an SDK client makes. The SDK's registry is how its own X-Ray and OpenTelemetry packages
/// hook in; docs/decisions/0004 says why this is not one of them.
/// </summary>
public sealed class CallTracing : IRuntimePipelineCustomizer
{
    private const string DaemonAddress = "AWS_XRAY_DAEMON_ADDRESS";
    private const string TraceHeader = "_X_AMZN_TRACE_ID";

    private readonly XRayDaemon _daemon;
    private readonly Func<string, string?> _read;
    private readonly Func<string> _newId;
    private readonly TimeProvider _clock;

    private CallTracing(XRayDaemon daemon, Func<string, string?> read, Func<string> newId, TimeProvider clock) =>
        (_daemon, _read, _newId, _clock) = (daemon, read, newId, clock);

    /// <inheritdoc />
    public string UniqueName => "Mlops.CallTracing";

    /// <summary>What to register before the first client is made; null where no daemon is, as on a developer's machine.</summary>
    /// <param name="read">Gives a variable of the environment: the daemon's address now, the trace at each call.</param>
    /// <param name="newId">Gives sixteen random hexadecimal digits.</param>
    /// <param name="clock">Times the calls.</param>
    public static CallTracing? Over(Func<string, string?> read, Func<string> newId, TimeProvider clock) =>
        XRayDaemon.At(read(DaemonAddress)) is { } daemon ? new CallTracing(daemon, read, newId, clock) : null;

    /// <summary>Around the retries: one call of ours is one subsegment, however often it was tried.</summary>
    public void Customize(Type type, RuntimePipeline pipeline) =>
        pipeline.AddHandlerBefore<RetryHandler>(new Handler(this));

    private void Tell(IExecutionContext execution, TraceContext trace, DateTimeOffset start, Exception? failure)
    {
        var request = execution.RequestContext;
        var refusal = failure as AmazonServiceException;
        var response = execution.ResponseContext?.HttpResponse;
        _daemon.Send(
            new Subsegment
            {
                Context = trace,
                Id = _newId(),
                Service = request.ServiceMetaData.ServiceId,
                Operation = Operation(request.RequestName),
                Region = request.ClientConfig.RegionEndpoint?.SystemName,
                Start = start,
                End = _clock.GetUtcNow(),
                Retries = request.Retries,
                RequestId = refusal?.RequestId ?? execution.ResponseContext?.Response?.ResponseMetadata?.RequestId,
                Status = (int?)(refusal?.StatusCode ?? response?.StatusCode) is > 0 and var status ? status : null,
                Error = failure is null ? null : refusal?.ErrorCode ?? failure.GetType().Name,
            }
        );
    }

    private static string Operation(string requestName) =>
        requestName.EndsWith("Request", StringComparison.Ordinal) ? requestName[..^"Request".Length] : requestName;

    private sealed class Handler(CallTracing tracing) : PipelineHandler
    {
        public override async Task<T> InvokeAsync<T>(IExecutionContext executionContext)
        {
            if (TraceContext.Sampled(tracing._read(TraceHeader)) is not { } trace)
            {
                return await base.InvokeAsync<T>(executionContext);
            }

            var start = tracing._clock.GetUtcNow();
            T response;
            try
            {
                response = await base.InvokeAsync<T>(executionContext);
            }
            catch (Exception failure)
            {
                tracing.Tell(executionContext, trace, start, failure);
                throw;
            }

            tracing.Tell(executionContext, trace, start, failure: null);
            return response;
        }
    }
}
