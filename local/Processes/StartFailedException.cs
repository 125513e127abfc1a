namespace Mlops.Local.Processes;

/// <summary>Something that local needs could not be started. The message is one sentence for the user, with what to do; exit code 1, no stack trace.</summary>
public sealed class StartFailedException : Exception
{
    /// <summary>A sentence that says what could not start and what to do about it.</summary>
    public StartFailedException(string message)
        : base(message) { }

    /// <summary>The same, with what caused it (shown only where somebody debugs local itself).</summary>
    public StartFailedException(string message, Exception cause)
        : base(message, cause) { }
}
