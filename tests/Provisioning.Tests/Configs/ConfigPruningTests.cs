using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Configs;
using Mlops.Provisioning.Requests;
using Mlops.Provisioning.Tests.Fakes;

namespace Mlops.Provisioning.Tests.Configs;

/// <summary>What a file names no longer, and what becomes of it.</summary>
public sealed class ConfigPruningTests : ConfigScene
{
    [Test]
    public async Task What_is_named_no_longer_is_taken_down_when_everything_else_is_done()
    {
        await ThereAsync("a", "b", "c");
        var told = new List<PlannedChange>();
        Told = told.Add;

        var applied = await AppliedAsync(Pruning(null, "b", "c", "d"), "2");

        Assert.That(applied.Counts, Is.EqualTo(new ConfigCounts(Created: 1, Updated: 0, Unchanged: 2, Removed: 1)));
        Assert.That(told, Is.EqualTo((PlannedChange[])[PlannedChange.Create, PlannedChange.Remove]));
        Assert.That(Aws.Writes, Is.EqualTo((string[])["Put", "Create", "Tag", "Update", "Start"]));
        Assert.That(Aws.Pipeline(Name("a"))!.Tags[DeploymentTags.Definition], Is.EqualTo(DeploymentTags.Teardown));
        Assert.That(
            Aws.Pipeline(Name("a"))!.Tags[DeploymentTags.RequestedBy],
            Is.EqualTo("Ada ada@example.com"),
            "who made the commit"
        );
        Assert.That(TeardownShape.Is(Aws.Pipeline(Name("a"))!.Definition), Is.True);
    }

    [Test]
    public async Task Nothing_is_taken_down_that_the_file_does_not_ask_for()
    {
        await ThereAsync("a", "b");

        Assert.That((await AppliedAsync(File("a"), "2")).Counts, Is.EqualTo(ConfigCounts.None with { Unchanged = 1 }));
        Assert.That(Aws.Calls, Is.EqualTo((string[])["Claim", "All", "Head", "End"]));
    }

    [TestCase(4, 2, null, null, Description = "half")]
    [TestCase(4, 3, null, "3 of 4")]
    [TestCase(1, 1, null, "1 of 1", Description = "the last one")]
    [TestCase(3, 3, 3, null, Description = "all, as the file says")]
    [TestCase(7, 7, 6, "7 of 7")]
    [TestCase(4, 1, 0, "1 of 4", Description = "a limit is also one below the half")]
    public async Task More_than_half_at_once_or_than_the_limit_is_refused(
        int there,
        int removed,
        int? limit,
        string? refusal
    )
    {
        var models = Enumerable.Range(0, there).Select(number => $"model-{number}").ToArray();
        await ThereAsync(models);
        var file = Pruning(limit, [.. models.Skip(removed), "new"]);

        var outcome = await ApplyAsync(file.ToJsonString(), "2");

        if (refusal is null)
        {
            Assert.That(((ConfigApplied)outcome).Counts.Removed, Is.EqualTo(removed));
            return;
        }

        var finding = ((ConfigRefused)outcome).Findings.Single();
        Assert.That(
            (finding.Code, finding.Pointer),
            Is.EqualTo((FindingCodes.TooManyRemovals, limit is null ? "/prune" : "/pruneLimit"))
        );
        Assert.That((finding.Line, finding.Column), Is.EqualTo((1, Column(file.ToJsonString(), finding.Pointer))));
        Assert.That(
            finding.Message,
            Does.Match(
                $"^{refusal} pipelines of this source are named no longer and would be taken down: mlops-pipeline-model-0-.+\\.$"
            )
        );
        Assert.That(finding.Message.Contains(" and 2 more.", StringComparison.Ordinal), Is.EqualTo(removed == 7));
        Assert.That(finding.Remedy, Does.EndWith($"write \"pruneLimit\": {removed}."));
        Assert.That(Aws.Writes, Is.Empty);
    }

    [TestCase("api")]
    [TestCase("s3:config/mlops-config.json")]
    [TestCase("codecommit:models@next:mlops-config.json", Description = "another branch of the same repository")]
    public async Task What_came_another_way_stays(string origin)
    {
        await ThereAsync("a", "b");
        Aws.Pipeline(Name("b"))!.Tags[DeploymentTags.Origin] = origin;

        Assert.That((await AppliedAsync(Pruning(9, "a"), "2")).Counts.Removed, Is.Zero);
        Assert.That(Aws.Writes, Is.Empty);
    }

    [TestCase("api", Description = "handed over a moment ago")]
    [TestCase(null, Description = "gone a moment ago")]
    public async Task Tags_of_a_moment_ago_take_nothing_down(string? origin)
    {
        await ThereAsync("a", "b");
        Aws.Called = call =>
        {
            if (call == "All" && origin is not null)
            {
                Aws.Pipeline(Name("b"))!.Tags[DeploymentTags.Origin] = origin;
            }
            else if (call == "All")
            {
                _ = ((IPipelines)Aws).DeleteAsync(Name("b"), CancellationToken.None);
                Aws.Calls.Clear();
            }
        };

        Assert.That((await AppliedAsync(Pruning(9, "a"), "2")).Counts.Removed, Is.Zero);
        Assert.That(Aws.Writes, Is.Empty);
    }

    [Test]
    public async Task What_is_being_taken_down_already_is_started_again_and_counts_no_more()
    {
        await ThereAsync("a", "b", "c", "d");
        await AppliedAsync(Pruning(null, "a", "b"), "2");
        Aws.Finish("Failed");
        Aws.Calls.Clear();
        var told = new List<PlannedChange>();
        Told = told.Add;

        var applied = await AppliedAsync(Pruning(null, "a"), "3");

        Assert.That(applied.Left, Is.Empty);
        Assert.That(applied.Counts, Is.EqualTo(new ConfigCounts(0, 0, Unchanged: 1, Removed: 3)));
        Assert.That(
            told,
            Is.EqualTo((PlannedChange[])[PlannedChange.Remove]),
            "one of two is half; two of four began before"
        );
        Assert.That(Aws.Writes, Is.EqualTo((string[])["Tag", "Update", "Start", "Start", "Start"]));
    }

    [Test]
    public async Task What_runs_is_left_and_said_and_the_next_run_takes_it_down()
    {
        await AppliedAsync(File("a", "b"), "1");

        var applied = await AppliedAsync(Pruning(null, "a"), "2");

        var finding = applied.Left.Single();
        Assert.That(applied.Counts, Is.EqualTo(ConfigCounts.None with { Unchanged = 1 }));
        Assert.That(
            (finding.Code, finding.Pointer, finding.Line),
            Is.EqualTo((FindingCodes.PipelineRunning, "/prune", 1))
        );
        Aws.Finish();
        Assert.That((await AppliedAsync(Pruning(null, "a"), "2")).Counts.Removed, Is.EqualTo(1));
    }

    [Test]
    public async Task What_was_made_a_moment_ago_is_known_from_CodePipelines_own_list()
    {
        await ThereAsync("a", "b");
        Aws.IndexAt = 0;

        var applied = await AppliedAsync(Pruning(null, "a"), "2");

        Assert.That(applied.Counts.Removed, Is.EqualTo(1));
        Assert.That(TeardownShape.Is(Aws.Pipeline(Name("b"))!.Definition), Is.True);
    }

    [Test]
    public async Task What_is_gone_is_not_counted_as_kept_though_the_index_still_has_it()
    {
        await ThereAsync("a", "b", "c", "d");
        Aws.IndexAt = Aws.Made;
        foreach (var gone in new[] { "a", "b" })
        {
            await ((IPipelines)Aws).DeleteAsync(Name(gone), CancellationToken.None);
        }

        var refused = (ConfigRefused)await ApplyAsync(Pruning(null, "a", "b").ToJsonString(), "2");

        Assert.That(refused.Findings.Single().Message, Does.StartWith("2 of 2 pipelines of this source"));
    }

    [TestCase("api")]
    [TestCase("s3:config/mlops-config.json")]
    public async Task What_is_handed_over_while_others_are_made_stays(string origin)
    {
        await ThereAsync("a", "b");
        Aws.Called = call =>
        {
            if (call == "Create")
            {
                Aws.Pipeline(Name("b"))!.Tags[DeploymentTags.Origin] = origin;
            }
        };

        var applied = await AppliedAsync(Pruning(null, "a", "c"), "2");

        Assert.That(applied.Counts, Is.EqualTo(new ConfigCounts(Created: 1, Updated: 0, Unchanged: 1, Removed: 0)));
        Assert.That(applied.Left, Is.Empty);
        Assert.That(TeardownShape.Is(Aws.Pipeline(Name("b"))!.Definition), Is.False);
    }

    [Test]
    public async Task The_older_of_two_runs_takes_down_nothing_more()
    {
        await ThereAsync("a", "b", "c", "d");
        Told = _ => Aws.Claims[Source] = new ConfigClaim("another run", "job-2", "3");

        var outcome = (ConfigSuperseded)await ApplyAsync(Pruning(null, "a", "b").ToJsonString(), "2");

        Assert.That(outcome.Counts, Is.EqualTo(ConfigCounts.None with { Removed = 1 }));
        Assert.That(Aws.Pipeline(Name("d"))!.Tags[DeploymentTags.Definition], Is.Not.EqualTo(DeploymentTags.Teardown));
    }

    /// <summary>Whatever call fails, with or without its effect: the next delivery ends where an uninterrupted one does.</summary>
    [Test]
    public async Task After_a_fault_at_any_call_the_next_delivery_converges(
        [Values] bool loseAnswer,
        [Values(0, 3, 10)] int indexLag
    )
    {
        var file = Pruning(null, "a", "b", "e");
        file["pipelines"]![1]!["inference_instance"] = "ml.m5.xlarge";
        await ThereAsync("a", "b", "c", "d");
        await AppliedAsync(file, "2");
        var (calls, wanted) = (Aws.Calls.Count, State());
        Assert.That(wanted, Does.Contain("d True 1"));

        for (var call = 0; call < calls; call++)
        {
            Aws = new FakeAws();
            await ThereAsync("a", "b", "c", "d");
            (Aws.FailAt, Aws.LoseAnswer, Aws.IndexLag) = (call, loseAnswer, indexLag);
            Assert.That(() => ApplyAsync(file.ToJsonString(), "2"), Throws.InstanceOf<ServiceFailureException>());
            Aws.FailAt = null;

            await AppliedAsync(file, "2");

            Assert.That(State(), Is.EqualTo(wanted), $"call {call}");
        }
    }

    private string State() =>
        string.Join(
            '\n',
            ((string[])["a", "b", "c", "d", "e"]).Select(model =>
            {
                var pipeline = Aws.Pipeline(Name(model))!;
                var package = Aws.Packages(Name(model))[^1].Sha256;
                return $"{model} {TeardownShape.Is(pipeline.Definition)} {pipeline.Executions.Count(each => each.IsActive)} {package} {string.Join(' ', pipeline.Tags.OrderBy(tag => tag.Key, StringComparer.Ordinal))}";
            })
        );

    private static int Column(string json, string pointer)
    {
        var key = $"\"{pointer[1..]}\":";
        return json.IndexOf(key, StringComparison.Ordinal) + key.Length + 1;
    }
}
