using System.Diagnostics.CodeAnalysis;

namespace Mlops.Provisioning;

/// <summary>Which accounts pipelines are deployed to.</summary>
public enum AccountMode
{
    /// <summary>The orchestrator account only.</summary>
    Single,

    /// <summary>Other accounts, one after the other.</summary>
    Multi,
}

/// <summary>An account that pipelines are deployed to.</summary>
public sealed record Target
{
    /// <summary>The longest name, which keeps every stage, action and namespace within CodePipeline's 100 characters.</summary>
    public const int NameLimit = 20;

    /// <summary>A target that needs no approval.</summary>
    /// <exception cref="FormatException">The name is not one that <see cref="IsName"/> accepts.</exception>
    [SetsRequiredMembers]
    public Target(string name, AccountId accountId)
    {
        Name = IsName(name) ? name : throw new FormatException($"\"{name}\" is not a target's name: {NameRule}.");
        AccountId = accountId;
    }

    /// <summary>What a target may be called.</summary>
    public static string NameRule =>
        $"lower-case letters, digits and single hyphens, first a letter, {NameLimit} characters at most";

    /// <summary><c>dev</c>, <c>staging</c>, <c>prod</c>, …; in single-account mode <see cref="DeploymentNames.SingleTarget"/>.</summary>
    public string Name { get; }

    /// <summary>The account.</summary>
    public required AccountId AccountId { get; init; }

    /// <summary>Whether somebody has to approve before this target is changed.</summary>
    public bool Approval { get; init; }

    /// <summary>After how many minutes an approval that nobody gave fails; null: CodePipeline's seven days.</summary>
    public int? ApprovalTimeoutMinutes { get; init; }

    /// <summary>ARN of a boundary of the account's own; null: the one that the Pulumi program makes.</summary>
    public string? PermissionsBoundary { get; init; }

    /// <summary>The name as it appears in stages, actions and namespaces: <c>pre-prod</c> is <c>PreProd</c>.</summary>
    public string PascalName => Pascal(Name);

    /// <summary>Name of the stage that deploys to this target.</summary>
    public string StageName => $"Deploy{PascalName}";

    /// <summary>ARN of the role that CloudFormation uses in this account.</summary>
    public string CloudFormationRoleArn(string partition, string deploymentName) =>
        RoleArn(partition, DeploymentNames.CloudFormationRole(deploymentName));

    /// <summary>ARN of the permissions boundary of every role that a blueprint's stack makes in this account.</summary>
    public string BoundaryArn(string partition, string deploymentName) =>
        PermissionsBoundary
        ?? $"arn:{partition}:iam::{AccountId}:policy{DeploymentNames.OrchestratorPath}{DeploymentNames.Boundary(deploymentName)}";

    /// <summary>ARN of the role that delivers into this account, where that is another than the orchestrator's.</summary>
    public string DeliverRoleArn(string partition, string deploymentName) =>
        RoleArn(partition, DeploymentNames.DeliverRole(deploymentName));

    /// <summary>ARN of the role that looks at what runs in this account, where that is another than the orchestrator's.</summary>
    public string ObserveRoleArn(string partition, string deploymentName) =>
        RoleArn(partition, DeploymentNames.ObserveRole(deploymentName));

    /// <summary>ARN of the role that clears in this account, where that is another than the orchestrator's.</summary>
    public string RepairRoleArn(string partition, string deploymentName) =>
        RoleArn(partition, DeploymentNames.RepairRole(deploymentName));

    /// <summary>Whether a target may be called this (<see cref="NameRule"/>).</summary>
    public static bool IsName([NotNullWhen(true)] string? name) =>
        name is { Length: > 0 and <= NameLimit }
        && char.IsAsciiLetterLower(name[0])
        && name[^1] != '-'
        && !name.Contains("--", StringComparison.Ordinal)
        && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    private string RoleArn(string partition, string name) =>
        $"arn:{partition}:iam::{AccountId}:role{DeploymentNames.OrchestratorPath}{name}";

    internal static string Pascal(string name) =>
        string.Concat(
            name.Split('-', StringSplitOptions.RemoveEmptyEntries)
                .Select(word => char.ToUpperInvariant(word[0]) + word[1..])
        );
}
