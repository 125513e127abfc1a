using System.Collections.Concurrent;

namespace Mlops.Local.Stacks.Wire;

/// <summary>The accounts of a run: the orchestrator's, and any other by a role that is taken on there.</summary>
public sealed class LocalAccounts(LocalAws aws, AwsAccount orchestrator)
{
    private readonly ConcurrentDictionary<string, AwsAccount> others = new(StringComparer.Ordinal);

    /// <summary>The account that an ARN names; the orchestrator's for a plain name.</summary>
    /// <exception cref="AwsCallException">The local AWS refused.</exception>
    public async Task<AwsAccount> OfAsync(string arn, CancellationToken cancellationToken)
    {
        var id = arn.Split(':') is ["arn", _, _, _, { Length: > 0 } named, ..] ? named : orchestrator.AccountId;
        if (id == orchestrator.AccountId)
        {
            return orchestrator;
        }

        // The local STS hands out sessions of roles that nobody made: this is no permission of the program's.
        return others.TryGetValue(id, out var known)
            ? known
            : others[id] = await AssumeAsync(
                aws,
                orchestrator,
                $"arn:aws:iam::{id}:role/mlops-local",
                cancellationToken
            );
    }

    /// <summary>Takes a role on: what is called with the answer happens in the role's account.</summary>
    /// <exception cref="AwsCallException">The local AWS refused.</exception>
    public static async Task<AwsAccount> AssumeAsync(
        LocalAws aws,
        AwsAccount caller,
        string role,
        CancellationToken cancellationToken
    )
    {
        var answer = await aws.QueryAsync(
            caller,
            "sts",
            "2011-06-15",
            "AssumeRole",
            [("RoleArn", role), ("RoleSessionName", "mlops-local")],
            cancellationToken
        );
        string Value(string element) => answer.Descendants(element).First().Value;
        return new AwsAccount(
            role.Split(':')[4],
            Value("AccessKeyId"),
            Value("SecretAccessKey"),
            Value("SessionToken"),
            caller.Region
        );
    }
}
