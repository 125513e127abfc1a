using Mlops.Local.CodePipelines.Protocol;
using Mlops.Local.Stacks.Wire;

namespace Mlops.Local.StateMachines;

/// <summary>The role of a state machine: the local STS hands out sessions of roles that nobody made and that trust nobody.</summary>
internal static class StateMachineRole
{
    /// <exception cref="ServiceException">There is no such role, or it does not trust Step Functions.</exception>
    public static async Task<AwsAccount> AssumeAsync(
        LocalAws aws,
        AwsAccount caller,
        string roleArn,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var role = await aws.QueryAsync(
                caller,
                "iam",
                "2010-05-08",
                "GetRole",
                [("RoleName", roleArn.Split('/')[^1])],
                cancellationToken
            );
            var trust = Uri.UnescapeDataString(
                role.Descendants("AssumeRolePolicyDocument").FirstOrDefault()?.Value ?? ""
            );
            if (!trust.Contains("states.amazonaws.com", StringComparison.Ordinal))
            {
                throw Refusal(roleArn, "it does not trust states.amazonaws.com");
            }
        }
        catch (AwsCallException)
        {
            throw Refusal(roleArn, "there is no such role");
        }

        var answer = await aws.QueryAsync(
            caller,
            "sts",
            "2011-06-15",
            "AssumeRole",
            [("RoleArn", roleArn), ("RoleSessionName", "states")],
            cancellationToken
        );
        string Value(string name) => answer.Descendants(name).First().Value;
        return new AwsAccount(
            roleArn.Split(':')[4],
            Value("AccessKeyId"),
            Value("SecretAccessKey"),
            Value("SessionToken"),
            caller.Region
        );
    }

    private static ServiceException Refusal(string roleArn, string why) =>
        new(
            "AccessDeniedException",
            $"Neither the global service principal states.amazonaws.com, nor the regional one is authorized to assume the provided role {roleArn}: {why}"
        );
}
