using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;

namespace Mlops.DeploymentFlow.Aws;

/// <summary>
/// A role of a target, taken on when it is first needed and again before it ends. The SDK's own
/// <c>AssumeRoleAWSCredentials</c> finds its client by reflection, which is not there in code that is compiled ahead of time.
/// </summary>
public sealed class RoleCredentials(IAmazonSecurityTokenService sts, string roleArn, string sessionName)
    : RefreshingAWSCredentials
{
    /// <inheritdoc />
    protected override async Task<CredentialsRefreshState> GenerateNewCredentialsAsync()
    {
        var answer = await sts.AssumeRoleAsync(
            new AssumeRoleRequest { RoleArn = roleArn, RoleSessionName = sessionName }
        );
        return new CredentialsRefreshState(
            new ImmutableCredentials(
                answer.Credentials.AccessKeyId,
                answer.Credentials.SecretAccessKey,
                answer.Credentials.SessionToken
            ),
            answer.Credentials.Expiration ?? DateTime.MinValue
        );
    }
}
