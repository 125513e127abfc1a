namespace Mlops.Local.Functions;

/// <summary>Invokes functions as events: nobody waits for the answer, and what fails is tried again.</summary>
public interface IEventInvoker
{
    /// <exception cref="KeyNotFoundException">No function has that name.</exception>
    void EnsureExists(string functionName);

    /// <summary>Accepts the event and returns; the function runs after that. A failure that is left after the function's retries is in its log.</summary>
    /// <exception cref="KeyNotFoundException">No function has that name.</exception>
    void Enqueue(string functionName, string payload);
}
