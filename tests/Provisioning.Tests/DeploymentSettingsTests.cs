using Mlops.Provisioning.Tests.Fakes;

namespace Mlops.Provisioning.Tests;

public sealed class DeploymentSettingsTests
{
    [Test]
    public void The_environment_is_read_into_records()
    {
        var settings = ProvisioningSettings.Read(Deployments.Environment().GetValueOrDefault);

        Assert.That(settings.Deployment.DeploymentName, Is.EqualTo("mlops-dev"));
        Assert.That(settings.Deployment.AccountMode, Is.EqualTo(AccountMode.Single));
        Assert.That(settings.Deployment.Targets.Single().StageName, Is.EqualTo("DeployPipeline"));
        Assert.That(settings.OrchestratorAccount, Is.EqualTo("123456789012"));
        Assert.That(settings.PipelineArn("p"), Is.EqualTo("arn:aws:codepipeline:us-east-1:123456789012:p"));
        Assert.That(
            settings.Deployment.CloudFormationRoleArn(settings.Deployment.Targets[0]),
            Is.EqualTo("arn:aws:iam::123456789012:role/mlops-orchestrator/mlops-dev-cloudformation")
        );
    }

    [Test]
    public void The_common_variables_alone_are_enough_for_the_other_function()
    {
        string[] common =
        [
            DeploymentEnvironment.DeploymentName,
            DeploymentEnvironment.AccountMode,
            DeploymentEnvironment.Targets,
            DeploymentEnvironment.AssetsBucket,
            DeploymentEnvironment.NotificationsTopicArn,
            DeploymentEnvironment.Partition,
            DeploymentEnvironment.Region,
        ];
        var environment = Deployments.Environment();

        Assert.That(
            () => DeploymentSettings.Read(name => common.Contains(name) ? environment[name] : null),
            Throws.Nothing
        );
    }

    [Test]
    public void Targets_keep_their_order_and_their_approval() =>
        Assert.That(
            Deployments
                .Multi()
                .Deployment.Targets.Select(target => $"{target.StageName} {target.AccountId} {target.Approval}"),
            Is.EqualTo(
                (string[])
                    ["DeployDev 111111111111 False", "DeployStaging 222222222222 True", "DeployProd 333333333333 True"]
            )
        );

    [Test]
    public void Every_problem_is_in_one_message()
    {
        var problems = Assert.Throws<DeploymentSettingsException>(() => ProvisioningSettings.Read(_ => null))!.Problems;

        Assert.That(problems, Has.Count.EqualTo(12));
        Assert.That(problems, Has.All.EndsWith("is not set."));
    }

    [TestCase(DeploymentEnvironment.AccountMode, "both", "takes single or multi")]
    [TestCase(DeploymentEnvironment.UseModelRegistry, "Yes", "takes true or false")]
    [TestCase(DeploymentEnvironment.PipelineRoleArn, "a-role", "is no ARN")]
    [TestCase(DeploymentEnvironment.PipelineRoleArn, "arn:aws", "is no ARN")]
    [TestCase(DeploymentEnvironment.Targets, "pipeline", "is not a list of targets")]
    [TestCase(DeploymentEnvironment.Targets, "[]", "names no target")]
    [TestCase(DeploymentEnvironment.Targets, "{}", "is not a list of targets")]
    [TestCase(DeploymentEnvironment.Targets, "[1]", "is not a list of targets")]
    [TestCase(DeploymentEnvironment.Targets, """[{"name":"a"}]""", "is not a list of targets")]
    [TestCase(
        DeploymentEnvironment.Targets,
        """[{"name":"Dev","accountId":"123456789012"}]""",
        "is not a target's name"
    )]
    [TestCase(DeploymentEnvironment.Targets, """[{"name":"dev","accountId":"12345"}]""", "is not an account id")]
    [TestCase(
        DeploymentEnvironment.Targets,
        """[{"name":"a","accountId":"123456789012"},{"name":"b","accountId":"123456789012"}]""",
        "single-account mode has one"
    )]
    public void A_wrong_variable_is_named_with_its_reason(string name, string value, string reason)
    {
        var environment = Deployments.Environment();
        environment[name] = value;

        Assert.That(
            () => ProvisioningSettings.Read(environment.GetValueOrDefault),
            Throws.InstanceOf<DeploymentSettingsException>().With.Message.Contains(name).And.Message.Contains(reason)
        );
    }

    [TestCase("dev", true)]
    [TestCase("pre-prod2", true)]
    [TestCase("", false)]
    [TestCase("2dev", false)]
    [TestCase("dev-", false)]
    [TestCase("pre--prod", false)]
    [TestCase("Dev", false)]
    [TestCase("a23456789-123456789-123456789-123456789-1", false)]
    public void A_target_is_named(string name, bool valid) => Assert.That(Target.IsName(name), Is.EqualTo(valid));
}
