using System.Text.Json;
using Pulumi;

namespace Mlops.StandIns.Tests.PulumiSdk;

[TestFixture, NonParallelizable] // PULUMI_CONFIG belongs to the process.
public sealed class ConfigTests
{
    private const string Variable = "PULUMI_CONFIG";

    [SetUp]
    public void Set() =>
        Environment.SetEnvironmentVariable(
            Variable,
            """
            {
              "mlops:mode": "single", "mlops:keep": "false", "mlops:count": "12", "mlops:ratio": "0.5",
              "mlops:targets": "[{\"Name\":\"dev\"}]", "aws:region": "us-east-1", "old:config:key": "value"
            }
            """
        );

    [TearDown]
    public void Unset() => Environment.SetEnvironmentVariable(Variable, null);

    [Test]
    public async Task Settings_are_read_by_type_under_the_projects_name() =>
        await InProgram(() =>
        {
            var config = new Config();

            Assert.That(config.Require("mode"), Is.EqualTo("single"));
            Assert.That(config.GetBoolean("keep"), Is.False);
            Assert.That(config.RequireInt32("count"), Is.EqualTo(12));
            Assert.That(config.GetDouble("ratio"), Is.EqualTo(0.5));
            Assert.That(
                config.RequireObject<JsonElement>("targets")[0].GetProperty("Name").GetString(),
                Is.EqualTo("dev")
            );
        });

    [Test]
    public async Task What_is_not_set_is_null() =>
        await InProgram(() =>
        {
            var config = new Config();

            Assert.That(config.Get("nothing"), Is.Null);
            Assert.That(config.GetBoolean("nothing"), Is.Null);
            Assert.That(config.GetObject<string[]>("nothing"), Is.Null);
            Assert.That(config.GetSecret("nothing"), Is.Null);
        });

    [Test]
    public async Task Other_namespaces_are_read_by_name() =>
        await InProgram(() =>
        {
            Assert.That(new Config("aws").Get("region"), Is.EqualTo("us-east-1"));
            Assert.That(new Config("old").Get("key"), Is.EqualTo("value"));
        });

    [Test]
    public void A_missing_setting_is_told_with_the_command_that_sets_it() =>
        Assert.That(
            () => InProgram(() => new Config().Require("nothing")),
            Throws
                .TypeOf<RunException>()
                .With.Message.EqualTo(
                    "Missing Required configuration variable 'mlops:nothing'\n"
                        + "\tplease set a value using the command `pulumi config set mlops:nothing <value>`"
                )
        );

    [Test]
    public void A_setting_of_the_wrong_type_is_told_with_its_value() =>
        Assert.That(
            () => InProgram(() => new Config().GetInt32("mode")),
            Throws
                .TypeOf<RunException>()
                .With.Message.EqualTo("Configuration 'mlops:mode' value 'single' is not a valid Int32")
        );

    [Test]
    public async Task A_secret_setting_is_a_secret_output()
    {
        var isSecret = false;
        await Deployment.TestAsync(
            new Declared(),
            new() { ProjectName = "mlops" },
            async () => isSecret = await Output.IsSecretAsync(new Config().RequireSecret("mode"))
        );

        Assert.That(isSecret, Is.True);
    }

    private static async Task InProgram(Action program) =>
        await Deployment.TestAsync(new Declared(), new() { ProjectName = "mlops" }, program);
}
