using Mlops.Local.Hosting;
using Mlops.Local.Processes;

namespace Mlops.Local.Functions;

/// <summary>One process of a function with its own Runtime API; runs one event at a time.</summary>
internal sealed class ExecutionEnvironment : IAsyncDisposable
{
    private readonly RuntimeApi api;
    private readonly LoopbackServer server;
    private readonly GuardedProcess process;
    private readonly TimeProvider clock;

    private ExecutionEnvironment(RuntimeApi api, LoopbackServer server, GuardedProcess process, TimeProvider clock)
    {
        this.api = api;
        this.server = server;
        this.process = process;
        this.clock = clock;
    }

    /// <summary>False after an end of the process, a timeout or a failed start: such an environment runs nothing more.</summary>
    public bool IsUsable { get; private set; } = true;

    public static async Task<ExecutionEnvironment> StartAsync(
        FunctionDeclaration function,
        FunctionPackage package,
        FunctionHostOptions host,
        Action<string> log,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var arn = $"arn:aws:lambda:{host.Region}:{host.AccountId}:function:{function.Name}";
        var runtimeApi = new RuntimeApi(arn, function.Timeout, clock);
        var listener = await LoopbackServer.StartAsync(0, "port 0", runtimeApi.HandleAsync, cancellationToken);
        var logStream = FormattableString.Invariant($"{clock.GetUtcNow():yyyy/MM/dd}/[$LATEST]{Guid.NewGuid():n}");
        var command = new GuardedCommand(package.Command, package.Arguments)
        {
            WorkingDirectory = package.Folder,
            Environment = FunctionVariables.Of(function, package, host, logStream, $"127.0.0.1:{listener.Port}"),
            OnLine = log,
        };
        return new ExecutionEnvironment(runtimeApi, listener, GuardedProcess.Start(command), clock);
    }

    /// <summary>Null when the process ended before it took the event, so that another one may have it.</summary>
    public async Task<FunctionAnswer?> RunAsync(Invocation invocation, TimeSpan initTimeout, TimeSpan timeout)
    {
        if (!api.Ready.IsCompleted && await InitAsync(invocation, initTimeout) is { } failure)
        {
            return failure;
        }

        api.Offer(invocation);
        using var timer = new CancellationTokenSource();
        var first = await Task.WhenAny(invocation.Answer, process.Exited, Task.Delay(timeout, clock, timer.Token));
        await timer.CancelAsync();
        if (first == invocation.Answer)
        {
            return await invocation.Answer;
        }

        IsUsable = false;
        if (first == process.Exited)
        {
            return invocation.Delivered ? FunctionFailure.Exited(invocation.RequestId, await process.Exited) : null;
        }

        process.Kill();
        return FunctionFailure.TimedOut(invocation.RequestId, timeout);
    }

    /// <summary>Kills the process: nobody waits for it any more.</summary>
    public async ValueTask DisposeAsync()
    {
        IsUsable = false;
        process.Kill();
        await process.DisposeAsync();
        await server.DisposeAsync();
    }

    private async Task<FunctionAnswer?> InitAsync(Invocation invocation, TimeSpan initTimeout)
    {
        using var timer = new CancellationTokenSource();
        var first = await Task.WhenAny(
            api.Ready,
            api.InitFailed,
            process.Exited,
            Task.Delay(initTimeout, clock, timer.Token)
        );
        await timer.CancelAsync();
        if (first == api.Ready)
        {
            return null;
        }

        IsUsable = false;
        if (first == api.InitFailed)
        {
            return await api.InitFailed;
        }

        return first == process.Exited
            ? FunctionFailure.Exited(invocation.RequestId, await process.Exited)
            : FunctionFailure.TimedOut(invocation.RequestId, initTimeout);
    }
}
