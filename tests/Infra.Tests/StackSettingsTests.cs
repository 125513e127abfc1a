using Mlops.Provisioning;

namespace Mlops.Infra.Tests;

public sealed class StackSettingsTests
{
    private const string WebAcl =
        "arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/my-acl/11111111-2222-3333-4444-555555555555";

    private static readonly Dictionary<string, string> Complete = new()
    {
        ["mlops:accountMode"] = "single",
        ["aws:region"] = "eu-central-1",
        ["mlops:notificationEmail"] = "team@example.com",
    };

    [Test]
    public void What_is_not_set_keeps_data_and_takes_the_package_that_can_be_built()
    {
        var settings = Read(Complete);

        Assert.That(
            settings,
            Is.EqualTo(
                new StackSettings
                {
                    AccountMode = AccountMode.Single,
                    Region = "eu-central-1",
                    NotificationEmail = "team@example.com",
                    RetainData = true,
                    LambdaPackage = LambdaPackageKind.Auto,
                    UseModelRegistry = false,
                    CreateModelRegistry = false,
                    DetailedErrors = true,
                    LogRetentionDays = 90,
                    ApiThrottle = new ApiThrottle(RatePerSecond: 10, Burst: 20),
                    ManageApiGatewayAccount = true,
                }
            )
        );
    }

    [Test]
    public void Everything_that_can_be_set_is_taken()
    {
        var settings = Read(
            new(Complete)
            {
                ["mlops:accountId"] = "123456789012",
                ["mlops:configSource"] = "bucket",
                ["mlops:configBucket"] = "my.config",
                ["mlops:configPath"] = "team-a/mlops.json",
                ["mlops:existingAssetsBucket"] = "my-models",
                ["mlops:existingEcrRepository"] = "team-a/algorithms",
                ["mlops:useModelRegistry"] = "true",
                ["mlops:createModelRegistry"] = "True",
                ["mlops:detailedErrors"] = "false",
                ["mlops:logRetentionDays"] = "365",
                ["mlops:reservedConcurrency"] = "5",
                ["mlops:apiThrottle"] = """{"ratePerSecond":2.5,"burst":"4"}""",
                ["mlops:manageApiGatewayAccount"] = "false",
                ["mlops:wafWebAclArn"] = WebAcl,
                ["mlops:tags"] = """{"team":"data science","cost-center":4711}""",
            }
        );

        Assert.That(
            settings.Tags,
            Is.EquivalentTo(new Dictionary<string, string> { ["team"] = "data science", ["cost-center"] = "4711" })
        );
        Assert.That(
            settings with
            {
                Tags = Defaults.Tags,
            },
            Is.EqualTo(
                Defaults with
                {
                    AccountId = "123456789012",
                    ConfigSource = ConfigSourceKind.Bucket,
                    ConfigBucket = "my.config",
                    ConfigPath = "team-a/mlops.json",
                    ExistingAssetsBucket = "my-models",
                    ExistingEcrRepository = "team-a/algorithms",
                    UseModelRegistry = true,
                    CreateModelRegistry = true,
                    DetailedErrors = false,
                    LogRetentionDays = 365,
                    ReservedConcurrency = 5,
                    ApiThrottle = new ApiThrottle(2.5, 4),
                    ManageApiGatewayAccount = false,
                    WafWebAclArn = WebAcl,
                }
            )
        );
    }

    [Test]
    public void Every_problem_is_told_at_once_with_the_command_that_mends_it()
    {
        var failure = Assert.Throws<StackSettingsException>(() =>
            Read(
                new()
                {
                    ["mlops:notificationEmail"] = "nobody",
                    ["mlops:retainData"] = "maybe",
                    ["mlops:lambdaPackage"] = "zip",
                    ["mlops:accountId"] = "12",
                    ["mlops:existingEcrRepository"] = " ",
                }
            )
        );

        Assert.That(
            failure!.Message.ReplaceLineEndings("\n"),
            Is.EqualTo(
                """
                The stack's configuration cannot be used:
                  mlops:accountMode: it is missing; it is one of single, multi. Run: pulumi config set mlops:accountMode single
                  aws:region: it is missing: the region of everything. Run: pulumi config set aws:region us-east-1
                  mlops:accountId: "12" is not an account id of 12 digits. Run: pulumi config set mlops:accountId 123456789012
                  mlops:notificationEmail: "nobody" is not an e-mail address. Run: pulumi config set mlops:notificationEmail team@example.com
                  mlops:retainData: "maybe" is neither true nor false. Run: pulumi config set mlops:retainData true
                  mlops:lambdaPackage: "zip" is unknown; it is one of auto, aot, managed. Run: pulumi config set mlops:lambdaPackage auto
                  mlops:existingEcrRepository: it is set, but empty. Run: pulumi config rm mlops:existingEcrRepository
                """
            )
        );
    }

    [TestCase("cn-north-1", Description = "CodePipeline has no CloudFormation action there")]
    [TestCase("Frankfurt", Description = "a city")]
    [TestCase("us-east-1a", Description = "a zone")]
    public void Refuses_the_region(string region)
    {
        Assert.Throws<StackSettingsException>(() => Read(With("aws:region", region)));
    }

    [TestCase("us-gov-west-1")]
    [TestCase("ap-southeast-4")]
    [TestCase("me-central-1")]
    public void Accepts_the_region(string region)
    {
        Assert.That(Read(With("aws:region", region)).Region, Is.EqualTo(region));
    }

    [TestCase("mlops", "dev", "mlops-dev")]
    [TestCase("mlops", "multiaccount", "mlops-multiaccount")]
    public void A_deployment_is_named_after_project_and_stack(string project, string stack, string name)
    {
        Assert.That(DeploymentName.Of(project, stack), Is.EqualTo(name));
    }

    [TestCase("Dev", Description = "no bucket may have capitals")]
    [TestCase("dev_1", Description = "nor underscores")]
    [TestCase("a-stack-whose-name-leaves-no-room-for-the-rest", Description = "too long")]
    public void Refuses_the_stack(string stack)
    {
        Assert.Throws<StackSettingsException>(() => DeploymentName.Of("mlops", stack));
    }

    [TestCase(
        "existingAssetsBucket",
        "arn:aws:s3:::models",
        "cannot be the name of a bucket: a bucket has 3 to 63 lower-case letters, digits, hyphens and dots, a letter or digit at both ends",
        "models",
        Description = "an ARN"
    )]
    [TestCase(
        "existingAssetsBucket",
        "192.168.5.4",
        "cannot be the name of a bucket: a bucket has 3 to 63 lower-case letters, digits, hyphens and dots, a letter or digit at both ends",
        "my-bucket",
        Description = "an address"
    )]
    [TestCase(
        "existingAssetsBucket",
        "models--x-s3",
        "cannot be the name of a bucket: a general purpose bucket's name does not end with --x-s3",
        "my-bucket",
        Description = "a directory bucket"
    )]
    [TestCase(
        "existingAssetsBucket",
        "xn--models",
        "cannot be the name of a bucket: no bucket's name begins with xn--",
        "my-bucket"
    )]
    [TestCase(
        "existingEcrRepository",
        "123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/algorithms:1",
        "cannot be the name of a repository: it has 2 to 256 lower-case letters and digits, single separators . _ - / between them",
        "team/algorithms",
        Description = "an image"
    )]
    [TestCase("useModelRegistry", "Yes", "is neither true nor false", "true", Description = "the predecessor's word")]
    [TestCase("detailedErrors", "No", "is neither true nor false", "false")]
    [TestCase(
        "logRetentionDays",
        "100",
        "is no number of days that CloudWatch Logs knows; it is one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653",
        "120"
    )]
    [TestCase(
        "reservedConcurrency",
        "0",
        "is not a whole number of 1 or more, and with 0 no request would be answered",
        "10"
    )]
    public void Refuses_a_value_and_proposes_the_nearest_that_can_be(
        string key,
        string value,
        string why,
        string proposal
    )
    {
        Assert.That(
            Problems(With($"mlops:{key}", value)),
            Is.EqualTo([$"  mlops:{key}: \"{value}\" {why}. Run: pulumi config set mlops:{key} {proposal}"])
        );
    }

    [TestCase(
        "arn:aws:wafv2:us-east-1:123456789012:global/webacl/cdn/11111111-2222-3333-4444-555555555555",
        "is a web ACL for CloudFront; before an API stands a regional one"
    )]
    [TestCase(
        "arn:aws:wafv2:us-east-1:123456789012:regional/webacl/api/11111111-2222-3333-4444-555555555555",
        "is of us-east-1; the API is in eu-central-1, and needs one from there"
    )]
    [TestCase(
        "arn:aws:wafv2:eu-central-1:999999999999:regional/webacl/api/11111111-2222-3333-4444-555555555555",
        "is of account 999999999999; the API is in 123456789012, and needs one from there"
    )]
    [TestCase(
        "arn:aws:waf-regional:eu-central-1:123456789012:webacl/11111111-2222-3333-4444-555555555555",
        "is not the ARN of a web ACL of AWS WAF (`aws wafv2 list-web-acls --scope REGIONAL` lists them)",
        Description = "WAF Classic"
    )]
    public void Refuses_the_web_ACL(string arn, string why)
    {
        var values = With("mlops:wafWebAclArn", arn);
        values["mlops:accountId"] = "123456789012";

        Assert.That(
            Problems(values),
            Is.EqualTo([$"  mlops:wafWebAclArn: \"{arn}\" {why}. Run: pulumi config set mlops:wafWebAclArn {WebAcl}"])
        );
    }

    private static StackSettings Defaults => Read(Complete);

    private static IReadOnlyList<string> Problems(Dictionary<string, string> values) =>
        Assert.Throws<StackSettingsException>(() => Read(values))!.Problems;

    private static Dictionary<string, string> With(string key, string value) => new(Complete) { [key] = value };

    private static StackSettings Read(Dictionary<string, string> values) =>
        StackSettings.Read(values.GetValueOrDefault, values.Keys);
}
