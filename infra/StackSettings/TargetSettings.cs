using System.Collections.ObjectModel;
using Mlops.Provisioning;

namespace Mlops.Infra;

/// <summary>An account that pipelines are delivered to, as the stack's configuration declares it (<c>mlops:targets</c>).</summary>
/// <param name="Name"><c>dev</c>, <c>staging</c>, <c>prod</c>, …; <see cref="Target.IsName"/> accepts it.</param>
/// <param name="AccountId">The account.</param>
public sealed record TargetSettings(string Name, AccountId AccountId)
{
    /// <summary>
    /// The organizational unit or root of the account (<c>ou-…</c>, <c>r-…</c>), for a delivery by StackSets; null where
    /// it is not told.
    /// </summary>
    public string? OrganizationalUnitId { get; init; }

    /// <summary>Whether somebody has to approve before this target is changed.</summary>
    public bool Approval { get; init; }

    /// <summary>After how many minutes an approval that nobody gave fails; null: CodePipeline's seven days.</summary>
    public int? ApprovalTimeoutMinutes { get; init; }

    /// <summary>
    /// The role that the program takes on in this account to make the target's roles; null: the program's own
    /// credentials, which then have to be the account's. So the orchestrator account is a target.
    /// </summary>
    public string? SetupRoleArn { get; init; }

    /// <summary>ARN of a policy of the account's that bounds the roles of pipelines; null: one is made.</summary>
    public string? PermissionsBoundary { get; init; }

    /// <summary>Tags of what the program makes in this account, besides <c>mlops:tags</c>.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = ReadOnlyDictionary<string, string>.Empty;
}
