using System.Text.RegularExpressions;
using Mlops.Cli.Display;
using Spectre.Console.Testing;
using YamlDotNet.RepresentationModel;

namespace Mlops.Cli.Tests.Ci;

/// <summary>docs/ci against the command line, and against what a job may do.</summary>
internal sealed partial class CiFilesTests
{
    private static CiFile[] Files() => [CiFile.GitHub, CiFile.GitLab];

    [TestCaseSource(nameof(Files))]
    public void Every_command_is_one_of_ours_with_the_options_that_it_has(CiFile file)
    {
        using var http = new HttpClient();
        using var console = new TestConsole();
        var services = new CliServices
        {
            Http = http,
            Input = Stream.Null,
            ReadEnvironment = _ => null,
            WorkingFolder = ".",
            BlueprintFolder = ".",
            Clock = TimeProvider.System,
        };
        var commands = new CommandLine(new CliConsole(console, console), services).Root;

        Assert.That(file.Commands.Select(words => words[0]), Is.EqualTo(["version", "plan"]));
        Assert.That(
            file.Commands.SelectMany(words => commands.Parse(words).Errors.Select(error => error.Message)),
            Is.Empty
        );
    }

    [TestCaseSource(nameof(Files))]
    public void Every_value_to_put_in_is_marked(CiFile file)
    {
        var lines = file.Text.Split('\n').Where(line => !line.TrimStart().StartsWith('#'));

        Assert.That(lines.Where(line => Example().IsMatch(line)), Is.All.Contains("# <-"));
    }

    [TestCaseSource(nameof(Files))]
    public void It_ends_some_day(CiFile file) => Assert.That(file.Text, Does.Match("timeout(-minutes)?: [0-9]+"));

    [Test]
    public void A_job_of_GitHub_may_read_comment_and_ask_for_a_token_and_nothing_else()
    {
        Assert.That(((YamlMappingNode)CiFile.GitHub.Root["permissions"]).Children, Is.Empty);
        foreach (var job in ((YamlMappingNode)CiFile.GitHub.Root["jobs"]).Children)
        {
            Assert.That(
                ((YamlMappingNode)job.Value["permissions"]).Select(each => $"{each.Key}: {each.Value}"),
                Is.EquivalentTo(["contents: read", "id-token: write", "pull-requests: write"]),
                $"{job.Key}"
            );
        }
    }

    [Test]
    public void A_job_of_GitHub_runs_for_pull_requests_of_its_own_repository_only()
    {
        Assert.That(
            ((YamlMappingNode)CiFile.GitHub.Root["on"]).Children.Keys.Select(key => $"{key}"),
            Is.EqualTo(["pull_request"])
        );
        Assert.That(
            $"{CiFile.GitHub.Root["jobs"]["plan"]["if"]}",
            Is.EqualTo("github.event.pull_request.head.repo.full_name == github.repository")
        );
    }

    [Test]
    public void No_text_of_a_pull_request_is_put_into_a_script() =>
        Assert.That(CiFile.ScriptsOfGitHub.Where(script => script.Contains("${{", StringComparison.Ordinal)), Is.Empty);

    [Test]
    public void No_checkout_leaves_its_token_behind()
    {
        var checkouts = CiFile
            .StepsOfGitHub.Where(step =>
                step.Children.TryGetValue("uses", out var action)
                && $"{action}".StartsWith("actions/checkout@", StringComparison.Ordinal)
            )
            .ToList();

        Assert.That(checkouts, Has.Count.EqualTo(2));
        Assert.That(checkouts.Select(step => $"{step["with"]["persist-credentials"]}"), Is.All.EqualTo("false"));
    }

    [Test]
    public void The_tool_is_of_the_version_of_the_deployment()
    {
        Assert.That($"{CiFile.StepsOfGitHub[1]["with"]["ref"]}", Does.Match("^[0-9a-f]{40}$"));
        Assert.That($"{CiFile.GitLab.Root["plan"]["variables"]["MLOPS_REF"]}", Does.Match("^[0-9a-f]{40}$"));
    }

    /// <summary>What only an example can have: names, accounts, addresses, regions, commits.</summary>
    [GeneratedRegex(
        "my-team|123456789012|execute-api|us-east-1|https://gitlab|[0-9a-f]{40}|mlops-config\\.json",
        RegexOptions.None,
        1_000
    )]
    private static partial Regex Example();
}
