using Mlops.Provisioning.Evidence;

namespace Mlops.DeploymentFlow.Duties;

/// <summary>Where it is kept what executions would change.</summary>
public interface IEvidence
{
    /// <summary>Keeps it, and gives an address where a browser shows it.</summary>
    Task<Uri> KeepAsync(TargetChanges changes, CancellationToken cancellationToken);
}

/// <summary>Tells people.</summary>
public interface INotices
{
    /// <summary>Sends one message to whoever has subscribed to the topic.</summary>
    /// <param name="subject">One line of ASCII, fewer than 100 characters (SNS, Publish).</param>
    /// <param name="message">The rest.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task TellAsync(string subject, string message, CancellationToken cancellationToken);
}
