using Mlops.Infra.Tests.Declaring;

namespace Mlops.Infra.Tests;

/// <summary>The role of jobs that ask what a config file would do.</summary>
[TestFixture, NonParallelizable] // The SDK documents its test mode as serial only.
public sealed class PlanRoleTests
{
    private const string GitHub = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com";
    private const string GitLab = "arn:aws:iam::123456789012:oidc-provider/gitlab.com";
    private const string Role = "::mlops-dev-plan-role";

    [Test]
    public async Task Without_the_settings_there_is_none() =>
        Assert.That(
            (await Declared.ByAsync(Declared.Settings)).Resources.Select(resource => resource.Urn),
            Has.None.EndsWith(Role)
        );

    [Test]
    public async Task It_may_ask_for_plans_and_nothing_else()
    {
        var declared = await Declared.ByAsync(With(GitHub, "repo:my-team/models:pull_request"));

        var allowed = declared.Statements.Single(statement =>
            statement.Urn.EndsWith(Role, StringComparison.Ordinal) && statement.Json["Principal"] is null
        );

        Assert.That(allowed.Actions, Is.EqualTo(["execute-api:Invoke"]));
        Assert.That(
            allowed.Resources.Single(),
            Does.Match("^arn:aws:execute-api:us-east-1:123456789012:[^/*]+/prod/POST/plan$")
        );
    }

    [TestCase(GitHub, "repo:my-team/models:pull_request", "token.actions.githubusercontent.com", "sts.amazonaws.com")]
    [TestCase(GitLab, "project_path:ml/models:ref_type:branch:ref:*", "gitlab.com", "https://gitlab.com")]
    public async Task Only_jobs_of_that_repository_take_it_on(
        string provider,
        string subject,
        string host,
        string audience
    )
    {
        var declared = await Declared.ByAsync(With(provider, subject));

        var trust = declared.Statements.Single(statement =>
            statement.Urn.EndsWith(Role, StringComparison.Ordinal) && statement.Json["Principal"] is not null
        );

        Assert.That((string?)trust.Json["Principal"]!["Federated"], Is.EqualTo(provider));
        Assert.That(trust.Actions, Is.EqualTo(["sts:AssumeRoleWithWebIdentity"]));
        Assert.That(trust.Condition("StringEquals", $"{host}:aud"), Is.EqualTo(audience));
        Assert.That(trust.Condition("StringLike", $"{host}:sub"), Is.EqualTo(subject));
    }

    [TestCase("repo:my-team/models:pull_request")]
    [TestCase("repo:my-team@123456/models@456789:pull_request", Description = "GitHub's immutable subjects")]
    [TestCase("repo:my-team@123456/models@456789:*")]
    [TestCase("repo:my-team/models:*")]
    [TestCase("project_path:group/sub/models:ref_type:branch:ref:main")]
    public void Takes_a_subject_that_names_its_repository(string subject) =>
        Assert.That(PlanAccess.Of(Read(GitHub, subject))!.Subject, Is.EqualTo(subject));

    [TestCase("*", Description = "anybody's")]
    [TestCase("repo:*")]
    [TestCase("repo:my-team/*:pull_request", Description = "all repositories of an owner: name each")]
    [TestCase("repo:my-team/mod*:pull_request")]
    [TestCase("repo:my-team@*/models@*:pull_request", Description = "whoever has these names one day")]
    [TestCase("repo:my-team@123456/*:pull_request")]
    [TestCase("repo:my-team@123456/models:pull_request", Description = "both ids or none: matches no token")]
    [TestCase("repo:my-team@123456/models@:pull_request")]
    [TestCase("repo:my-team/models", Description = "matches no token")]
    [TestCase("my-team/models")]
    public void Refuses_a_subject_that_others_have_too(string subject) =>
        Assert.That(
            () => Read(GitHub, subject),
            Throws
                .TypeOf<StackSettingsException>()
                .With.Message.Contains("mlops:planSubject")
                .And.Message.Contains("gh api repos/OWNER/NAME/actions/oidc/customization/sub")
                .And.Message.Contains("pulumi config set mlops:planSubject repo:my-team/models:pull_request")
        );

    [TestCase(null, "repo:my-team/models:pull_request", "mlops:planProviderArn: it is missing")]
    [TestCase(GitHub, null, "mlops:planSubject: it is missing")]
    [TestCase("github", "repo:my-team/models:pull_request", "is not the ARN of an OpenID Connect provider")]
    [TestCase(
        "arn:aws:iam::999999999999:oidc-provider/gitlab.com",
        "repo:my-team/models:pull_request",
        "is of account 999999999999"
    )]
    public void Says_what_is_wrong(string? provider, string? subject, string why) =>
        Assert.That(() => Read(provider, subject), Throws.TypeOf<StackSettingsException>().With.Message.Contains(why));

    private static StackSettings With(string provider, string subject) =>
        Declared.Settings with
        {
            PlanProviderArn = provider,
            PlanSubject = subject,
        };

    private static StackSettings Read(string? provider, string? subject)
    {
        var values = new Dictionary<string, string?>
        {
            ["aws:region"] = "us-east-1",
            ["mlops:accountMode"] = "single",
            ["mlops:accountId"] = "123456789012",
            ["mlops:notificationEmail"] = "team@example.com",
            ["mlops:planProviderArn"] = provider,
            ["mlops:planSubject"] = subject,
        };
        return StackSettings.Read(values.GetValueOrDefault);
    }
}
