namespace Mlops.Local.StateMachines.Language;

/// <summary>A state failed with an error name that Retry and Catch can match.</summary>
public sealed class StateFailedException(string error, string cause) : Exception($"{error}: {cause}")
{
    /// <summary>For example <c>States.TaskFailed</c>.</summary>
    public string Error { get; } = error;

    /// <summary>Text for people; of a job, the JSON that the service described it with.</summary>
    public string Cause { get; } = cause;

    /// <summary>A path found nothing, or what it found could not be used.</summary>
    public static StateFailedException Runtime(string cause) => new("States.Runtime", cause);
}
