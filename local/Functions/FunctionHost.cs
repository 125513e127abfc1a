using System.Collections.Concurrent;

namespace Mlops.Local.Functions;

/// <summary>
/// Runs Lambda functions from the packages that would be deployed: each in processes of its own, served by a local Lambda
/// Runtime API. A process handles one event at a time; a second event at the same time starts a second process.
/// </summary>
public sealed class FunctionHost(FunctionHostOptions options, TimeProvider clock)
    : IFunctionInvoker,
        IEventInvoker,
        IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, LocalFunction> functions = new(StringComparer.Ordinal);

    /// <summary>Names of what is registered, sorted.</summary>
    public IReadOnlyList<string> Names => [.. functions.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Extracts the package; the first process starts with the first event.</summary>
    /// <exception cref="Processes.StartFailedException">The package is missing, differs from the declared one, or cannot be run here; or the declaration is one that Lambda refuses.</exception>
    public void Register(FunctionDeclaration function)
    {
        FunctionVariables.Validate(function);
        var package = FunctionPackage.Extract(function, options.WorkDirectory);
        if (!functions.TryAdd(function.Name, new LocalFunction(function, package, options, clock)))
        {
            throw new Processes.StartFailedException($"Function {function.Name} is declared twice.");
        }
    }

    /// <inheritdoc/>
    /// <remarks>As on Lambda, a function runs on when its caller gives up waiting.</remarks>
    public Task<FunctionAnswer> InvokeAsync(string functionName, string payload, CancellationToken cancellationToken) =>
        Find(functionName).InvokeAsync(payload).WaitAsync(cancellationToken);

    /// <inheritdoc/>
    public void EnsureExists(string functionName) => Find(functionName);

    /// <inheritdoc/>
    public Task<FunctionAnswer> InvokeEventAsync(string functionName, string payload) =>
        RunEventAsync(Find(functionName), payload);

    /// <summary>Kills every process that was started.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var function in functions.Values)
        {
            await function.DisposeAsync();
        }
    }

    private LocalFunction Find(string nameOrArn) =>
        functions.TryGetValue(FunctionName.Of(nameOrArn), out var function)
            ? function
            : throw new KeyNotFoundException(
                $"There is no function {FunctionName.Of(nameOrArn)}; there are: {string.Join(", ", Names)}."
            );

    // Lambda waits one minute before the second attempt and two before the third.
    private async Task<FunctionAnswer> RunEventAsync(LocalFunction function, string payload)
    {
        for (var attempt = 0; ; attempt++)
        {
            var answer = await function.InvokeAsync(payload);
            if (!answer.IsError)
            {
                return answer;
            }

            if (attempt == function.Declaration.MaximumRetryAttempts)
            {
                function.Note($"The event is given up after {attempt + 1} attempt(s).");
                return answer;
            }

            await Task.Delay(TimeSpan.FromMinutes(attempt + 1), clock, function.Ending);
        }
    }
}
