using Mlops.Infra.Tests.Declaring;
using Mlops.Provisioning;

namespace Mlops.Infra.Tests;

/// <summary>The stack for several accounts: what is made where, and by whom.</summary>
[TestFixture, NonParallelizable] // The SDK documents its test mode as serial only.
public sealed class MultiAccountStackTests
{
    private Declared _declared = null!;

    [OneTimeSetUp]
    public async Task DeclareAsync() => _declared = await Declared.ByAsync(Declared.SeveralAccounts);

    [TestCase("dev", "111111111111")]
    [TestCase("staging", "222222222222")]
    [TestCase("prod", "333333333333")]
    public void A_targets_providers_take_its_setup_role_on_and_allow_its_account_only(string target, string account)
    {
        var providers = _declared
            .Resources.Where(resource => resource.Type.StartsWith("pulumi:providers:", StringComparison.Ordinal))
            .Where(provider => provider.Name.StartsWith($"mlops-dev-{target}-", StringComparison.Ordinal))
            .ToList();

        Assert.That(providers, Has.Count.EqualTo(2));
        foreach (var provider in providers)
        {
            var role = (string?)(provider.Json["assumeRole"] ?? provider.Json["assumeRoles"]);
            Assert.That(role, Does.Contain($"arn:aws:iam::{account}:role/mlops-setup"), provider.Urn);
            Assert.That((string?)provider.Json["allowedAccountIds"], Is.EqualTo($"[ \"{account}\" ]"), provider.Urn);
        }
    }

    [Test]
    public void Everything_of_a_target_is_made_by_its_provider_and_everything_else_by_the_orchestrators()
    {
        foreach (
            var resource in _declared.Resources.Where(resource =>
                !resource.Type.StartsWith("pulumi:", StringComparison.Ordinal)
            )
        )
        {
            var target = Array.Find(
                ["dev", "staging", "prod"],
                name => resource.Name.StartsWith($"mlops-dev-{name}-", StringComparison.Ordinal)
            );
            var package = resource.Type.Split(':')[0];
            var expected = target is null ? $"mlops-dev-{package}" : $"mlops-dev-{target}-{package}";

            Assert.That(resource.Provider, Does.Contain($"pulumi:providers:{package}::{expected}::"), resource.Urn);
        }
    }

    [Test]
    public void Every_target_gets_the_same()
    {
        Assert.That(Of("staging"), Is.EqualTo(Of("dev")));
        Assert.That(Of("prod"), Is.EqualTo(Of("dev")));
        Assert.That(Of("dev"), Is.SupersetOf(["deliver-role", "observe-role", "repair-role", "boundary-policy"]));

        IReadOnlyList<string> Of(string target) =>
            [
                .. _declared
                    .Resources.Where(resource => resource.Type.StartsWith("aws-native:", StringComparison.Ordinal))
                    .Where(resource => resource.Name.StartsWith($"mlops-dev-{target}-", StringComparison.Ordinal))
                    .Select(resource => resource.Name[$"mlops-dev-{target}-".Length..]),
            ];
    }

    [Test]
    public void The_functions_know_the_targets_in_their_order()
    {
        var function = _declared.OfType("aws:lambda/function:Function")[0];
        var variables = function.Json["environment"]!["variables"]!.AsObject();

        var settings = DeploymentSettings.Read(name =>
            name == DeploymentEnvironment.Region ? "us-east-1" : (string?)variables[name]
        );

        Assert.That(settings.AccountMode, Is.EqualTo(AccountMode.Multi));
        Assert.That(
            settings.Targets.Select(target => (target.StageName, target.AccountId.Text, target.Approval)),
            Is.EqualTo([
                ("DeployDev", "111111111111", false),
                ("DeployStaging", "222222222222", true),
                ("DeployProd", "333333333333", true),
            ])
        );
    }

    [Test]
    public async Task A_boundary_of_the_users_replaces_ours_and_bounds_every_role_there()
    {
        const string Boundary = "arn:aws:iam::111111111111:policy/everybody";
        var declared = await Declared.ByAsync(
            Declared.SeveralAccounts with
            {
                Targets = [Declared.Remote("dev", "111111111111") with { PermissionsBoundary = Boundary }],
            }
        );

        Assert.That(
            declared.OfType("aws-native:iam:ManagedPolicy").Select(policy => policy.Name),
            Is.EqualTo(["mlops-dev-boundary-policy"]),
            "that of the orchestrator account"
        );
        foreach (
            var role in declared
                .OfType("aws-native:iam:Role")
                .Where(role => role.Name.StartsWith("mlops-dev-dev-", StringComparison.Ordinal))
        )
        {
            Assert.That((string?)role.Json["permissionsBoundary"], Is.EqualTo(Boundary), role.Urn);
        }

        Assert.That(
            declared
                .Statements.Where(statement => statement.Actions.Contains("iam:CreateRole"))
                .Select(statement => statement.Condition("StringEquals", "iam:PermissionsBoundary")),
            Does.Contain(Boundary)
        );
    }

    [Test]
    public async Task The_orchestrator_account_as_a_target_gets_nothing_that_it_has_not()
    {
        var alone = await Declared.ByAsync(
            Declared.SeveralAccounts with
            {
                Targets = [new TargetSettings("dev", AccountId.Parse(AwsMocks.Account))],
            }
        );
        var single = await Declared.ByAsync(Declared.Settings);

        Assert.That(
            alone.Resources.Select(resource => resource.Urn),
            Is.EqualTo(single.Resources.Select(resource => resource.Urn))
        );
    }

    [TestCase(3, 2)]
    [TestCase(10, 4)]
    public async Task Targets_are_declared_within_seconds(int targets, int seconds)
    {
        var settings = Declared.SeveralAccounts with
        {
            Targets =
            [
                .. Enumerable.Range(1, targets).Select(number => Declared.Remote($"target-{number}", $"{number:D12}")),
            ],
        };
        var started = TimeProvider.System.GetTimestamp();

        await Declared.ByAsync(settings);

        Assert.That(TimeProvider.System.GetElapsedTime(started), Is.LessThan(TimeSpan.FromSeconds(seconds)));
    }
}
