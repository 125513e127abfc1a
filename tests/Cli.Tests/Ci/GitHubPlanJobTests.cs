using System.Runtime.Versioning;
using System.Text;

namespace Mlops.Cli.Tests.Ci;

/// <summary>What the job of docs/ci/github-actions.yml does with a plan.</summary>
[Platform(Exclude = "Win"), UnsupportedOSPlatform("windows")] // The runner's shell is bash.
internal sealed class GitHubPlanJobTests
{
    private const string Marker = "<!-- mlops plan -->";

    [TestCase(0, 0, Description = "nothing to do")]
    [TestCase(2, 0, Description = "something to do")]
    [TestCase(1, 1, Description = "findings")]
    [TestCase(64, 64, Description = "wrong usage")]
    public void It_ends_as_the_plan_does(int plan, int job)
    {
        using var run = new GitHubPlanJob { PlanEnds = plan };

        Assert.That(run.Run(), Is.EqualTo(job));
    }

    [TestCase(2, 0)]
    [TestCase(1, 1)]
    public void A_comment_that_fails_changes_nothing_about_that(int plan, int job)
    {
        using var run = new GitHubPlanJob { PlanEnds = plan, GhEnds = 1 };

        Assert.That(run.Run(), Is.EqualTo(job));
        Assert.That(run.Log, Does.Contain("::warning::The comment could not be written."));
        Assert.That(run.Summary, Does.Contain("1 unchanged."));
    }

    [Test]
    public void The_first_plan_is_a_new_comment()
    {
        using var run = new GitHubPlanJob();

        run.Run();

        Assert.That(
            run.Calls,
            Does.EndWith("api --silent --method POST repos/my-team/models/issues/7/comments --field body=@comment.md\n")
        );
        Assert.That(
            run.Comment,
            Is.EqualTo(
                $"{Marker}\n### What this `mlops-config.json` would do\n\n    0 to make, 0 to update, 0 to take down, 1 unchanged.\n"
            )
        );
    }

    [Test]
    public void The_next_plan_takes_its_place_which_is_found_by_the_marker()
    {
        using var run = new GitHubPlanJob { Comments = "11\n12\n" };

        run.Run();

        Assert.That(run.Calls, Does.Contain($"startswith(\"{Marker}\")"));
        Assert.That(
            run.Calls,
            Does.EndWith(
                "api --silent --method PATCH repos/my-team/models/issues/comments/11 --field body=@comment.md\n"
            )
        );
    }

    [Test]
    public void A_long_plan_is_cut_after_a_line_and_says_where_the_rest_is()
    {
        using var run = new GitHubPlanJob { Plan = Lines(2_000), PlanEnds = 2 };

        Assert.That(run.Run(), Is.Zero);

        Assert.That(run.Comment, Has.Length.LessThan(65_536));
        Assert.That(
            run.Comment,
            Does.EndWith(
                "  the package differs\n\nThe plan is longer: [the job's summary](https://github.com/my-team/models/actions/runs/42) has more of it.\n"
            )
        );
        Assert.That(run.Summary, Does.EndWith("pipeline-01999  the package differs\n"));
    }

    [Test]
    public void A_very_long_plan_is_in_the_log()
    {
        using var run = new GitHubPlanJob { Plan = Lines(40_000), PlanEnds = 2 };

        Assert.That(run.Run(), Is.Zero);

        Assert.That(Encoding.UTF8.GetByteCount(run.Summary), Is.LessThan(1024 * 1024));
        Assert.That(run.Summary, Does.EndWith("\n\nThe plan is longer: all of it is in the log of this job.\n"));
        Assert.That(run.Log, Does.Contain("pipeline-39999"));
    }

    [Test]
    public void A_plan_cannot_leave_its_place()
    {
        using var run = new GitHubPlanJob { Plan = "x\n```\n~~~~\n<!-- -->\r@team\n::add-mask::x\n", PlanEnds = 1 };

        run.Run();

        Assert.That(
            run.Comment,
            Does.EndWith("\n\n    x\n    ```\n    ~~~~\n    <!-- -->\n    @team\n    ::add-mask::x\n")
        );
        Assert.That(run.Log, Does.Match("^::stop-commands::([0-9a-f]{32})\nx\n(.*\n)*::add-mask::x\n\n::\\1::\n"));
    }

    private static string Lines(int count) =>
        string.Concat(
            Enumerable.Range(0, count).Select(each => $"~ mlops-pipeline-{each:00000}  the package differs\n")
        );
}
