using Mlops.Local.Git;

namespace Mlops.Local.CodePipelines;

/// <summary>Where the emulator finds the services that its actions call, and how it waits.</summary>
/// <param name="AwsEndpoint">One endpoint for S3, STS, IAM and CloudFormation, such as moto's.</param>
/// <param name="Region">The region of the emulator's own calls to STS; pipelines live in the region that a request is signed for.</param>
public sealed record CodePipelineEmulatorOptions(Uri AwsEndpoint, string Region)
{
    /// <summary>How long a job that answered with a continuation token rests before its function is invoked again; 1 second.</summary>
    public TimeSpan ContinuationDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The repositories that source actions read, by the name that their configuration has.</summary>
    public IReadOnlyDictionary<string, GitRepository> Repositories { get; init; } =
        new Dictionary<string, GitRepository>();

    /// <summary>Where executions of state machines are started, when that is another endpoint than <see cref="AwsEndpoint"/>.</summary>
    public Uri? StatesEndpoint { get; init; }

    /// <summary>
    /// Held while a stack is deleted: moto makes a resource anew that somebody asks for while, or after, its stack is deleted.
    /// </summary>
    public SemaphoreSlim StackDeletion { get; init; } = new(1);

    /// <summary>Takes one line about what nobody called for and so nobody is told: an event that was not delivered, a function that failed after its answer.</summary>
    public Action<string> Log { get; init; } = static _ => { };
}
