using System.Collections.Concurrent;
using System.Globalization;
using Mlops.Local.Processes;

namespace Mlops.Local.Functions;

/// <summary>One function: its processes, which it keeps for the next event, and its log.</summary>
internal sealed class LocalFunction(
    FunctionDeclaration declaration,
    FunctionPackage package,
    FunctionHostOptions host,
    TimeProvider clock
) : IAsyncDisposable
{
    private readonly ConcurrentStack<ExecutionEnvironment> idle = new();
    private readonly ConcurrentDictionary<ExecutionEnvironment, byte> alive = new();
    private readonly SemaphoreSlim places = new(host.MaximumConcurrency);
    private readonly LogFile log = new(Path.Combine(host.LogDirectory, $"{declaration.Name}.log"));
    private readonly CancellationTokenSource ending = new();

    public FunctionDeclaration Declaration { get; } = declaration;

    /// <summary>Cancelled when local ends.</summary>
    public CancellationToken Ending => ending.Token;

    public async Task<FunctionAnswer> InvokeAsync(string payload)
    {
        await places.WaitAsync(ending.Token);
        try
        {
            return await RunAsync(new Invocation(payload));
        }
        finally
        {
            places.Release();
        }
    }

    /// <summary>A note of ours beside the function's own lines.</summary>
    public void Note(string line) => log.Write(line);

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        foreach (var environment in alive.Keys)
        {
            await DiscardAsync(environment);
        }

        log.Dispose();
    }

    private async Task<FunctionAnswer> RunAsync(Invocation invocation)
    {
        log.Write($"START RequestId: {invocation.RequestId} Version: $LATEST");
        var started = clock.GetTimestamp();
        FunctionAnswer? answer = null;
        while (answer is null)
        {
            ending.Token.ThrowIfCancellationRequested();
            var environment = await TakeAsync();
            answer = await environment.RunAsync(invocation, host.InitTimeout, Declaration.Timeout);
            if (environment.IsUsable)
            {
                idle.Push(environment);
            }
            else
            {
                await DiscardAsync(environment);
            }
        }

        log.Write($"END RequestId: {invocation.RequestId}");
        var took = clock.GetElapsedTime(started).TotalMilliseconds.ToString("0.00", CultureInfo.InvariantCulture);
        log.Write(
            $"REPORT RequestId: {invocation.RequestId} Duration: {took} ms Memory Size: {Declaration.MemorySize} MB"
                + (answer.IsError ? $" Error: {answer.Payload}" : "")
        );
        return answer;
    }

    private async Task<ExecutionEnvironment> TakeAsync()
    {
        if (idle.TryPop(out var warm))
        {
            return warm;
        }

        var cold = await ExecutionEnvironment.StartAsync(Declaration, package, host, log.Write, clock, ending.Token);
        alive[cold] = 0;
        if (ending.IsCancellationRequested)
        {
            await DiscardAsync(cold);
            ending.Token.ThrowIfCancellationRequested();
        }

        return cold;
    }

    private async Task DiscardAsync(ExecutionEnvironment environment)
    {
        if (alive.TryRemove(environment, out _))
        {
            await environment.DisposeAsync();
        }
    }
}
