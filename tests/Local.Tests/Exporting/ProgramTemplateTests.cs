using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Mlops.Infra;
using Mlops.Local.Exporting;
using Mlops.Provisioning;
using Pulumi.Testing;

namespace Mlops.Local.Tests.Exporting;

[TestFixture, NonParallelizable] // The SDK documents its test mode as serial only.
public sealed class ProgramTemplateTests
{
    private static readonly StackSettings Settings = new()
    {
        AccountMode = AccountMode.Single,
        Region = "us-east-1",
        NotificationEmail = "team@example.com",
    };

    [Test]
    public async Task A_bucket_has_all_of_its_settings()
    {
        var bucket = Resource(await ProgramTemplate.OfAsync("dev", Settings), "AssetsBucket");

        Assert.That((string?)bucket["Type"], Is.EqualTo("AWS::S3::Bucket"));
        Assert.That(
            bucket["Properties"]!.AsObject().Select(property => property.Key),
            Is.EquivalentTo([
                "BucketEncryption",
                "LifecycleConfiguration",
                "LoggingConfiguration",
                "OwnershipControls",
                "PublicAccessBlockConfiguration",
                "VersioningConfiguration",
            ])
        );
        Assert.That(
            bucket["Properties"]!["PublicAccessBlockConfiguration"]!.ToJsonString(),
            Is.EqualTo(
                """{"BlockPublicAcls":true,"BlockPublicPolicy":true,"IgnorePublicAcls":true,"RestrictPublicBuckets":true}"""
            )
        );
    }

    [Test]
    public async Task What_refers_to_another_resource_says_so()
    {
        var template = await ProgramTemplate.OfAsync("dev", Settings);

        Assert.That(
            Resource(template, "OrchestratorFunction")["Properties"]!["Role"]!.ToJsonString(),
            Is.EqualTo("""{"Fn::GetAtt":["OrchestratorRole","Arn"]}""")
        );
        Assert.That(
            Resource(template, "AssetsPolicyBucketPolicy")["Properties"]!["PolicyDocument"]!["Statement"]![0]![
                "Resource"
            ]!.ToJsonString(),
            Is.EqualTo("""[{"Fn::GetAtt":["AssetsBucket","Arn"]},{"Fn::Sub":"${AssetsBucket.Arn}/*"}]""")
        );
        Assert.That(
            template["Outputs"]!["AssetsBucket"]!["Value"]!.ToJsonString(),
            Is.EqualTo("""{"Ref":"AssetsBucket"}""")
        );
    }

    [Test]
    public async Task Each_account_is_a_template_of_its_own()
    {
        var several = Settings with
        {
            AccountMode = AccountMode.Multi,
            AccountId = "123456789012",
            Targets =
            [
                new TargetSettings("staging", AccountId.Parse("222222222222"))
                {
                    SetupRoleArn = "arn:aws:iam::222222222222:role/setup",
                },
            ],
        };

        var home = await ProgramTemplate.OfAsync("dev", several);
        var staging = await ProgramTemplate.OfAsync("dev", several, several.Targets[0]);

        Assert.That(home["Resources"]!.AsObject().Select(resource => resource.Key), Has.None.StartsWith("Staging"));
        Assert.That((string?)Resource(home, "TargetEventsBusEventBus")["Type"], Is.EqualTo("AWS::Events::EventBus"));
        Assert.That(
            staging["Resources"]!.AsObject().Select(resource => resource.Key),
            Is.SupersetOf(["CloudformationRole", "DeliverRole", "ForwardRole", "ObserveRole", "RepairRole"])
        );
        Assert.That(
            Resource(staging, "ForwardMonitorsRule")["Properties"]!["Targets"]![0]!["Arn"]!.ToJsonString(),
            Is.EqualTo("""{"Ref":"HomeTargetEventsBusEventBusArn"}""")
        );
        Assert.That(
            Resource(staging, "ObserveRole")["Properties"]!["AssumeRolePolicyDocument"]!["Statement"]![0]![
                "Principal"
            ]!.ToJsonString(),
            Is.EqualTo("""{"AWS":{"Fn::Sub":"arn:${AWS::Partition}:iam::${HomeAccountId}:root"}}""")
        );
        Assert.That(staging.ToJsonString(), Does.Not.Contain("222222222222").And.Not.Contain("Token["));
    }

    [Test]
    public async Task What_no_value_says_about_the_order_is_said_beside_it()
    {
        var template = await ProgramTemplate.OfAsync("dev", Settings);

        Assert.That(
            Resource(template, "OrchestratorFunction")["DependsOn"]!.ToJsonString(),
            Is.EqualTo("""["OrchestratorLogLogGroup"]""")
        );
        Assert.That(
            Resource(template, "AssetsBucket")["DependsOn"]!.ToJsonString(),
            Is.EqualTo("""["LogsPolicyBucketPolicy"]"""),
            "of a setting that is a resource of its own for Pulumi"
        );
    }

    [TestCase(true, "Retain")]
    [TestCase(false, "Delete")]
    public async Task What_outlives_the_stack_is_retained(bool retain, string policy)
    {
        var template = await ProgramTemplate.OfAsync("dev", Settings with { RetainData = retain });

        foreach (var id in new[] { "AssetsBucket", "AssetsKey", "AlgorithmsRepository" })
        {
            Assert.That((string?)Resource(template, id)["DeletionPolicy"], Is.EqualTo(policy), id);
            Assert.That((string?)Resource(template, id)["UpdateReplacePolicy"], Is.EqualTo(policy), id);
        }

        Assert.That((string?)Resource(template, "OrchestratorFunction")["DeletionPolicy"], Is.EqualTo("Delete"));
    }

    [Test]
    public async Task It_is_of_no_account_and_no_region_and_has_no_token_left()
    {
        var text = (await ProgramTemplate.OfAsync("dev", Settings)).ToJsonString();

        Assert.That(text, Does.Not.Contain("us-east-1").And.Not.Contain("Token[").And.Not.Match("[0-9]{12}"));
    }

    [Test]
    public async Task What_is_looked_up_is_named_and_its_key_is_a_parameter()
    {
        var template = await ProgramTemplate.OfAsync(
            "dev",
            Settings with
            {
                ExistingAssetsBucket = "my-models",
                ExistingEcrRepository = "my-images",
            }
        );

        Assert.That(
            template["Parameters"]!.AsObject().Select(parameter => parameter.Key),
            Is.EqualTo(["ExistingAssetsKeyArn", "PackagesBucket"])
        );
        Assert.That((string?)template["Outputs"]!["AssetsBucket"]!["Value"], Is.EqualTo("my-models"));
        Assert.That(template["Resources"]!.AsObject().ContainsKey("AssetsBucket"), Is.False);
        Assert.That(template["Resources"]!.AsObject().ContainsKey("AlgorithmsRepository"), Is.False);
    }

    [Test]
    public async Task The_same_settings_give_the_same_text() =>
        Assert.That(
            (await ProgramTemplate.OfAsync("dev", Settings)).ToJsonString(),
            Is.EqualTo((await ProgramTemplate.OfAsync("dev", Settings)).ToJsonString())
        );

    [TestCase("aws:sqs/queue:Queue")]
    [TestCase("random:index/randomId:RandomId")]
    public void A_type_that_is_not_known_is_named_and_not_left_out(string type)
    {
        var mocks = new TemplateMocks("mlops-dev", new Registrations());
        var resource = new MockResourceArgs
        {
            Type = type,
            Name = "mlops-dev-thing",
            Inputs = ImmutableDictionary<string, object>.Empty,
        };

        Assert.That(
            () => mocks.NewResourceAsync(resource),
            Throws
                .TypeOf<NotSupportedException>()
                .With.Message.EqualTo(
                    $"nothing says what {type} (mlops-dev-thing) is in CloudFormation: add it to local/Exporting/TypeTable.cs."
                )
        );
    }

    [TestCase("aws:s3/bucket:Bucket", """{"objectLockEnabled":true}""")]
    [TestCase("aws:lambda/function:Function", """{"environment":{"secrets":{}}}""")]
    public void A_property_that_is_not_known_is_named_and_not_left_out(string type, string inputs)
    {
        var declared = new Declaration(type, "it", "It", JsonNode.Parse(inputs)!.AsObject(), Retain: false, []);

        Assert.That(
            () => TypeTable.Translate(declared),
            Throws
                .TypeOf<NotSupportedException>()
                .With.Message.Contains($"{type} it")
                .And.Message.Contains("nothing says")
        );
    }

    private static JsonObject Resource(JsonObject template, string id) =>
        template["Resources"]![id]?.AsObject()
        ?? throw new AssertionException(
            $"There is no {id}, but {string.Join(", ", template["Resources"]!.AsObject().Select(each => each.Key))}"
        );
}
