namespace Mlops.Infra.Tests;

/// <summary>Settings with parts, and keys that are not ours, or no longer.</summary>
public sealed class StructuredSettingsTests
{
    private static readonly Dictionary<string, string> Complete = new()
    {
        ["mlops:accountMode"] = "single",
        ["aws:region"] = "eu-central-1",
        ["mlops:notificationEmail"] = "team@example.com",
    };

    [Test]
    public void A_part_that_is_not_set_has_its_default()
    {
        Assert.That(
            Read(With("mlops:apiThrottle", """{"burst":50}""")).ApiThrottle,
            Is.EqualTo(new ApiThrottle(RatePerSecond: 10, Burst: 50))
        );
    }

    [TestCase(
        """{"ratePerSecond":0}""",
        "mlops:apiThrottle.ratePerSecond: \"0\" is not a number above 0 and up to 10000, API Gateway's quota. Run: pulumi config set --path 'mlops:apiThrottle.ratePerSecond' 10"
    )]
    [TestCase(
        """{"ratePerSecond":"NaN"}""",
        "mlops:apiThrottle.ratePerSecond: \"NaN\" is not a number above 0 and up to 10000, API Gateway's quota. Run: pulumi config set --path 'mlops:apiThrottle.ratePerSecond' 10"
    )]
    [TestCase(
        """{"burst":5001}""",
        "mlops:apiThrottle.burst: \"5001\" is not a whole number of 1 to 5000, API Gateway's quota. Run: pulumi config set --path 'mlops:apiThrottle.burst' 20"
    )]
    [TestCase(
        """{"rate":"5"}""",
        "mlops:apiThrottle: it has no part \"rate\", but ratePerSecond and burst. Run: pulumi config rm --path 'mlops:apiThrottle.rate'"
    )]
    [TestCase(
        """{"bursts":5}""",
        "mlops:apiThrottle: it has no part \"bursts\": did you mean burst? Run: pulumi config set --path 'mlops:apiThrottle.burst' 5 && pulumi config rm --path 'mlops:apiThrottle.bursts'"
    )]
    [TestCase(
        "10",
        "mlops:apiThrottle: 10 has no named parts with one value each. Run: pulumi config rm mlops:apiThrottle && pulumi config set --path 'mlops:apiThrottle.ratePerSecond' 10"
    )]
    public void Refuses_the_throttle(string value, string problem)
    {
        Assert.That(Problems(With("mlops:apiThrottle", value)), Is.EqualTo([$"  {problem}"]));
    }

    [TestCase(
        """{"AWS:x":"y"}""",
        "\"AWS:x\": keys that begin with aws: are AWS's own. Run: pulumi config rm --path 'mlops:tags[\"AWS:x\"]'"
    )]
    [TestCase(
        """{"mlops:deployment":"y"}""",
        "\"mlops:deployment\": keys that begin with mlops: are this program's own. Run: pulumi config rm --path 'mlops:tags[\"mlops:deployment\"]'"
    )]
    [TestCase(
        """{"team":"a,b"}""",
        "\"a,b\" cannot be the value of tag \"team\": at most 256 letters, digits, spaces and _ . : / = + - @. Run: pulumi config rm --path 'mlops:tags.team'"
    )]
    [TestCase(
        """{"te*m":"a"}""",
        "\"te*m\" cannot be a tag's key: 1 to 128 letters, digits, spaces and _ . : / = + - @. Run: pulumi config rm --path 'mlops:tags[\"te*m\"]'"
    )]
    [TestCase(
        """{"team":"a","Team":"b"}""",
        "\"team\" and \"Team\" are the same key to IAM. Run: pulumi config rm --path 'mlops:tags.Team'"
    )]
    [TestCase(
        """["a"]""",
        "[\"a\"] has no named parts with one value each. Run: pulumi config rm mlops:tags && pulumi config set --path 'mlops:tags.team' data-science"
    )]
    public void Refuses_the_tags(string value, string problem)
    {
        Assert.That(Problems(With("mlops:tags", value)), Is.EqualTo([$"  mlops:tags: {problem}"]));
    }

    [Test]
    public void There_is_room_for_49_tags_beside_ours()
    {
        Assert.That(Read(With("mlops:tags", Tags(49))).Tags, Has.Count.EqualTo(49));
        Assert.That(
            Problems(With("mlops:tags", Tags(50))),
            Is.EqualTo([
                "  mlops:tags: 50 tags are too many: a resource can have 50, and mlops:deployment is one of them. Run: pulumi config rm --path 'mlops:tags.tag50'",
            ])
        );

        static string Tags(int count) =>
            $"{{{string.Join(',', Enumerable.Range(1, count).Select(number => $"\"tag{number}\":\"v\""))}}}";
    }

    [Test]
    public void The_predecessors_parameters_are_understood_but_not_taken()
    {
        var problems = Problems(
            new()
            {
                ["mlops:accountMode"] = "single",
                ["aws:region"] = "eu-central-1",
                ["mlops:NotificationEmail"] = "team@example.com",
                ["mlops:ConfigS3Bucket"] = "my-config",
                ["mlops:ExistingS3Bucket"] = "my-models",
                ["mlops:ExistingECRRepo"] = "",
                ["mlops:UseModelRegistry"] = "Yes",
                ["mlops:CodeCommitRepoAddress"] = "https://git-codecommit.us-east-1.amazonaws.com/v1/repos/mlops",
                ["mlops:DevAccountId"] = "111111111111",
                ["mlops:SendAnonymizedData"] = "No",
                ["mlops:manageApiGatewayLogging"] = "false",
            }
        );

        Assert.That(
            string.Join('\n', problems),
            Is.EqualTo(
                """
                  mlops:NotificationEmail: `NotificationEmail` is `notificationEmail` here. Run: pulumi config set mlops:notificationEmail team@example.com && pulumi config rm mlops:NotificationEmail
                  mlops:ConfigS3Bucket: `ConfigS3Bucket` is `configBucket` here. Run: pulumi config set mlops:configSource bucket && pulumi config set mlops:configBucket my-config && pulumi config rm mlops:ConfigS3Bucket
                  mlops:CodeCommitRepoAddress: `CodeCommitRepoAddress` is `configSource` here. Run: pulumi config set mlops:configSource https://git-codecommit.us-east-1.amazonaws.com/v1/repos/mlops && pulumi config rm mlops:CodeCommitRepoAddress
                  mlops:ExistingS3Bucket: `ExistingS3Bucket` is `existingAssetsBucket` here. Run: pulumi config set mlops:existingAssetsBucket my-models && pulumi config rm mlops:ExistingS3Bucket
                  mlops:ExistingECRRepo: `ExistingECRRepo` is `existingEcrRepository` here. Run: pulumi config rm mlops:ExistingECRRepo
                  mlops:UseModelRegistry: `UseModelRegistry` is `useModelRegistry` here. Run: pulumi config set mlops:useModelRegistry true && pulumi config rm mlops:UseModelRegistry
                  mlops:manageApiGatewayLogging: `manageApiGatewayLogging` is `manageApiGatewayAccount` here. Run: pulumi config set mlops:manageApiGatewayAccount false && pulumi config rm mlops:manageApiGatewayLogging
                  mlops:DevAccountId: `DevAccountId` is `targets[0].accountId` here, for accountMode multi. Run: pulumi config rm mlops:DevAccountId
                  mlops:SendAnonymizedData: usage metrics are not collected here, so there is nothing to switch off. Run: pulumi config rm mlops:SendAnonymizedData
                """.ReplaceLineEndings("\n")
            )
        );
    }

    [TestCase(
        "mlops:notificationMail",
        "x@example.com",
        "there is no such setting; did you mean mlops:notificationEmail? Run: pulumi config rm mlops:notificationMail",
        Description = "what was meant is there already"
    )]
    [TestCase(
        "mlops:logRetention",
        "30",
        "there is no such setting; did you mean mlops:logRetentionDays? Run: pulumi config set mlops:logRetentionDays 30 && pulumi config rm mlops:logRetention"
    )]
    [TestCase(
        "mlops:existings3bucket",
        "models",
        "there is no such setting; did you mean mlops:existingAssetsBucket? Run: pulumi config set mlops:existingAssetsBucket models && pulumi config rm mlops:existings3bucket",
        Description = "the predecessor's name, in other letters"
    )]
    [TestCase("mlops:weather", "fine", "there is no such setting. Run: pulumi config rm mlops:weather")]
    public void A_key_that_means_nothing_is_told(string key, string value, string problem)
    {
        Assert.That(Problems(With(key, value)), Is.EqualTo([$"  {key}: {problem}"]));
    }

    [Test]
    public void Folders_of_blueprints_are_a_list()
    {
        Assert.That(
            Read(With("mlops:blueprintPaths", """["../mine/forecast/", "score"]""")).BlueprintPaths,
            Is.EqualTo(["../mine/forecast", "score"])
        );
        Assert.That(Read(Complete).BlueprintPaths, Is.Empty);
    }

    [TestCase(
        "mine",
        "mlops:blueprintPaths: mine is not a list of folders. Run: pulumi config rm mlops:blueprintPaths && pulumi config set --path 'mlops:blueprintPaths[0]' my-blueprints/mine"
    )]
    [TestCase(
        """["mine", ""]""",
        "mlops:blueprintPaths[1]: it is empty. Run: pulumi config rm --path 'mlops:blueprintPaths[1]'"
    )]
    [TestCase(
        """["mine", "mine/"]""",
        "mlops:blueprintPaths[1]: \"mine\" is there twice. Run: pulumi config rm --path 'mlops:blueprintPaths[1]'"
    )]
    public void Refuses_the_folders(string value, string problem)
    {
        Assert.That(Problems(With("mlops:blueprintPaths", value)), Is.EqualTo([$"  {problem}"]));
    }

    [Test]
    public void Other_namespaces_are_not_ours_to_judge()
    {
        Assert.That(() => Read(With("aws:profile", "dev")), Throws.Nothing);
    }

    [Test]
    public void Targets_belong_to_several_accounts()
    {
        Assert.That(
            Problems(With("mlops:targets", "[]")),
            Is.EqualTo([
                "  mlops:targets: in single-account mode the orchestrator account is the only target. Run: pulumi config rm mlops:targets",
            ])
        );
    }

    [Test]
    public void The_keys_are_those_that_the_engine_hands_to_the_SDK()
    {
        Assert.That(
            Composition.Keys("""{"mlops:accountMode":"single","aws:config:region":"us-east-1"}"""),
            Is.EqualTo(["mlops:accountMode", "aws:region"])
        );
        Assert.That(Composition.Keys(null), Is.Empty);
    }

    [TestCase("https", "https://hooks.example.com/mlops?key=1")]
    [TestCase("sqs", "arn:aws:sqs:eu-west-1:999999999999:ml-outcomes", Description = "another account and region")]
    public void Somebody_else_may_be_told_by(string protocol, string endpoint)
    {
        var value = $$"""{"protocol":"{{protocol}}","endpoint":"{{endpoint}}"}""";

        Assert.That(
            Read(With("mlops:notificationSubscription", value)).NotificationSubscription,
            Is.EqualTo(new NotificationSubscription(protocol, endpoint))
        );
    }

    [TestCase(
        """{"protocol":"email","endpoint":"x@example.com"}""",
        ".protocol: \"email\" is none of https, sqs. Run: pulumi config set --path 'mlops:notificationSubscription.protocol' https"
    )]
    [TestCase(
        """{"endpoint":"arn:aws:sqs:us-east-1:123456789012:q"}""",
        ".protocol: \"\" is none of https, sqs. Run: pulumi config set --path 'mlops:notificationSubscription.protocol' sqs"
    )]
    [TestCase(
        """{"protocol":"https","endpoint":"http://example.com"}""",
        ".endpoint: \"http://example.com\" is not an address that begins with https://. Run: pulumi config set --path 'mlops:notificationSubscription.endpoint' https://example.com/mlops"
    )]
    [TestCase(
        """{"protocol":"sqs","endpoint":"https://sqs.us-east-1.amazonaws.com/123456789012/q"}""",
        ".endpoint: \"https://sqs.us-east-1.amazonaws.com/123456789012/q\" is not the ARN of a queue. Run: pulumi config set --path 'mlops:notificationSubscription.endpoint' arn:aws:sqs:us-east-1:123456789012:mlops"
    )]
    [TestCase(
        """{"protocol":"sqs","endpoint":"arn:aws:sqs:us-east-1:123456789012:q.fifo"}""",
        ".endpoint: \"arn:aws:sqs:us-east-1:123456789012:q.fifo\" is a FIFO queue, which a standard topic does not send to. Run: pulumi config set --path 'mlops:notificationSubscription.endpoint' arn:aws:sqs:us-east-1:123456789012:mlops"
    )]
    [TestCase(
        """{"protocol":"https","endpoint":"https://example.com","endpoints":"x"}""",
        ": it has no part \"endpoints\": did you mean endpoint? Run: pulumi config rm --path 'mlops:notificationSubscription.endpoints'"
    )]
    public void Refuses_the_subscription(string value, string problem)
    {
        Assert.That(
            Problems(With("mlops:notificationSubscription", value)),
            Is.EqualTo([$"  mlops:notificationSubscription{problem}"])
        );
    }

    private static IReadOnlyList<string> Problems(Dictionary<string, string> values) =>
        Assert.Throws<StackSettingsException>(() => Read(values))!.Problems;

    private static Dictionary<string, string> With(string key, string value) => new(Complete) { [key] = value };

    private static StackSettings Read(Dictionary<string, string> values) =>
        StackSettings.Read(values.GetValueOrDefault, values.Keys);
}
