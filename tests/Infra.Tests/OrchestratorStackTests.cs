using System.Text.Json.Nodes;
using Mlops.Infra.Tests.Declaring;
using Mlops.Provisioning;
using Pulumi.Utilities;

namespace Mlops.Infra.Tests;

[TestFixture, NonParallelizable] // The SDK documents its test mode as serial only.
public sealed class OrchestratorStackTests
{
    private Declared _declared = null!;

    [OneTimeSetUp]
    public async Task DeclareAsync() => _declared = await Declared.ByAsync(Declared.Settings);

    [Test]
    public async Task A_preview_of_a_new_stack_ends_well()
    {
        var preview = await Declared.ByAsync(Declared.Settings, preview: true);

        Assert.That(
            preview.Resources.Select(resource => resource.Urn),
            Is.EqualTo(_declared.Resources.Select(resource => resource.Urn))
        );
    }

    [Test]
    public async Task Declaring_twice_declares_the_same()
    {
        var again = await Declared.ByAsync(Declared.Settings);

        Assert.That(again.Resources.Select(Whole), Is.EqualTo(_declared.Resources.Select(Whole)));

        static string Whole(DeclaredResource resource) => $"{resource.Urn} {resource.Json.ToJsonString()}";
    }

    [Test]
    public async Task It_is_declared_within_two_seconds()
    {
        var started = TimeProvider.System.GetTimestamp();

        await Declared.ByAsync(Declared.Settings);

        Assert.That(TimeProvider.System.GetElapsedTime(started), Is.LessThan(TimeSpan.FromSeconds(2)));
    }

    [Test]
    public void No_resource_is_registered_twice_under_one_name()
    {
        Assert.That(_declared.Registered, Is.Unique);
    }

    [Test]
    public void Everything_has_a_provider_of_its_own_package_and_account()
    {
        foreach (var resource in _declared.Resources.Where(resource => !IsProvider(resource)))
        {
            var expected = resource.Type.StartsWith("aws-native:", StringComparison.Ordinal)
                ? "pulumi:providers:aws-native::mlops-dev-aws-native::"
                : "pulumi:providers:aws::mlops-dev-aws::";

            Assert.That(resource.Provider, Does.Contain(expected), () => $"{resource.Urn} has no provider of ours");
        }
    }

    [Test]
    public void Every_provider_has_a_region_and_tags_and_those_that_make_things_know_their_account()
    {
        foreach (var provider in _declared.Resources.Where(IsProvider))
        {
            Assert.That((string?)provider.Json["region"], Is.EqualTo("us-east-1"), provider.Urn);
            Assert.That((string?)provider.Json["defaultTags"], Does.Contain("mlops-dev"), provider.Urn);
            if (provider.Name != "mlops-dev-caller")
            {
                Assert.That(Allowed(provider), Is.EqualTo(["123456789012"]), provider.Urn);
            }
        }
    }

    [Test]
    public async Task A_named_account_is_the_only_one_that_even_the_caller_may_be_of()
    {
        var declared = await Declared.ByAsync(Declared.Settings with { AccountId = "123456789012" });

        foreach (var provider in declared.Resources.Where(IsProvider))
        {
            Assert.That(Allowed(provider), Is.EqualTo(["123456789012"]), provider.Urn);
        }
    }

    [Test]
    public void Nothing_is_null_or_empty_where_something_is_named()
    {
        foreach (var resource in _declared.Resources)
        {
            foreach (var (path, value) in Leaves(resource.Json, resource.Urn))
            {
                // A lifecycle filter of no prefix is S3's way to say "every object".
                if (!path.EndsWith("/filter/prefix", StringComparison.Ordinal))
                {
                    Assert.That(value?.ToString(), Is.Not.Null.And.Not.Empty, path);
                    Assert.That(value!.ToString(), Does.Not.Contain("Pulumi.Output"), path);
                }
            }
        }
    }

    [Test]
    public void The_functions_are_told_everything_that_they_read()
    {
        var orchestrator = Environment("mlops-dev-orchestrator");
        var flow = Environment("mlops-dev-deployment-flow");

        Assert.Multiple(() =>
        {
            var settings = ProvisioningSettings.Read(orchestrator);
            Assert.That(settings.OrchestratorAccount, Is.EqualTo("123456789012"));
            Assert.That(settings.DeploymentFlowFunction, Is.EqualTo("mlops-dev-deployment-flow"));
            Assert.That(DeploymentSettings.Read(flow).Targets.Single().StageName, Is.EqualTo("DeployPipeline"));
        });
    }

    [Test]
    public void What_the_functions_work_out_from_conventions_is_what_was_made()
    {
        var settings = DeploymentSettings.Read(Environment("mlops-dev-deployment-flow"));
        var target = settings.Targets.Single();

        Assert.That(Roles(), Does.Contain(settings.CloudFormationRoleArn(target)));
        var boundary = _declared.OfType("aws-native:iam:ManagedPolicy").Single().Json;
        Assert.That(
            $"arn:aws:iam::123456789012:policy{boundary["path"]}{boundary["managedPolicyName"]}",
            Is.EqualTo(settings.BoundaryArn(target))
        );
    }

    [Test]
    public async Task It_answers_what_clients_need()
    {
        var stack = _declared.Stack;

        Assert.That(
            await OutputUtilities.GetValueAsync(stack.ApiUrl),
            Is.EqualTo("https://api123.execute-api.us-east-1.amazonaws.com/prod")
        );
        Assert.That(await OutputUtilities.GetValueAsync(stack.AssetsBucket), Is.EqualTo("mlops-dev-assets-1a2b3c4"));
        Assert.That(
            await OutputUtilities.GetValueAsync(stack.ArtifactBucket),
            Is.EqualTo("mlops-dev-artifacts-1a2b3c4")
        );
        Assert.That(
            await OutputUtilities.GetValueAsync(stack.NotificationsTopic),
            Is.EqualTo("arn:aws:sns:us-east-1:123456789012:mlops-dev-notifications")
        );
        Assert.That(
            await OutputUtilities.GetValueAsync(stack.EcrRepository),
            Is.EqualTo("123456789012.dkr.ecr.us-east-1.amazonaws.com/mlops-dev-algorithms")
        );
    }

    /// <summary>Providers get their structured settings as JSON text.</summary>
    private static IEnumerable<string?> Allowed(DeclaredResource provider) =>
        JsonNode.Parse((string)provider.Json["allowedAccountIds"]!)!.AsArray().Select(id => (string?)id);

    private static bool IsProvider(DeclaredResource resource) =>
        resource.Type.StartsWith("pulumi:providers:", StringComparison.Ordinal);

    private IEnumerable<string> Roles() =>
        _declared
            .OfType("aws-native:iam:Role")
            .Select(role => $"arn:aws:iam::123456789012:role{role.Json["path"]}{role.Json["roleName"]}");

    private Func<string, string?> Environment(string function)
    {
        var variables = _declared
            .OfType("aws:lambda/function:Function")
            .Single(resource => (string?)resource.Json["name"] == function)
            .Json["environment"]!["variables"]!;
        return name => name == DeploymentEnvironment.Region ? "us-east-1" : (string?)variables[name];
    }

    private static IEnumerable<(string Path, JsonNode? Value)> Leaves(JsonNode? node, string path) =>
        node switch
        {
            JsonObject map => map.SelectMany(member => Leaves(member.Value, $"{path}/{member.Key}")),
            JsonArray list => list.SelectMany((element, index) => Leaves(element, $"{path}/{index}")),
            _ => [(path, node)],
        };
}
