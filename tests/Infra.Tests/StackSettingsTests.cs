using Mlops.Provisioning;

namespace Mlops.Infra.Tests;

public sealed class StackSettingsTests
{
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
                    ManageApiGatewayLogging = true,
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
                  mlops:notificationEmail: "nobody" is not an e-mail address. Run: pulumi config set mlops:notificationEmail team@example.com
                  mlops:retainData: "maybe" is neither true nor false. Run: pulumi config set mlops:retainData true
                  mlops:lambdaPackage: "zip" is unknown; it is one of auto, aot, managed. Run: pulumi config set mlops:lambdaPackage auto
                  mlops:accountId: "12" is not an account id of 12 digits. Run: pulumi config set mlops:accountId 123456789012
                """
            )
        );
    }

    [Test]
    public void Several_accounts_are_refused_in_a_sentence()
    {
        var failure = Assert.Throws<StackSettingsException>(() => Read(With("mlops:accountMode", "multi")));

        Assert.That(
            failure!.Problems,
            Is.EqualTo([
                "  mlops:accountMode: several accounts come with a later release; this one deploys into the orchestrator account only. Run: pulumi config set mlops:accountMode single",
            ])
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

    private static Dictionary<string, string> With(string key, string value) => new(Complete) { [key] = value };

    private static StackSettings Read(Dictionary<string, string> values) =>
        StackSettings.Read(values.GetValueOrDefault);
}
