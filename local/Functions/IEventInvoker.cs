namespace Mlops.Local.Functions;

/// <summary>Invokes functions as events: the sender does not wait, and what fails is tried again.</summary>
public interface IEventInvoker
{
    /// <exception cref="KeyNotFoundException">No function has that name.</exception>
    void EnsureExists(string functionName);

    /// <summary>Accepts the event at once. The task, which a sender need not await, has the answer of the last attempt.</summary>
    /// <exception cref="KeyNotFoundException">No function has that name (thrown at once, not by the task).</exception>
    Task<FunctionAnswer> InvokeEventAsync(string functionName, string payload);
}
