using Pulumi;
using Pulumi.AwsNative.Ecr;

namespace Mlops.Infra.Components;

/// <summary>A repository of the user's for images of custom algorithms. It is looked at, never changed.</summary>
/// <param name="Arn">ARN of the repository.</param>
/// <param name="Uri">Where to push.</param>
public sealed record ExistingRepository(string Arn, string Uri)
{
    private const string Setting = StackSettingKeys.ExistingEcrRepository;

    /// <summary>Looks the repository up.</summary>
    /// <exception cref="RunException">It is not there.</exception>
    internal static ExistingRepository Find(string name, OrchestratorAccount account)
    {
        var found = Lookup.Answer(
            Setting,
            $"the repository {name}",
            GetRepository.InvokeAsync(
                new GetRepositoryArgs { RepositoryName = name },
                new InvokeOptions { Provider = account.AwsNative }
            )
        );
        return found is { Arn: { } arn, RepositoryUri: { } uri }
            ? new ExistingRepository(arn, uri)
            : throw Lookup.Refusal(
                Setting,
                $"AWS does not tell the address of the repository {name}",
                SettingCommand.Remove(Setting)
            );
    }
}
