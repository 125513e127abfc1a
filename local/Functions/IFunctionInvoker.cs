namespace Mlops.Local.Functions;

/// <summary>Invokes a function by name, as Lambda's Invoke does.</summary>
public interface IFunctionInvoker
{
    /// <summary>Hands <paramref name="payload"/> (JSON) to the function and waits for its answer.</summary>
    /// <exception cref="KeyNotFoundException">No function has that name.</exception>
    Task<FunctionAnswer> InvokeAsync(string functionName, string payload, CancellationToken cancellationToken);
}

/// <summary>What a function answered: its JSON, and whether that is an error (Lambda's <c>X-Amz-Function-Error</c>).</summary>
public sealed record FunctionAnswer(string Payload, bool IsError);
