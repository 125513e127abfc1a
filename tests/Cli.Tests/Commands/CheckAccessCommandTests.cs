using System.Net;
using System.Text.Json;
using Mlops.Cli.Tests.Support;

namespace Mlops.Cli.Tests.Commands;

internal sealed class CheckAccessCommandTests : CliFixture
{
    private const string Read =
        """{"Sid":"TargetsRead","Effect":"Allow","Principal":{"AWS":["arn:aws:iam::111111111111:root","arn:aws:iam::222222222222:root"]},"Action":"s3:GetObject","Resource":"arn:aws:s3:::my-models/*","Condition":{"ArnLike":{"aws:PrincipalArn":["arn:aws:iam::111111111111:role/mlops/*","arn:aws:iam::222222222222:role/mlops/*"]}}}""";

    private const string Packages =
        """{"Sid":"Packages","Effect":"Deny","Principal":{"AWS":"arn:aws:iam::111111111111:root"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::my-models/mlops_provisioned_pipelines/*"}""";

    private const string Pull =
        """{"Sid":"TargetsPullImages","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111111111111:root"},"Action":["ecr:BatchGetImage","ecr:GetDownloadUrlForLayer"]}""";

    [SetUp]
    public void GivenTheLocalSystem() => GivenLocalSystem();

    [Test]
    public async Task A_policy_that_has_all_of_it_is_fine()
    {
        GivenInput(Outputs($"[{Read},{Packages}]"));
        Api.Answers(HttpStatusCode.OK, Policy(Read, Packages));

        var exit = await Run("--local", "check-access", "-");

        Assert.That(exit, Is.EqualTo(ExitCode.Done), Error);
        Assert.That(
            Output,
            Is.EqualTo(
                "there: TargetsRead in the policy of the bucket my-models\nthere: Packages in the policy of the bucket my-models\n"
            )
        );
        Assert.That(
            Api.Asked.Select(asked => $"{asked.Method} {asked.Url}"),
            Is.EqualTo([$"GET {LocalAws}/my-models/?policy"])
        );
    }

    [TestCase(
        """{"Effect":"Allow","Principal":{"AWS":["111111111111","arn:aws:iam::222222222222:root"]},"Action":["s3:Get*","s3:ListBucket"],"Resource":"arn:aws:s3:::my-models/*"}""",
        Description = "an account by its number, more actions, no condition"
    )]
    [TestCase(
        """{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"*","Condition":{"ArnLike":{"aws:PrincipalArn":["arn:aws:iam::111111111111:role/mlops/*","arn:aws:iam::222222222222:role/mlops/*","arn:aws:iam::333333333333:role/x"]}}}""",
        Description = "somebody else besides"
    )]
    public async Task It_may_be_said_in_other_words(string statement)
    {
        GivenInput(Outputs(Read));
        Api.Answers(HttpStatusCode.OK, Policy(statement));

        Assert.That(await Run("--local", "check-access", "-"), Is.EqualTo(ExitCode.Done), Output);
    }

    [Test]
    public async Task One_statement_for_each_account_does_as_well()
    {
        GivenInput(Outputs(Read));
        Api.Answers(
            HttpStatusCode.OK,
            Policy([
                .. new[] { "111111111111", "222222222222" }.Select(account =>
                    Read.Replace(
                        "[\"arn:aws:iam::111111111111:root\",\"arn:aws:iam::222222222222:root\"]",
                        $"\"arn:aws:iam::{account}:root\"",
                        StringComparison.Ordinal
                    )
                ),
            ])
        );

        Assert.That(await Run("--local", "check-access", "-"), Is.EqualTo(ExitCode.Done), Output);
    }

    [TestCase(
        """{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111111111111:root"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::my-models/*"}""",
        "arn:aws:iam::222222222222:root s3:GetObject arn:aws:s3:::my-models/*",
        Description = "a target that came later"
    )]
    [TestCase(
        """{"Effect":"Allow","Principal":{"AWS":["111111111111","222222222222"]},"Action":"s3:GetObject","Resource":"arn:aws:s3:::my-models/*","Condition":{"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::111111111111:role/mlops/*"}}}""",
        "arn:aws:iam::222222222222:root s3:GetObject arn:aws:s3:::my-models/*",
        Description = "a condition that leaves one out"
    )]
    public async Task What_is_missing_is_told_with_the_statement_to_add(string statement, string missing)
    {
        GivenInput(Outputs(Read));
        Api.Answers(HttpStatusCode.OK, Policy(statement));

        var exit = await Run("--local", "check-access", "-", "--output", "json");

        Assert.That(exit, Is.EqualTo(ExitCode.Failed), Error);
        var answer = JsonDocument.Parse(Output).RootElement;
        var of = answer.GetProperty("statements")[0];
        Assert.That(answer.GetProperty("ok").GetBoolean(), Is.False);
        Assert.That(of.GetProperty("missing").EnumerateArray().Select(one => one.GetString()), Is.EqualTo([missing]));
        Assert.That(of.GetProperty("statement").GetProperty("Sid").GetString(), Is.EqualTo("TargetsRead"));
    }

    [Test]
    public async Task A_statement_under_a_condition_that_nobody_asked_for_does_not_count()
    {
        GivenInput(Outputs(Read));
        Api.Answers(
            HttpStatusCode.OK,
            Policy(
                """{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"*","Condition":{"StringEquals":{"aws:SourceVpce":"vpce-1"}}}"""
            )
        );

        Assert.That(await Run("--local", "check-access", "-"), Is.EqualTo(ExitCode.Failed), Output);
    }

    [Test]
    public async Task A_repository_without_a_policy_lacks_everything()
    {
        GivenInput(Outputs(null, Pull));
        Api.Answers(HttpStatusCode.BadRequest, """{"__type":"RepositoryPolicyNotFoundException","message":"none"}""");

        var exit = await Run("--local", "check-access", "-");

        Assert.That(exit, Is.EqualTo(ExitCode.Failed), Error);
        Assert.That(
            Output,
            Is.EqualTo(
                "missing: TargetsPullImages in the policy of the repository team/algorithms\n"
                    + "  arn:aws:iam::111111111111:root ecr:BatchGetImage\n"
                    + "  arn:aws:iam::111111111111:root ecr:GetDownloadUrlForLayer\n"
                    + $"  add: {Pull}\n"
            )
        );
        var asked = Api.Asked.Single();
        Assert.That(asked.Headers["X-Amz-Target"], Does.EndWith(".GetRepositoryPolicy"));
        Assert.That(asked.Headers["Authorization"], Does.Contain("/us-east-1/ecr/").And.Contain("x-amz-target"));
        Assert.That(asked.Body, Is.EqualTo("""{"repositoryName":"team/algorithms"}"""));
    }

    [Test]
    public async Task What_is_the_deployments_own_needs_nothing()
    {
        GivenInput(Outputs(null));

        Assert.That(await Run("--local", "check-access", "-"), Is.EqualTo(ExitCode.Done), Error);
        Assert.That(Output, Does.StartWith("Nothing to check: "));
        Assert.That(Api.Asked, Is.Empty);
    }

    [TestCase("{}")]
    [TestCase("no outputs")]
    public async Task Refuses_what_is_no_output_of_ours(string input)
    {
        GivenInput(input);

        Assert.That(await Run("--local", "check-access", "-"), Is.EqualTo(ExitCode.Failed));
        Assert.That(Error, Does.Contain("pulumi stack output --json"));
    }

    private static string Policy(params string[] statements) =>
        $$"""{"Version":"2012-10-17","Statement":[{{string.Join(',', statements)}}]}""";

    /// <summary>Pulumi prints text.</summary>
    private static string Outputs(string? ofBucket, string? ofRepository = null) =>
        $$"""{"assetsBucket":"my-models","ecrRepository":"123456789012.dkr.ecr.us-east-1.amazonaws.com/team/algorithms","assetsBucketStatements":{{Text(ofBucket)}},"ecrRepositoryStatement":{{Text(ofRepository)}}}""";

    private static string Text(string? value) => value is null ? "null" : $"\"{JsonEncodedText.Encode(value)}\"";
}
