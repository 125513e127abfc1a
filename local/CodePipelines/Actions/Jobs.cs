using System.Collections.Concurrent;
using Mlops.Local.CodePipelines.Protocol;

namespace Mlops.Local.CodePipelines.Actions;

/// <summary>What a function told CodePipeline about its job.</summary>
internal abstract record JobAnswer
{
    public sealed record Success(
        string? ContinuationToken,
        string? Summary,
        string? ExternalId,
        int? PercentComplete,
        IReadOnlyDictionary<string, string> OutputVariables
    ) : JobAnswer;

    public sealed record Failure(string Type, string Message, string? ExternalId) : JobAnswer;
}

/// <summary>The jobs that functions were handed. Each takes exactly one answer, within its time.</summary>
internal sealed class Jobs
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JobAnswer>> jobs = new(StringComparer.Ordinal);

    public (string Id, Task<JobAnswer> Answer) Open()
    {
        var id = Guid.NewGuid().ToString();
        var answer = new TaskCompletionSource<JobAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        jobs[id] = answer;
        return (id, answer.Task);
    }

    /// <summary>The job takes no answer any more: it timed out, was abandoned or its function failed.</summary>
    public void Close(string id) => jobs[id].TrySetCanceled();

    /// <exception cref="ServiceException">JobNotFoundException, or InvalidJobStateException when it was answered before or has timed out.</exception>
    public void Answer(string id, JobAnswer answer)
    {
        if (!jobs.TryGetValue(id, out var job))
        {
            throw new ServiceException("JobNotFoundException", $"Job with id '{id}' does not exist");
        }

        if (!job.TrySetResult(answer))
        {
            throw new ServiceException(
                "InvalidJobStateException",
                $"Job with id '{id}' is not in progress: it was answered before, or its time is over"
            );
        }
    }
}
