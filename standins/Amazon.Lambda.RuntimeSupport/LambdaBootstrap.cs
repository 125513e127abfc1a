using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport.Bootstrap;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Asks the runtime API for an event, has it handled, answers, and asks again.</summary>
public class LambdaBootstrap : IDisposable
{
    // An idle function's request for its next event is answered when there is one, hours later if need be.
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(12);

    private readonly Handler _handler;
    private readonly LambdaBootstrapInitializer _initializer;
    private readonly HttpClient _ownedClient;
    private readonly RuntimeApi _api;
    private readonly LogWriter _log = LogWriter.OverConsole();

    public LambdaBootstrap(
        HttpClient httpClient,
        LambdaBootstrapHandler handler,
        LambdaBootstrapInitializer initializer = null
    )
        : this(httpClient, new Handler(handler, null), new LambdaBootstrapOptions(), initializer) { }

    public LambdaBootstrap(LambdaBootstrapHandler handler, LambdaBootstrapInitializer initializer = null)
        : this(null, new Handler(handler, null), new LambdaBootstrapOptions(), initializer) { }

    internal LambdaBootstrap(
        HttpClient httpClient,
        Handler handler,
        LambdaBootstrapOptions options,
        LambdaBootstrapInitializer initializer
    )
    {
        _handler = handler;
        _initializer = initializer;
        _ownedClient = httpClient is null ? ConstructHttpClient() : null;

        var client = httpClient ?? _ownedClient;
        client.Timeout = LongestWait;
        _api = new RuntimeApi(client, options.RuntimeApiEndpoint);
    }

    public static HttpClient ConstructHttpClient()
    {
        var client = new HttpClient();
        client.DefaultRequestHeaders.Add("User-Agent", $"aws-lambda-dotnet/{Environment.Version}-standin");
        return client;
    }

    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        if (_initializer is not null && !await InitializeAsync())
        {
            return;
        }

        // One event and out: for profiling and tests, never set on AWS.
        var once = string.Equals(
            Environment.GetEnvironmentVariable("AWS_LAMBDA_DOTNET_DEBUG_RUN_ONCE"),
            "true",
            StringComparison.OrdinalIgnoreCase
        );

        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await InvokeOnceAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (OperationCanceledException)
            {
                continue; // Nothing came within the longest wait: ask again.
            }

            if (once)
            {
                return;
            }
        }
    }

    public void Dispose() => Dispose(true);

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _ownedClient?.Dispose();
        }
    }

    private async Task<bool> InitializeAsync()
    {
        try
        {
            return await _initializer();
        }
        catch (Exception exception)
        {
            _log.Write(nameof(LogLevel.Error), exception, null, []);
            await _api.InitializationFailedAsync(exception);
            throw;
        }
    }

    private async Task InvokeOnceAsync(CancellationToken cancellationToken)
    {
        using var invocation = await _api.NextAsync(_log, _handler.Serializer, cancellationToken);
        var context = invocation.LambdaContext;
        _log.Current = context;
        Environment.SetEnvironmentVariable("_X_AMZN_TRACE_ID", context.TraceId);

        InvocationResponse response;

        try
        {
            response = await _handler.Invoke(invocation);
        }
        catch (Exception exception)
        {
            _log.Write(nameof(LogLevel.Error), exception, null, []);
            await _api.FailedAsync(context.AwsRequestId, exception, cancellationToken);
            return;
        }

        try
        {
            await _api.SucceededAsync(context.AwsRequestId, response?.OutputStream, cancellationToken);
        }
        finally
        {
            if (response is { DisposeOutputStream: true })
            {
                response.OutputStream?.Dispose();
            }
        }
    }
}
