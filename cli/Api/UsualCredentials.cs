using Amazon.Runtime;
using Amazon.Runtime.Credentials;

namespace Mlops.Cli.Api;

/// <summary>Credentials by the usual rules of AWS: the profile that is named, environment, shared files, container, instance.</summary>
/// <param name="region">Of the API.</param>
/// <param name="profile">Named by the user, or null.</param>
public sealed class UsualCredentials(string region, string? profile)
{
    /// <summary>Finds them; renewed ones when the last have expired.</summary>
    /// <exception cref="ExpectedFailureException">There are none.</exception>
    public async Task<ImmutableCredentials> FindAsync(CancellationToken cancellation) =>
        (await SourceAsync(cancellation)).Snapshot;

    /// <summary>Finds what gives them, and new ones when they have expired.</summary>
    /// <exception cref="ExpectedFailureException">There are none.</exception>
    public async Task<AWSCredentials> ResolveAsync(CancellationToken cancellation) =>
        (await SourceAsync(cancellation)).Source;

    private async Task<(AWSCredentials Source, ImmutableCredentials Snapshot)> SourceAsync(
        CancellationToken cancellation
    )
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            var credentials = await DefaultAWSCredentialsIdentityResolver.GetCredentialsAsync(
                new ApiClientConfig(region, profile)
            );
            return (credentials, await credentials.GetCredentialsAsync());
        }
        catch (Exception problem)
            when (problem is AmazonClientException or InvalidOperationException or ArgumentException)
        {
            throw new ExpectedFailureException(
                $"No AWS credentials{(profile is null ? "" : $" for the profile \"{profile}\"")}: {problem.Message}",
                "Sign in as for the AWS CLI. For a profile of IAM Identity Center: eval \"$(aws configure export-credentials --format env)\"",
                problem
            );
        }
    }
}
