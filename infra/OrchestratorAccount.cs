using Pulumi;

namespace Mlops.Infra;

/// <summary>The account that the program runs in, with its own credentials.</summary>
public sealed class OrchestratorAccount : CloudAccount
{
    /// <summary>Makes both providers, tied to one account.</summary>
    public OrchestratorAccount(string prefix, StackSettings settings)
        : base(prefix, settings.Region)
    {
        var tags = new ProviderTags(prefix, settings.Tags);

        // Asked with a provider of its own: the others are told which account they may work in.
        var caller = new Pulumi.Aws.Provider(
            $"{prefix}-caller",
            new Pulumi.Aws.ProviderArgs
            {
                Region = settings.Region,
                AllowedAccountIds = settings.AccountId is { } only ? [only] : [],
                DefaultTags = tags.ForAws,
            }
        );
        var asCaller = new InvokeOptions { Provider = caller };
        Id = Pulumi.Aws.GetCallerIdentity.Invoke(options: asCaller).Apply(identity => identity.AccountId);
        Partition = Pulumi.Aws.GetPartition.Invoke(options: asCaller).Apply(partition => partition.Partition);

        Aws = new Pulumi.Aws.Provider(
            $"{prefix}-aws",
            new Pulumi.Aws.ProviderArgs
            {
                Region = settings.Region,
                AllowedAccountIds = { Id },
                DefaultTags = tags.ForAws,
            }
        );
        AwsNative = new Pulumi.AwsNative.Provider(
            $"{prefix}-aws-native",
            new Pulumi.AwsNative.ProviderArgs
            {
                Region = settings.Region,
                AllowedAccountIds = { Id },
                DefaultTags = tags.ForAwsNative,
            }
        );
    }

    /// <inheritdoc/>
    public override Output<string> Id { get; }

    /// <inheritdoc/>
    public override Output<string> Partition { get; }

    /// <inheritdoc/>
    public override Pulumi.Aws.Provider Aws { get; }

    /// <inheritdoc/>
    public override Pulumi.AwsNative.Provider AwsNative { get; }
}
