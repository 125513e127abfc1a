namespace Mlops.Local.StateMachines.Tasks;

/// <summary>The local AWS cannot do what a task asks for. That is no failure of the task, and no success either.</summary>
internal sealed class NotCarriedOutException(string call) : Exception($"not carried out locally: {call}")
{
    /// <summary>For example <c>sagemaker:CreateAutoMLJobV2</c>.</summary>
    public string Call { get; } = call;
}
