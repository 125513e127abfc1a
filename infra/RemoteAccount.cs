using Pulumi;

namespace Mlops.Infra;

/// <summary>A target in another account, which the program works in by the role that its settings name.</summary>
public sealed class RemoteAccount : CloudAccount
{
    /// <summary>Makes both providers, tied to the one account.</summary>
    /// <param name="home">The orchestrator account, whose credentials take the role on.</param>
    /// <param name="target">A target with a <see cref="TargetSettings.SetupRoleArn"/>.</param>
    /// <param name="tags">Of everything, in every account.</param>
    public RemoteAccount(OrchestratorAccount home, TargetSettings target, IReadOnlyDictionary<string, string> tags)
        : base(home.Prefix, home.Region)
    {
        var role = target.SetupRoleArn ?? throw new ArgumentException("The target has no setup role.", nameof(target));
        Target = target;
        Id = Output.Create(target.AccountId.Text);
        Partition = home.Partition;
        var session = $"{home.Prefix}-setup";
        var all = new ProviderTags(home.Prefix, tags, target.Tags);
        Aws = new Pulumi.Aws.Provider(
            $"{home.Prefix}-{target.Name}-aws",
            new Pulumi.Aws.ProviderArgs
            {
                Region = home.Region,
                AllowedAccountIds = { Id },
                AssumeRoles =
                {
                    new Pulumi.Aws.Inputs.ProviderAssumeRoleArgs { RoleArn = role, SessionName = session },
                },
                DefaultTags = all.ForAws,
            }
        );
        AwsNative = new Pulumi.AwsNative.Provider(
            $"{home.Prefix}-{target.Name}-aws-native",
            new Pulumi.AwsNative.ProviderArgs
            {
                Region = home.Region,
                AllowedAccountIds = { Id },
                AssumeRole = new Pulumi.AwsNative.Inputs.ProviderAssumeRoleArgs
                {
                    RoleArn = role,
                    SessionName = session,
                },
                DefaultTags = all.ForAwsNative,
            }
        );
    }

    /// <summary>As its settings declare it.</summary>
    public TargetSettings Target { get; }

    /// <inheritdoc/>
    public override Output<string> Id { get; }

    /// <inheritdoc/>
    public override Output<string> Partition { get; }

    /// <inheritdoc/>
    public override Pulumi.Aws.Provider Aws { get; }

    /// <inheritdoc/>
    public override Pulumi.AwsNative.Provider AwsNative { get; }
}
