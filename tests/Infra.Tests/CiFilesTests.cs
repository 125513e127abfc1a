using System.Reflection;
using System.Text.RegularExpressions;
using Mlops.Infra.Tests.Declaring;
using Pulumi;

namespace Mlops.Infra.Tests;

/// <summary>docs/ci against the program.</summary>
public sealed partial class CiFilesTests
{
    private static readonly IReadOnlyDictionary<string, string> Files = new[]
    {
        "README.md",
        "github-actions.yml",
        "gitlab-ci.yml",
    }.ToDictionary(name => name, name => File.ReadAllText(Path.Combine(Checkout.Path, "docs", "ci", name)));

    private static IEnumerable<string> Names => Files.Keys;

    [TestCaseSource(nameof(Names))]
    public void Every_output_that_is_named_is_one_of_the_stack(string file)
    {
        var outputs = typeof(OrchestratorStack)
            .GetProperties()
            .Select(property => property.GetCustomAttribute<OutputAttribute>()?.Name);

        Assert.That(Named(Output(), file), Is.Not.Empty.And.SubsetOf(outputs));
    }

    [TestCaseSource(nameof(Names))]
    public void Every_setting_that_is_named_is_one_of_ours(string file) =>
        Assert.That(Named(Setting(), file), Is.Not.Empty.And.SubsetOf(StackSettingKeys.All));

    [Test]
    public void Every_subject_that_is_told_is_taken()
    {
        var told = Named(Subject(), "README.md").Select(subject => Id().Replace(subject, "@1"));

        Assert.That(told.Count(), Is.EqualTo(3));
        foreach (var subject in told)
        {
            var settings = new Dictionary<string, string?>
            {
                ["aws:region"] = "us-east-1",
                ["mlops:accountMode"] = "single",
                ["mlops:notificationEmail"] = "team@example.com",
                ["mlops:planProviderArn"] = "arn:aws:iam::123456789012:oidc-provider/gitlab.com",
                ["mlops:planSubject"] = subject,
            };

            Assert.That(() => StackSettings.Read(settings.GetValueOrDefault), Throws.Nothing, subject);
        }
    }

    private static IEnumerable<string> Named(Regex what, string file) =>
        what.Matches(Files[file]).Select(match => match.Groups["name"].Value).Distinct();

    [GeneratedRegex(@"pulumi stack output (?<name>\w+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Output();

    [GeneratedRegex(@"(?<name>mlops:[a-z]\w+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Setting();

    [GeneratedRegex("@[A-Z_]+_ID", RegexOptions.None, 1000)]
    private static partial Regex Id();

    /// <summary>In the second column of the table of hosts.</summary>
    [GeneratedRegex(@"^\| Git[^|]+\| `(?<name>[^`]+)`", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Subject();
}
