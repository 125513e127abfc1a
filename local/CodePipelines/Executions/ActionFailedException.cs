namespace Mlops.Local.CodePipelines.Executions;

/// <summary>An action failed: its code (JobFailed, ConfigurationError, PermissionError, …) and message are its error details.</summary>
internal sealed class ActionFailedException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}
