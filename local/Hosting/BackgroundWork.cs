using System.Collections.Concurrent;

namespace Mlops.Local.Hosting;

/// <summary>Everything that goes on behind the requests. Disposing it cancels all of it and waits for the end.</summary>
internal sealed class BackgroundWork(Action<string> log) : IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentDictionary<Task, bool> running = new();
    private int disposed;

    public void Run(Func<CancellationToken, Task> work)
    {
        if (stopping.IsCancellationRequested)
        {
            return;
        }

        var task = Task.Run(() => GuardAsync(work), CancellationToken.None);
        running[task] = true;
        _ = task.ContinueWith(
            done => running.TryRemove(done, out _),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );
        if (task.IsCompleted)
        {
            running.TryRemove(task, out _);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 1)
        {
            return;
        }

        await stopping.CancelAsync();
        while (running.Keys.Where(task => !task.IsCompleted).ToList() is { Count: > 0 } unfinished)
        {
            await Task.WhenAll(unfinished);
        }

        stopping.Dispose();
    }

    private async Task GuardAsync(Func<CancellationToken, Task> work)
    {
        try
        {
            await work(stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The end that was asked for.
        }
#pragma warning disable CA1031 // Nobody waits for this task: the log is the only place its failure can go to.
        catch (Exception e)
#pragma warning restore CA1031
        {
            log($"{e}");
        }
    }
}
