using Mlops.Infra;
using Mlops.Local.Processes;
using Mlops.Local.Programs;

namespace Mlops.Local.Tests.Programs;

public sealed class StackFileTests
{
    private TemporaryFolder folder = null!;

    [SetUp]
    public void Prepare()
    {
        folder = new TemporaryFolder();
        File.WriteAllText(
            folder["Pulumi.dev.yaml"],
            """
            config:
              aws:region: eu-west-1
              mlops:accountMode: single
              mlops:notificationEmail: team@example.com
              mlops:retainData: false
            """
        );
    }

    [TearDown]
    public void CleanUp() => folder.Dispose();

    [Test]
    public void The_file_decides_where_nothing_else_is_said()
    {
        var settings = StackFile.Settings(folder.Path, "dev", []);

        Assert.That(
            (settings.Region, settings.RetainData, settings.UseModelRegistry),
            Is.EqualTo(("eu-west-1", false, false))
        );
    }

    [Test]
    public void What_is_given_for_the_run_takes_the_place_of_the_files_and_of_the_same_key_the_last_counts()
    {
        var settings = StackFile.Settings(
            folder.Path,
            "dev",
            ["aws:region=us-east-2", "retainData=false", "mlops:retainData=true", "useModelRegistry=true"]
        );

        Assert.That(
            (settings.Region, settings.RetainData, settings.UseModelRegistry),
            Is.EqualTo(("us-east-2", true, true))
        );
    }

    [Test]
    public void A_value_that_is_given_is_judged_as_the_files_are() =>
        Assert.That(
            () => StackFile.Settings(folder.Path, "dev", ["retainData=perhaps"]),
            Throws.TypeOf<StackSettingsException>().With.Message.Contains("mlops:retainData: \"perhaps\"")
        );

    [Test]
    public void A_setting_that_nothing_reads_is_a_mistake() =>
        Assert.That(
            () => StackFile.Settings(folder.Path, "dev", ["useModelRegistri=true"]),
            Throws
                .TypeOf<StackSettingsException>()
                .With.Message.Contains(
                    "mlops:useModelRegistri: there is no such setting; did you mean mlops:useModelRegistry?"
                )
        );
}
