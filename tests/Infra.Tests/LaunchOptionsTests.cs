using System.Text.Json.Nodes;
using Mlops.Infra.Tests.Declaring;
using Mlops.Provisioning;
using Pulumi;
using Pulumi.Utilities;

namespace Mlops.Infra.Tests;

/// <summary>What each setting does to what is declared.</summary>
[TestFixture, NonParallelizable] // The SDK documents its test mode as serial only.
public sealed class LaunchOptionsTests
{
    private const string WebAcl =
        "arn:aws:wafv2:us-east-1:123456789012:regional/webacl/my-acl/11111111-2222-3333-4444-555555555555";

    [Test]
    public async Task Without_a_setting_there_is_none_of_what_it_would_bring()
    {
        var declared = await Declared.ByAsync(Declared.Settings);

        Assert.That(
            declared.Resources.Select(resource => resource.Type),
            Has.None.EqualTo("aws-native:wafv2:WebAclAssociation")
        );
        foreach (var function in declared.OfType("aws:lambda/function:Function"))
        {
            Assert.That(function.Json["reservedConcurrentExecutions"], Is.Null, function.Urn);
        }

        Assert.That(Logs(declared), Is.All.EqualTo(90));
        Assert.That(Throttle(declared), Is.EqualTo((10.0, 20)));
        Assert.That(Told(declared, DeploymentEnvironment.UseModelRegistry), Is.EqualTo("false"));
        Assert.That(Told(declared, DeploymentEnvironment.DetailedErrors), Is.EqualTo("true"));
        Assert.That(Told(declared, DeploymentEnvironment.PreventSelfApproval), Is.EqualTo("false"));
    }

    [TestCase("https", "https://hooks.example.com/mlops")]
    [TestCase("sqs", "arn:aws:sqs:us-east-1:123456789012:outcomes")]
    public async Task Somebody_hears_of_everything_besides_the_mailbox(string protocol, string endpoint)
    {
        var declared = await Declared.ByAsync(
            Declared.Settings with
            {
                NotificationSubscription = new NotificationSubscription(protocol, endpoint),
            }
        );

        Assert.That(
            declared
                .OfType("aws-native:sns:Subscription")
                .Select(one => ((string?)one.Json["protocol"], (string?)one.Json["endpoint"])),
            Is.EquivalentTo(
                ((string?, string?)[])[("email", Declared.Settings.NotificationEmail), (protocol, endpoint)]
            )
        );
    }

    [Test]
    public async Task Every_log_is_kept_as_long_as_said()
    {
        var declared = await Declared.ByAsync(Declared.Settings with { LogRetentionDays = 365 });

        Assert.That(Logs(declared), Has.Count.GreaterThanOrEqualTo(3).And.All.EqualTo(365));
    }

    [Test]
    public async Task Concurrency_is_reserved_for_the_function_that_answers_requests_alone()
    {
        var declared = await Declared.ByAsync(Declared.Settings with { ReservedConcurrency = 5 });

        Assert.That(
            declared
                .OfType("aws:lambda/function:Function")
                .ToDictionary(
                    function => (string)function.Json["name"]!,
                    function => (int?)(double?)function.Json["reservedConcurrentExecutions"]
                ),
            Is.EquivalentTo(
                new Dictionary<string, int?> { ["mlops-dev-orchestrator"] = 5, ["mlops-dev-deployment-flow"] = null }
            )
        );
    }

    [Test]
    public async Task The_API_takes_as_many_calls_as_said()
    {
        var declared = await Declared.ByAsync(Declared.Settings with { ApiThrottle = new ApiThrottle(0.5, 3) });

        Assert.That(Throttle(declared), Is.EqualTo((0.5, 3)));
    }

    [Test]
    public async Task A_web_ACL_stands_before_the_stage_that_is_there()
    {
        var declared = await Declared.ByAsync(Declared.Settings with { WafWebAclArn = WebAcl });

        var association = declared.OfType("aws-native:wafv2:WebAclAssociation").Single();
        Assert.That((string?)association.Json["webAclArn"], Is.EqualTo(WebAcl));
        Assert.That(
            (string?)association.Json["resourceArn"],
            Is.EqualTo("arn:aws:apigateway:us-east-1::/restapis/api123/stages/prod")
        );
        var first = new List<string>();
        await foreach (var resource in declared.OptionsOf(association).DependsOn)
        {
            first.Add((await OutputUtilities.GetValueAsync<Resource>(resource)).GetResourceName());
        }

        Assert.That(first, Is.EqualTo(["mlops-dev-api-stage"]));
    }

    [Test]
    public async Task Tags_are_given_to_everything_by_the_providers_beside_ours()
    {
        var declared = await Declared.ByAsync(
            Declared.Settings with
            {
                Tags = new Dictionary<string, string> { ["team"] = "data science" },
            }
        );

        foreach (
            var provider in declared.Resources.Where(resource =>
                resource.Type.StartsWith("pulumi:providers:", StringComparison.Ordinal)
            )
        )
        {
            Assert.That(
                JsonNode.Parse((string)provider.Json["defaultTags"]!)!["tags"]!.ToJsonString(),
                Is.EqualTo("""{"mlops:deployment":"mlops-dev","team":"data science"}"""),
                provider.Urn
            );
        }
    }

    [Test]
    public async Task The_functions_are_told_of_the_registry_of_details_and_of_who_may_approve()
    {
        var declared = await Declared.ByAsync(
            Declared.Settings with
            {
                UseModelRegistry = true,
                DetailedErrors = false,
                PreventSelfApproval = true,
            }
        );

        Assert.That(Told(declared, DeploymentEnvironment.UseModelRegistry), Is.EqualTo("true"));
        Assert.That(Told(declared, DeploymentEnvironment.DetailedErrors), Is.EqualTo("false"));
        Assert.That(Told(declared, DeploymentEnvironment.PreventSelfApproval), Is.EqualTo("true"));
    }

    private static List<int> Logs(Declared declared) =>
        [.. declared.OfType("aws-native:logs:LogGroup").Select(log => (int)(double)log.Json["retentionInDays"]!)];

    private static (double Rate, int Burst) Throttle(Declared declared)
    {
        var settings = declared.OfType("aws-native:apigateway:Stage").Single().Json["methodSettings"]![0]!;
        Assert.That($"{settings["resourcePath"]} {settings["httpMethod"]}", Is.EqualTo("/* *"));
        return ((double)settings["throttlingRateLimit"]!, (int)(double)settings["throttlingBurstLimit"]!);
    }

    private static string? Told(Declared declared, string variable) =>
        (string?)
            declared
                .OfType("aws:lambda/function:Function")
                .Single(function => (string?)function.Json["name"] == "mlops-dev-orchestrator")
                .Json["environment"]!["variables"]![variable];
}
