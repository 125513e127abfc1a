namespace Mlops.Infra.Tests;

/// <summary>Where the config file comes from: what each source takes, and every way to get that wrong.</summary>
public sealed class ConfigSourceSettingsTests
{
    private const string Arn =
        "arn:aws:codeconnections:eu-central-1:123456789012:connection/11111111-2222-3333-4444-555555555555";

    private const string Url = "https://git-codecommit.eu-central-1.amazonaws.com/v1/repos/mlops-config";

    [Test]
    public void Nothing_is_read_unless_a_source_is_named()
    {
        var settings = Read();

        Assert.That(settings.ConfigSource, Is.EqualTo(ConfigSourceKind.None));
        Assert.That(GitSource.Of(settings), Is.Null);
    }

    [Test]
    public void A_connection_follows_main_and_the_predecessors_file_unless_told_otherwise()
    {
        var source = GitSource.Of(
            Read(("Source", "connection"), ("ConnectionArn", Arn), ("Repository", "team/group/mlops"))
        );

        Assert.That(
            source,
            Is.EqualTo(new GitSource("team/group/mlops", "main", "mlops-config.json") { ConnectionArn = Arn })
        );
        Assert.That(source!.Origin, Is.EqualTo("connection:team/group/mlops@main:mlops-config.json"));
    }

    [TestCase("codecommit", "mlops-config")]
    [TestCase("CodeCommit", Url, Description = "an address as the repository")]
    [TestCase(Url, null)]
    [TestCase("ssh://git-codecommit.eu-central-1.amazonaws.com/v1/repos/mlops-config", null)]
    [TestCase("ssh://APKA1@git-codecommit.eu-central-1.amazonaws.com/v1/repos/mlops-config", null)]
    [TestCase(Url, "mlops-config", Description = "told twice, and the same")]
    public void The_same_repository_of_CodeCommit_is_read_from(string source, string? repository)
    {
        var settings = Read(("Source", source), ("Repository", repository), ("Branch", "live"), ("Path", "a/b.json"));

        Assert.That(settings.ConfigSource, Is.EqualTo(ConfigSourceKind.CodeCommit));
        Assert.That(GitSource.Of(settings)!.Origin, Is.EqualTo("codecommit:mlops-config@live:a/b.json"));
    }

    [Test]
    public void Everything_that_a_source_lacks_and_does_not_take_is_told_at_once()
    {
        Assert.That(
            string.Join('\n', Problems(("Source", "connection"), ("Bucket", "my-config"), ("Branch", "a..b"))),
            Is.EqualTo(
                """
                  mlops:configBucket: it is set, but the source connection does not take it. Run: pulumi config rm mlops:configBucket
                  mlops:configBranch: "a..b" cannot be a branch: Git has no branch of that name. Run: pulumi config set mlops:configBranch main
                  mlops:configConnectionArn: it is missing: the connection to the repository (`aws codeconnections list-connections` lists them). Run: pulumi config set mlops:configConnectionArn arn:aws:codeconnections:eu-central-1:123456789012:connection/11111111-2222-3333-4444-555555555555
                  mlops:configRepository: it is missing: the repository that the config file is committed to. Run: pulumi config set mlops:configRepository my-team/mlops-config
                """.ReplaceLineEndings("\n")
            )
        );
    }

    [TestCase("Bucket", "my-config", "pulumi config set mlops:configSource bucket")]
    [TestCase("ConnectionArn", Arn, "pulumi config set mlops:configSource connection")]
    [TestCase("Repository", "team/mlops", "pulumi config set mlops:configSource connection")]
    [TestCase("Repository", Url, "pulumi config set mlops:configSource codecommit")]
    [TestCase(
        "Branch",
        "live",
        "pulumi config rm mlops:configBranch",
        Description = "of which nobody knows the source"
    )]
    public void What_is_set_without_a_source_proposes_the_source_that_takes_it(string key, string value, string command)
    {
        Assert.That(
            Problems((key, value)),
            Is.EqualTo([
                $"  mlops:config{key}: it is set, but mlops:configSource is not, so nothing reads it. Run: {command}",
            ])
        );
    }

    [TestCase("github", "none")]
    [TestCase("https://github.com/team/mlops.git", "connection")]
    public void Refuses_the_source(string source, string proposal)
    {
        Assert.That(
            Problems(("Source", source)),
            Is.EqualTo([
                $"  mlops:configSource: \"{source}\" is unknown; it is one of none, bucket, codecommit, connection, or the address to clone a repository of CodeCommit. Run: pulumi config set mlops:configSource {proposal}",
            ])
        );
    }

    [TestCase("bucket", "it is missing: the bucket that the config file is put into", "Bucket my-config")]
    [TestCase(
        "codecommit",
        "it is missing: the repository that the config file is committed to",
        "Repository mlops-config"
    )]
    public void A_source_lacks(string source, string what, string setting)
    {
        Assert.That(
            Problems(("Source", source)),
            Is.EqualTo([$"  mlops:config{setting.Split(' ')[0]}: {what}. Run: pulumi config set mlops:config{setting}"])
        );
    }

    [TestCase("bucket", "Bucket", "s3://My-Config/", "cannot be the name of a bucket", "my-config")]
    [TestCase("bucket", "Path", "/mlops-config.json", "a key begins without a slash", "mlops-config.json")]
    [TestCase(
        "bucket",
        "Path",
        "configs/*.json",
        "in a policy, * and ? and ${ would make it stand for others",
        "mlops-config.json"
    )]
    [TestCase(
        "bucket",
        "Path",
        "${aws:username}",
        "in a policy, * and ? and ${ would make it stand for others",
        "mlops-config.json"
    )]
    [TestCase("bucket", "Path", "configs/", "it is a folder, and not an object", "mlops-config.json")]
    [TestCase("codecommit", "Repository", "mlops.git", "does not end with .git", "mlops")]
    [TestCase("codecommit", "Repository", "team/mlops", "1 to 100 letters, digits", "mlops-config")]
    [TestCase("codecommit", "Branch", "refs/heads/live", "a branch is named without refs/heads/", "live")]
    [TestCase("codecommit", "Branch", "release-*", "characters of patterns", "main")]
    [TestCase("codecommit", "Path", "./a.json", "a path begins in the repository's root", "a.json")]
    [TestCase("codecommit", "Path", "a/../b.json", "one that leads elsewhere", "mlops-config.json")]
    [TestCase("codecommit", "Path", "{a,b}.json", "characters of patterns", "mlops-config.json")]
    [TestCase("connection", "Repository", "mlops", "an owner and a name", "my-team/mlops-config")]
    [TestCase("connection", "Repository", "git@github.com:team/mlops.git", "an owner and a name", "team/mlops")]
    [TestCase("connection", "Repository", "https://gitlab.com/a/b/mlops", "an owner and a name", "a/b/mlops")]
    [TestCase("connection", "ConnectionArn", "my-connection", "is not the ARN of a connection", Arn)]
    [TestCase(
        "connection",
        "ConnectionArn",
        "arn:aws:codestar-connections:us-east-1:123456789012:connection/11111111-2222-3333-4444-555555555555",
        "is of us-east-1; the pipeline that uses it is in eu-central-1, and needs one from there",
        Arn
    )]
    [TestCase(
        "connection",
        "ConnectionArn",
        "arn:aws-us-gov:codeconnections:us-gov-west-1:123456789012:connection/11111111-2222-3333-4444-555555555555",
        "is of the partition aws-us-gov; the pipeline that uses it is in aws",
        Arn
    )]
    public void Refuses_a_value_and_proposes_what_was_meant(
        string source,
        string key,
        string value,
        string why,
        string proposal
    )
    {
        (string, string?)[] complete = source switch
        {
            "bucket" => [("Source", source), ("Bucket", "my-config")],
            "codecommit" => [("Source", source), ("Repository", "mlops-config")],
            _ => [("Source", source), ("ConnectionArn", Arn), ("Repository", "team/mlops")],
        };

        var problem = Problems([.. complete.Where(one => one.Item1 != key), (key, value)]).Single();

        Assert.That(problem, Does.StartWith($"  mlops:config{key}: \"{value}\" ").And.Contains(why));
        Assert.That(problem, Does.EndWith($" Run: pulumi config set mlops:config{key} {proposal}"));
    }

    [TestCase("Source", "https://git-codecommit.us-east-1.amazonaws.com/v1/repos/mlops")]
    [TestCase("Repository", "ssh://git-codecommit.us-east-1.amazonaws.com/v1/repos/mlops")]
    public void A_repository_of_another_region_is_refused(string key, string url)
    {
        (string, string?)[] settings = key == "Source" ? [(key, url)] : [("Source", "codecommit"), (key, url)];

        Assert.That(
            Problems(settings),
            Is.EqualTo([
                $"  mlops:config{key}: \"{url}\" is of us-east-1; the pipeline that reads it is in eu-central-1, and needs one from there. Run: pulumi config set mlops:config{key} {url.Replace("us-east-1", "eu-central-1", StringComparison.Ordinal)}",
            ])
        );
    }

    [Test]
    public void An_address_and_a_name_of_two_repositories_are_refused()
    {
        Assert.That(
            Problems(("Source", Url), ("Repository", "other")),
            Is.EqualTo([
                "  mlops:configRepository: \"other\" is not the repository of the address in mlops:configSource, mlops-config. Run: pulumi config rm mlops:configRepository",
            ])
        );
    }

    [Test]
    public void What_does_not_fit_into_an_action_is_refused_before_CodePipeline_does()
    {
        var problem = Problems(("Source", "codecommit"), ("Repository", "r"), ("Path", new string('+', 255))).Single();

        Assert.That(problem, Does.Contain("longer than what an action of CodePipeline can be told"));
    }

    /// <summary>Two sources that differ only after the 256th character are not one.</summary>
    [Test]
    public void A_long_origin_is_cut_to_what_a_tag_may_have_with_a_hash_of_the_whole()
    {
        var branch = new string('b', 250);
        var (first, second) = (new GitSource("r", branch, "1.json"), new GitSource("r", branch, "2.json"));

        Assert.That(first.Origin, Has.Length.EqualTo(256).And.StartsWith("codecommit:r@bbb"));
        Assert.That(second.Origin, Has.Length.EqualTo(256).And.Not.EqualTo(first.Origin));
    }

    private static IReadOnlyList<string> Problems(params (string Key, string? Value)[] config) =>
        Assert.Throws<StackSettingsException>(() => Read(config))!.Problems;

    private static StackSettings Read(params (string Key, string? Value)[] config)
    {
        var values = new Dictionary<string, string>
        {
            ["mlops:accountMode"] = "single",
            ["aws:region"] = "eu-central-1",
            ["mlops:notificationEmail"] = "team@example.com",
        };
        foreach (var (key, value) in config.Where(one => one.Value is not null))
        {
            values[$"mlops:config{key}"] = value!;
        }

        return StackSettings.Read(values.GetValueOrDefault, values.Keys);
    }
}
