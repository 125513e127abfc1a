using Mlops.DeploymentFlow.Jobs;
using Mlops.Provisioning.CodePipelines;

namespace Mlops.DeploymentFlow.Duties;

/// <summary>One thing that CodePipeline asks this function to do: the <c>duty</c> field of the action's user parameters.</summary>
public interface IDuty
{
    /// <summary>Which one it is.</summary>
    Duty Duty { get; }

    /// <summary>Does as much as can be done now. May be called any number of times for the same state.</summary>
    Task<DutyOutcome> RunAsync(DutyRequest request, CancellationToken cancellationToken);
}

/// <summary>What a duty is asked, for which target and stack, and since when.</summary>
/// <param name="JobId">Also serves as the idempotency token of what the duty does.</param>
/// <param name="Parameters">The action's user parameters.</param>
/// <param name="Data">Artifacts and their credentials.</param>
/// <param name="Progress">How long this has been going on.</param>
public sealed record DutyRequest(string JobId, DutyParameters Parameters, JobData Data, DutyProgress Progress);

/// <summary>How a duty went.</summary>
public abstract record DutyOutcome
{
    private DutyOutcome() { }

    /// <summary>Everything is as it should be.</summary>
    public sealed record Done(string Summary) : DutyOutcome
    {
        /// <summary>Become the action's output variables.</summary>
        public IReadOnlyDictionary<string, string> Outputs { get; init; } = new Dictionary<string, string>();
    }

    /// <summary>It needs more time.</summary>
    public sealed record Waiting(string Summary) : DutyOutcome
    {
        /// <summary>Is <see cref="DutyProgress.Memory"/> the next time.</summary>
        public string? Memory { get; init; }
    }

    /// <summary>Another delivery of the same job has taken over, and gives the answer.</summary>
    public sealed record TakenOver(string Summary) : DutyOutcome;

    /// <summary>It will not get better by itself; the message says what to do.</summary>
    public sealed record Failed(string Message) : DutyOutcome;
}
