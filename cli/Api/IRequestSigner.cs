namespace Mlops.Cli.Api;

/// <summary>Makes a request acceptable to the API.</summary>
public interface IRequestSigner
{
    /// <summary>Adds the headers that prove who asks.</summary>
    /// <param name="request">Complete but for them.</param>
    /// <param name="body">Its content.</param>
    /// <param name="cancellation">Ends the look for credentials.</param>
    Task SignAsync(HttpRequestMessage request, byte[] body, CancellationToken cancellation);
}

/// <summary>For the local system, which takes unsigned requests.</summary>
public sealed class NoSigner : IRequestSigner
{
    /// <inheritdoc />
    public Task SignAsync(HttpRequestMessage request, byte[] body, CancellationToken cancellation) =>
        Task.CompletedTask;
}
