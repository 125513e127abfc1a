using System.Collections.Immutable;
using System.Reflection;

namespace Pulumi;

/// <summary>Waits until everything that a program started has ended, or something has failed.</summary>
internal sealed class Runner
{
    private const int ExitCodeOfToldFailure = 32;

    private readonly Lock _gate = new();
    private readonly List<Exception> _failures = [];
    private readonly List<string> _errors = [];
    private int _running;
    private TaskCompletionSource<ImmutableArray<Exception>>? _waiting;

    /// <summary>What went wrong, as the user is told.</summary>
    public ImmutableArray<string> Errors
    {
        get
        {
            lock (_gate)
            {
                return [.. _errors];
            }
        }
    }

    public void AddError(string message)
    {
        lock (_gate)
        {
            _errors.Add(message);
        }
    }

    /// <summary>The run does not end before this task.</summary>
    public void Register(Task task)
    {
        lock (_gate)
        {
            _running++;
        }

        _ = task.ContinueWith(Ended, TaskScheduler.Default);
    }

    /// <summary>Runs a program to its end; failures are in <see cref="Errors"/>.</summary>
    public async Task RunAsync(Func<Task<Stack>> program)
    {
        try
        {
            var stack = await program();
            stack.RegisterPropertyOutputs();
        }
        catch (Exception failure)
        {
            Tell([failure]);
            return;
        }

        Tell(await IdleOrFailedAsync());
    }

    private void Tell(ImmutableArray<Exception> failures)
    {
        foreach (var failure in failures)
        {
            AddError(Describe(failure));
        }

        if (!failures.IsEmpty)
        {
            Environment.ExitCode = ExitCodeOfToldFailure;
        }
    }

    private static string Describe(Exception failure) =>
        failure switch
        {
            RunException => failure.Message,
            ResourceException { HideStack: true } => failure.Message,
            ResourceException => failure.ToString(),
            _ =>
                $"Running program '{Assembly.GetEntryAssembly()?.Location}' failed with an unhandled exception:\n{failure}",
        };

    private Task<ImmutableArray<Exception>> IdleOrFailedAsync()
    {
        lock (_gate)
        {
            if (_failures.Count > 0 || _running == 0)
            {
                return Task.FromResult(TakeFailures());
            }

            _waiting ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            return _waiting.Task;
        }
    }

    private void Ended(Task task)
    {
        lock (_gate)
        {
            _running--;
            _failures.AddRange(task.Exception?.InnerExceptions ?? Enumerable.Empty<Exception>());

            if (_failures.Count > 0 || _running == 0)
            {
                _waiting?.SetResult(TakeFailures());
                _waiting = null;
            }
        }
    }

    // One failure ends many tasks.
    private ImmutableArray<Exception> TakeFailures()
    {
        ImmutableArray<Exception> failures = [.. _failures.Distinct()];
        _failures.Clear();
        return failures;
    }
}
