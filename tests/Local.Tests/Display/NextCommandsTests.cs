using Mlops.Local.Display;

namespace Mlops.Local.Tests.Display;

/// <summary>What a run prints to try next: the commands that docs/local.md names.</summary>
public sealed class NextCommandsTests
{
    private static readonly LocalPlace Place = new()
    {
        Root = "/home/me/my checkout",
        InfoFile = "/home/me/my checkout/.mlops/local.json",
        Environment = new Dictionary<string, string>(),
    };

    private static readonly SessionInfo Plain = new()
    {
        Api = "http://127.0.0.1:4581/prod",
        Aws = "http://127.0.0.1:4580",
        Region = "us-east-1",
        Account = "123456789012",
        Stack = "dev",
        AssetsBucket = "assets",
        ArtifactBucket = "artifacts",
        NotificationsTopic = "arn:aws:sns:us-east-1:123456789012:topic",
        Targets = [],
        Pid = 1,
    };

    [Test]
    public void The_repository_is_cloned_beside_nothing_of_the_users()
    {
        var command = Single(Plain with { ConfigRepository = Place.ConfigRepository }, "repository");

        Assert.That(
            command,
            Is.EqualTo(
                new NextCommand(
                    "the repository whose mlops-config.json names the pipelines: change it there, commit, push",
                    "git clone '/home/me/my checkout/.mlops/local.config.git' \"$(mktemp -d)/mlops-config\""
                )
            )
        );
        Assert.That(Page, Does.Contain("git clone .mlops/local.config.git "), "the same, in the checkout");
    }

    [TestCase("mlops-config.json")]
    [TestCase("team a/it's.json", Description = "a setting's path may have any character")]
    public void An_example_is_put_into_the_bucket(string key)
    {
        var command = Single(Plain with { ConfigBucket = "my-configs", ConfigKey = key }, "bucket whose");

        var place = key == "mlops-config.json" ? $"s3://my-configs/{key}" : "'s3://my-configs/team a/it'\\''s.json'";
        Assert.That(
            command,
            Is.EqualTo(
                new NextCommand(
                    "the bucket whose config file names the pipelines: whatever is put there is applied",
                    "sed 's/\"my-model\"/\"my-second-model\"/' '/home/me/my checkout/blueprints/realtime-inference/examples/byom_realtime_builtin.json'"
                        + " | AWS_ACCESS_KEY_ID=testing AWS_SECRET_ACCESS_KEY=testing AWS_DEFAULT_REGION=us-east-1"
                        + $" aws --endpoint-url http://127.0.0.1:4580 s3 cp - {place}"
                )
            )
        );
        Assert.That(
            Page,
            Does.Contain(
                "aws --endpoint-url http://127.0.0.1:4580 s3 cp mlops-config.json s3://my-configs/mlops-config.json"
            ),
            "the same, of a file of the user's"
        );
    }

    /// <summary>Or the command would put there what is provisioned already, or no file at all.</summary>
    [Test]
    public void The_example_is_there_and_has_the_model_that_is_renamed()
    {
        var example = Path.Combine(Root, "blueprints", "realtime-inference", "examples", "byom_realtime_builtin.json");

        Assert.That(File.ReadAllText(example), Does.Contain("\"my-model\""));
    }

    [Test]
    public void Without_them_neither_is_printed() =>
        Assert.That(
            Commands(Plain).Select(command => command.Command),
            Has.None.Contains("git clone").And.None.Contains("s3 cp - ")
        );

    private static NextCommand Single(SessionInfo info, string what) =>
        Commands(info).Single(command => command.Why.Contains(what, StringComparison.Ordinal));

    private static IReadOnlyList<NextCommand> Commands(SessionInfo info) =>
        NextCommands.For(info, Place.Root, null, null, null, null, null);

    private static string Root => LocalPlace.Find(null).Root;

    private static string Page => File.ReadAllText(Path.Combine(Root, "docs", "local.md"));
}
