using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Configs;
using Mlops.Provisioning.Tests.Fakes;

namespace Mlops.Provisioning.Tests.Configs;

/// <summary>A file in a repository, and what is made of it.</summary>
public sealed class ConfigServiceTests : ConfigScene
{
    [Test]
    public async Task A_file_makes_its_pipelines_and_says_where_they_came_from()
    {
        var applied = await AppliedAsync(File("a", "b"), "1f2e3d");

        Assert.That($"{applied.Counts}", Is.EqualTo("2 made, 0 updated, 0 unchanged, 0 being taken down"));
        var tags = Aws.Pipeline(Name("a"))!.Tags;
        Assert.That(
            (tags[DeploymentTags.Origin], tags[DeploymentTags.Revision], tags[DeploymentTags.RequestedBy]),
            Is.EqualTo((Source, "1f2e3d", "Ada ada@example.com"))
        );
        Assert.That(tags[DeploymentTags.Version], Does.Match(@"^\d+\.\d+\.\d+$"));
    }

    [TestCase("Succeeded")]
    [TestCase(
        "Failed",
        Description = "by the API it would start anew; a commit says what there is to be, not that it shall run"
    )]
    public async Task What_has_not_changed_is_left_alone_and_costs_one_call_for_all_and_one_each(string ended)
    {
        await AppliedAsync(File("a", "b"), "1");
        Aws.Finish(ended);
        Aws.Calls.Clear();

        var applied = await AppliedAsync(File("a", "b"), "2");

        Assert.That(applied.Counts, Is.EqualTo(ConfigCounts.None with { Unchanged = 2 }));
        Assert.That(Aws.Calls, Is.EqualTo((string[])["Claim", "All", "Head", "Head", "End"]));
    }

    [Test]
    public async Task Only_what_differs_is_written()
    {
        await AppliedAsync(File("a", "b"), "1");
        Aws.Finish();
        Aws.Calls.Clear();
        var file = File("a", "b", "c");
        file["pipelines"]![1]!["inference_instance"] = "ml.m5.xlarge";

        var applied = await AppliedAsync(file, "2");

        Assert.That(applied.Counts, Is.EqualTo(new ConfigCounts(Created: 1, Updated: 1, Unchanged: 1, Removed: 0)));
        Assert.That(Aws.Writes, Is.EqualTo((string[])["Put", "Start", "Tag", "Put", "Create"]));
        Assert.That(Aws.Pipeline(Name("b"))!.Tags[DeploymentTags.Revision], Is.EqualTo("2"));
        Assert.That(Aws.Pipeline(Name("a"))!.Tags[DeploymentTags.Revision], Is.EqualTo("1"));
    }

    [Test]
    public async Task The_same_request_by_the_API_and_by_commit_gives_the_same_package_and_the_same_definition()
    {
        var byApi = new FakeAws();
        var settings = Deployments.Single();
        await new PipelineService(Deployments.Planner(settings), settings, byApi, byApi).ProvisionAsync(
            Encoding.UTF8.GetBytes(Named("a").ToJsonString()),
            new ProvisionOptions { Caller = "arn:aws:iam::123456789012:user/ada" },
            CancellationToken.None
        );

        await AppliedAsync(File("a"), "1");

        Assert.That(
            Aws.Packages(Name("a")).Single().Bytes.ToArray(),
            Is.EqualTo(byApi.Packages(Name("a")).Single().Bytes.ToArray())
        );
        Assert.That(
            Aws.Pipeline(Name("a"))!.Tags[DeploymentTags.Definition],
            Is.EqualTo(byApi.Pipeline(Name("a"))!.Tags[DeploymentTags.Definition])
        );
        Assert.That(byApi.Pipeline(Name("a"))!.Tags[DeploymentTags.Origin], Is.EqualTo("api"));
    }

    [Test]
    public async Task One_bad_request_of_a_thousand_changes_nothing_and_is_found_by_its_line()
    {
        var file = File([.. Enumerable.Range(0, 1000).Select(number => $"model-{number}")]);
        file["pipelines"]![700]!["inference_instance"] = "m5.large";
        var text = file.ToJsonString(new() { WriteIndented = true });
        var line = 1 + text[..text.IndexOf("\"m5.large\"", StringComparison.Ordinal)].Count(letter => letter == '\n');

        var refused = (ConfigRefused)await ApplyAsync(text, "1");

        Assert.That(
            refused.Findings.Select(found => $"{found.Code} {found.Pointer} {found.Line}"),
            Is.EqualTo((string[])[$"MLP014 /pipelines/700/inference_instance {line}"])
        );
        Assert.That(Aws.Calls, Is.Empty);
    }

    [Test]
    public async Task A_pipeline_can_be_there_once()
    {
        var refused = (ConfigRefused)await ApplyAsync(File("a", "b", "A").ToJsonString(), "1");

        Assert.That(
            refused.Findings.Select(found => $"{found.Code} {found.Pointer}: {found.Message}"),
            Is.EqualTo(
                (string[])
                    [$"MLP008 /pipelines/2/model_name: The request in line 1 makes the pipeline {Name("a")} already."]
            )
        );
        var text = File("a", "b", "A").ToJsonString();
        Assert.That(
            (refused.Findings[0].Line, refused.Findings[0].Column),
            Is.EqualTo((1, text.IndexOf("\"A\"", StringComparison.Ordinal) + 1)),
            "where the name stands"
        );
        Assert.That(Aws.Calls, Is.Empty);
    }

    [Test]
    public async Task A_model_card_is_no_pipeline()
    {
        var refused = (ConfigRefused)await ApplyAsync("""{"pipeline_type": "list_model_cards"}""", "1");

        Assert.That($"{refused.Findings.Single()}", Does.StartWith("MLP017 /pipeline_type: "));
    }

    [TestCase(null, "was made by a request to the API")]
    [TestCase("s3:config/mlops-config.json", "comes from another source, s3:config/mlops-config.json")]
    public async Task What_came_another_way_is_not_changed(string? source, string because)
    {
        var settings = Deployments.Single();
        await new PipelineService(Deployments.Planner(settings), settings, Aws, Aws).ProvisionAsync(
            Encoding.UTF8.GetBytes(Named("b").ToJsonString()),
            new ProvisionOptions { Source = source },
            CancellationToken.None
        );
        Aws.Calls.Clear();

        var refused = (ConfigRefused)await ApplyAsync(File("a", "b").ToJsonString(), "1");

        var finding = refused.Findings.Single();
        Assert.That((finding.Code, finding.Pointer), Is.EqualTo(("MLP049", "/pipelines/1/model_name")));
        Assert.That(finding.Message, Is.EqualTo($"The pipeline {Name("b")} {because}."));
        Assert.That(finding.Remedy, Does.EndWith($"--tags key=mlops:origin,value={Source}"));
        Assert.That(Aws.Writes, Is.Empty);
    }

    [Test]
    public async Task A_request_to_the_API_does_not_take_a_pipeline_from_its_file()
    {
        await AppliedAsync(File("a"), "1");
        Aws.Finish();
        var changed = Named("a");
        changed["inference_instance"] = "ml.m5.xlarge";
        var settings = Deployments.Single();
        await new PipelineService(Deployments.Planner(settings), settings, Aws, Aws).ProvisionAsync(
            Encoding.UTF8.GetBytes(changed.ToJsonString()),
            new ProvisionOptions { Caller = "ada" },
            CancellationToken.None
        );
        Aws.Finish();

        Assert.That(Aws.Pipeline(Name("a"))!.Tags[DeploymentTags.Origin], Is.EqualTo(Source));
        Assert.That(Aws.Pipeline(Name("a"))!.Tags[DeploymentTags.Revision], Is.Empty);
        Assert.That((await AppliedAsync(File("a"), "2")).Counts.Updated, Is.EqualTo(1), "the file wins again");
    }

    /// <summary>Whatever call fails, with or without its effect: the next delivery ends where an uninterrupted one does.</summary>
    [Test]
    public async Task After_a_fault_at_any_call_the_next_delivery_converges(
        [Values] bool loseAnswer,
        [Values(0, 3, 1000)] int indexLag
    )
    {
        var file = OneNewAndOneChanged();
        await OneThereAsync();
        await AppliedAsync(file, "1");
        var (calls, wanted) = (Aws.Calls.Count, State());

        for (var call = 0; call < calls; call++)
        {
            await OneThereAsync();
            (Aws.FailAt, Aws.LoseAnswer, Aws.IndexLag) = (call, loseAnswer, indexLag);
            Assert.That(() => ApplyAsync(file.ToJsonString(), "1"), Throws.InstanceOf<ServiceFailureException>());
            Aws.FailAt = null;

            await AppliedAsync(file, "1");

            Assert.That(State(), Is.EqualTo(wanted), $"call {call}");
            await AppliedAsync(file, "1");
            Assert.That(State(), Is.EqualTo(wanted), $"call {call}, once more");
        }
    }

    /// <summary>Time runs out anywhere; CodePipeline asks again.</summary>
    [Test]
    public async Task Cut_off_after_any_call_the_next_delivery_converges()
    {
        var file = OneNewAndOneChanged();
        await OneThereAsync();
        await AppliedAsync(file, "1");
        var (calls, wanted) = (Aws.Calls.Count, State());

        for (var call = 1; call < calls; call++)
        {
            await OneThereAsync();
            using var time = new CancellationTokenSource();
            Aws.Called = _ =>
            {
                if (Aws.Calls.Count == call)
                {
                    time.Cancel();
                }
            };
            try
            {
                await ApplyAsync(file.ToJsonString(), "1", time: time.Token);
            }
            catch (OperationCanceledException)
            {
                // As Lambda's time is up.
            }

            Aws.Called = null;
            await AppliedAsync(file, "1");

            Assert.That(State(), Is.EqualTo(wanted), $"call {call}");
        }
    }

    [Test]
    public async Task CodePipeline_that_is_busy_is_waited_for()
    {
        Aws.FailCode = "ThrottlingException";
        var refused = 0;
        Aws.Called = call =>
        {
            if (call == "Head" && refused++ < 5)
            {
                Aws.FailAt = Aws.Calls.Count;
            }
        };

        var applied = await AppliedAsync(File("a", "b"), "1");

        Assert.That(applied.Counts, Is.EqualTo(ConfigCounts.None with { Created = 2 }));
        Assert.That(applied.Left, Is.Empty);
        Assert.That(refused, Is.GreaterThan(5));
    }

    [Test]
    public async Task Between_two_pipelines_that_are_written_there_is_a_pause_and_none_where_nothing_was()
    {
        var written = new List<DateTimeOffset>();
        Aws.Called = call =>
        {
            if (call == "Create")
            {
                written.Add(Clock.GetUtcNow());
            }
        };

        await AppliedAsync(File("a", "b", "c"), "1");

        Assert.That(written, Has.Count.EqualTo(3));
        Assert.That(
            written.Zip(written.Skip(1), (before, after) => after - before),
            Has.All.GreaterThanOrEqualTo(ConfigService.Pace)
        );

        // Nobody knows of them yet, so each is looked at; but nothing is written.
        Aws.Finish();
        (Aws.IndexAt, Aws.Called) = (0, null);
        var began = Clock.GetUtcNow();
        Assert.That((await AppliedAsync(File("a", "b", "c"), "2")).Counts.Unchanged, Is.EqualTo(3));
        Assert.That(Clock.GetUtcNow() - began, Is.LessThan(ConfigService.Pace));
    }

    /// <summary>A run that was replaced may still write the pipeline that it had begun with.</summary>
    [Test]
    public async Task What_the_replaced_run_wrote_last_is_put_right()
    {
        await AppliedAsync(File("a"), "1");
        Aws.Finish();
        Aws.Claims[Source] = new ConfigClaim("a run that has not ended", "job-0", "0");
        Aws.Called = call =>
        {
            if (call == "Head")
            {
                // It was looked at and is as it has to be; now the other run ends what it was about to do.
                Aws.Called = null;
                var other = Named("a");
                other["inference_instance"] = "ml.m5.xlarge";
                _ = ProvisionAsync(other, new ProvisionOptions { Source = Source, Revision = "0" });
                Aws.Finish();
            }
        };

        var applied = await AppliedAsync(File("a"), "2");

        Assert.That(applied.Counts, Is.EqualTo(ConfigCounts.None with { Updated = 1 }));
        Assert.That(Aws.Pipeline(Name("a"))!.Tags[DeploymentTags.Revision], Is.EqualTo("2"));
        Assert.That(Aws.Packages(Name("a"))[^1].Sha256, Is.EqualTo(Aws.Packages(Name("a"))[0].Sha256));
    }

    [Test]
    public async Task A_file_that_is_another_one_by_now_is_not_carried_out()
    {
        var outcome = await ApplyAsync(File("a").ToJsonString(), "1", isStill: _ => Task.FromResult(false));

        Assert.That(outcome, Is.InstanceOf<ConfigOutdated>());
        Assert.That(Aws.Writes, Is.Empty);
    }

    [Test]
    public async Task Back_to_the_first_after_a_fault_is_no_less_a_change([Values] bool loseAnswer)
    {
        var second = File("a");
        second["pipelines"]![0]!["inference_instance"] = "ml.m5.xlarge";
        await AppliedAsync(File("a"), "1");
        Aws.Finish();
        var known = Aws.Made;
        await AppliedAsync(second, "2");
        Aws.Finish();
        Aws.IndexAt = known;
        Aws.LoseAnswer = loseAnswer;
        Aws.Called = call => Aws.FailAt = call == "Put" && Aws.FailAt is null ? Aws.Calls.Count : Aws.FailAt;

        Assert.That(() => ApplyAsync(File("a").ToJsonString(), "3"), Throws.InstanceOf<ServiceFailureException>());
        await AppliedAsync(File("a"), "3");

        var pipeline = Aws.Pipeline(Name("a"))!;
        Aws.Finish();
        Assert.That(pipeline.Executions[0].PackageVersion, Is.EqualTo(pipeline.Tags[DeploymentTags.PackageVersion]));
        Assert.That(Aws.Packages(Name("a"))[^1].Sha256, Is.EqualTo(pipeline.Tags[DeploymentTags.Package]));
        Assert.That(pipeline.Tags[DeploymentTags.Revision], Is.EqualTo("3"));
    }

    [TestCase(true, Description = "as our own finding says how")]
    [TestCase(false, Description = "taken down since")]
    public async Task What_the_index_knows_of_a_moment_ago_is_no_conflict(bool handedOver)
    {
        await ProvisionAsync(Named("a"), new ProvisionOptions());
        Aws.Finish();
        Aws.IndexAt = Aws.Made;
        if (handedOver)
        {
            Aws.Pipeline(Name("a"))!.Tags[DeploymentTags.Origin] = Source;
        }
        else
        {
            await ((IPipelines)Aws).DeleteAsync(Name("a"), CancellationToken.None);
        }

        var applied = await AppliedAsync(File("a"), "1");

        Assert.That(applied.Left, Is.Empty);
        Assert.That(Aws.Pipeline(Name("a"))!.Tags[DeploymentTags.Origin], Is.EqualTo(Source));
    }

    [Test]
    public async Task What_runs_while_its_definition_has_to_change_is_left_and_said_and_the_others_are_done()
    {
        await AppliedAsync(File("a"), "1");
        var other = new FakePipeline(
            Aws.Pipeline(Name("a"))!.Definition with
            {
                ExecutionMode = "QUEUED",
            },
            DateTimeOffset.UnixEpoch
        );
        Aws.Pipeline(Name("a"))!.Replace(other.Definition);
        Aws.Pipeline(Name("a"))!.Tags[DeploymentTags.Definition] = "another";

        var applied = await AppliedAsync(File("a", "b"), "2");

        Assert.That(applied.Counts.Created, Is.EqualTo(1));
        Assert.That(
            applied.Left.Select(found => $"{found.Code} {found.Pointer}"),
            Is.EqualTo((string[])["MLP040 /pipelines/0"])
        );
    }

    [Test]
    public async Task The_older_of_two_runs_stops_before_its_next_pipeline()
    {
        Told = _ => Aws.Claims[Source] = new ConfigClaim("another run", "job-2", "2");

        var outcome = (ConfigSuperseded)await ApplyAsync(File("a", "b").ToJsonString(), "1");

        Assert.That(outcome.By.Revision, Is.EqualTo("2"));
        Assert.That(outcome.Counts.Created, Is.EqualTo(1));
        Assert.That(Aws.Pipeline(Name("b")), Is.Null);
    }

    /// <summary>The Resource Groups Tagging API may answer what was a moment ago.</summary>
    [Test]
    public async Task Tags_of_a_moment_ago_do_not_hide_a_change()
    {
        await AppliedAsync(File("a"), "1");
        Aws.Finish();
        var before = new Dictionary<string, string>(Aws.Pipeline(Name("a"))!.Tags);
        var changed = File("a");
        changed["pipelines"]![0]!["inference_instance"] = "ml.m5.xlarge";
        await AppliedAsync(changed, "2");
        Aws.Finish();
        foreach (var (key, value) in before)
        {
            Aws.Pipeline(Name("a"))!.Tags[key] = value;
        }

        Assert.That((await AppliedAsync(File("a"), "3")).Counts.Updated, Is.EqualTo(1), "back to the first");
    }

    /// <summary>Nothing but one of the two that <see cref="OneNewAndOneChanged"/> names, as it was before.</summary>
    private async Task OneThereAsync()
    {
        Aws = new FakeAws();
        await AppliedAsync(File("b"), "0");
        Aws.Finish();
        Aws.Calls.Clear();
    }

    private static JsonObject OneNewAndOneChanged()
    {
        var file = File("a", "b");
        file["pipelines"]![1]!["inference_instance"] = "ml.m5.xlarge";
        return file;
    }

    private string State() =>
        string.Join(
            '\n',
            ((string[])["a", "b"]).Select(model =>
            {
                var pipeline = Aws.Pipeline(Name(model))!;
                var package = Aws.Packages(Name(model))[^1].Sha256;
                return $"{model} {package} {pipeline.Executions.Count(each => each.IsActive)} {string.Join(' ', pipeline.Tags.OrderBy(tag => tag.Key, StringComparer.Ordinal))}";
            })
        );
}
