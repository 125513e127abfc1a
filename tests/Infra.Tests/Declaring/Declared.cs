using System.Collections.Concurrent;
using Mlops.Infra.Publishing;
using Mlops.Provisioning;
using Pulumi;
using Pulumi.Testing;

namespace Mlops.Infra.Tests.Declaring;

/// <summary>What the program declares, run in-process against mocks of AWS.</summary>
internal sealed class Declared
{
    private readonly ConcurrentDictionary<(string Type, string Name), ResourceOptions> _options = new();
    private readonly ConcurrentBag<(string Type, string Name)> _registered = [];

    public static StackSettings Settings { get; } =
        new()
        {
            AccountMode = AccountMode.Single,
            Region = "us-east-1",
            NotificationEmail = "team@example.com",
        };

    /// <summary>Development, staging and production, each in an account of its own.</summary>
    public static StackSettings SeveralAccounts { get; } =
        Settings with
        {
            AccountMode = AccountMode.Multi,
            AccountId = AwsMocks.Account,
            Targets =
            [
                Remote("dev", "111111111111"),
                Remote("staging", "222222222222") with
                {
                    Approval = true,
                    ApprovalTimeoutMinutes = 1440,
                },
                Remote("prod", "333333333333") with
                {
                    Approval = true,
                },
            ],
        };

    public static TargetSettings Remote(string name, string account) =>
        new(name, AccountId.Parse(account)) { SetupRoleArn = $"arn:aws:iam::{account}:role/mlops-setup" };

    public required IReadOnlyList<DeclaredResource> Resources { get; init; }

    public required OrchestratorStack Stack { get; init; }

    /// <summary>Every registration, components too, as often as it came.</summary>
    public IReadOnlyCollection<(string Type, string Name)> Registered => _registered;

    public IEnumerable<DeclaredStatement> Statements => Resources.SelectMany(DeclaredStatement.Of);

    /// <summary>Runs the program as `pulumi up` does, or as a preview.</summary>
    public static async Task<Declared> ByAsync(
        StackSettings settings,
        bool preview = false,
        ExistingBucketAnswer? bucket = null,
        GitSource? besides = null
    )
    {
        var mocks = new AwsMocks { Bucket = bucket ?? new() };
        var recorder = new Declared { Resources = [], Stack = null! };
        var resources = await Deployment.TestWithServiceProviderAsync<OrchestratorStack>(
            mocks,
            new Factory(() => new OrchestratorStack(settings, Packages, recorder.Recording(), besides)),
            new TestOptions
            {
                ProjectName = "mlops",
                StackName = "dev",
                IsPreview = preview,
            }
        );
        var declared = new Declared
        {
            Resources = [.. mocks.Resources.OrderBy(resource => resource.Urn, StringComparer.Ordinal)],
            Stack = resources.OfType<OrchestratorStack>().Single(),
        };
        foreach (var registered in recorder._registered)
        {
            declared._registered.Add(registered);
        }

        foreach (var (key, options) in recorder._options)
        {
            declared._options[key] = options;
        }

        return declared;
    }

    public static LambdaPackages Packages { get; } =
        new(
            new LambdaPackage("orchestrator.zip", "b3JjaGVzdHJhdG9y", "provided.al2023", "bootstrap", "x86_64"),
            new LambdaPackage("flow.zip", "Zmxvdw==", "provided.al2023", "bootstrap", "x86_64")
        );

    public IReadOnlyList<DeclaredResource> OfType(string type)
    {
        var found = Resources.Where(resource => resource.Type == type).ToList();
        Assert.That(
            found,
            Is.Not.Empty,
            () => $"No {type} was declared, but: {string.Join(", ", Resources.Select(resource => resource.Urn))}"
        );
        return found;
    }

    public ResourceOptions OptionsOf(DeclaredResource resource) => _options[(resource.Type, resource.Name)];

    private StackOptions Recording() =>
        new()
        {
            ResourceTransformations =
            {
                registration =>
                {
                    var key = (registration.Resource.GetResourceType(), registration.Resource.GetResourceName());
                    _registered.Add(key);
                    _options[key] = registration.Options;
                    return null;
                },
            },
        };

    private sealed class Factory(Func<OrchestratorStack> make) : IServiceProvider
    {
        public object? GetService(Type serviceType) => serviceType == typeof(OrchestratorStack) ? make() : null;
    }
}
