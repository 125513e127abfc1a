using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Configs;
using Mlops.Provisioning.Packaging;
using Mlops.Provisioning.Requests;

namespace Mlops.Provisioning.Tests.Configs;

/// <summary>What a file would change, before it does.</summary>
public sealed class ConfigPlannerTests : ConfigScene
{
    [Test]
    public async Task A_plan_says_of_every_pipeline_what_would_be_done_and_why_and_does_nothing()
    {
        await ThereAsync("a", "b", "c", "d", "z");
        var file = Pruning(null, "new", "a", "b", "c", "d");
        file["pipelines"]![2]!["inference_instance"] = "ml.m5.xlarge";
        Aws.Pipeline(Name("c"))!.Tags[DeploymentTags.Definition] = "another";

        var plan = await PlannedAsync(file);

        Assert.That(
            plan.Pipelines.Select(each => $"{each.Change} {each.Pipeline}: {string.Join(", ", each.Reasons)}"),
            Is.EqualTo(
                (string[])
                    [
                        $"Create {Name("new")}: there is none of this name",
                        $"Unchanged {Name("a")}: ",
                        $"Update {Name("b")}: the package differs",
                        $"Update {Name("c")}: the definition differs",
                        $"Unchanged {Name("d")}: ",
                        $"Remove {Name("z")}: the file names it no longer",
                    ]
            )
        );
        Assert.That(plan.Counts, Is.EqualTo(new PlanCounts(Create: 1, Update: 2, Unchanged: 2, Remove: 1)));
        Assert.That((Aws.Writes, Aws.Claims[Source].Revision), Is.EqualTo((Array.Empty<string>(), "1")));
    }

    [Test]
    public async Task What_was_planned_is_what_is_done()
    {
        await ThereAsync("a", "b", "z");
        var file = Pruning(null, "a", "b", "c");
        file["pipelines"]![1]!["inference_instance"] = "ml.m5.xlarge";

        var planned = (await PlannedAsync(file)).Counts;
        var done = (await AppliedAsync(file, "2")).Counts;

        Assert.That(
            (planned.Create, planned.Update, planned.Unchanged, planned.Remove),
            Is.EqualTo((done.Created, done.Updated, done.Unchanged, done.Removed))
        );
        Assert.That(
            (await PlannedAsync(File("a", "b", "c"))).Counts.Unchanged,
            Is.EqualTo(2),
            "the second was changed"
        );
    }

    [Test]
    public async Task Of_a_large_file_a_thousand_differences_are_told_and_the_others_counted()
    {
        var models = Enumerable.Range(0, 52).Select(each => $"model-{each}").ToArray();
        await ThereAsync(models);
        foreach (var model in models)
        {
            Aws.Pipeline(Name(model))!.Tags[DeploymentTags.Package] = "another";
            Aws.Assets[DeploymentNames.PackageKey(Name(model))] = TemplatePackage
                .Pack(() =>
                    [
                        new PackageFile(
                            "pipeline.json",
                            TemplateConfiguration.Write([], new Dictionary<string, string>())
                        ),
                    ]
                )
                .Bytes.ToArray();
        }

        var plan = await PlannedAsync(File(models));

        Assert.That(
            plan.Pipelines.Select(each => each.Differences?.Count ?? 0),
            Is.EqualTo(Enumerable.Repeat(20, 50).Concat([0, 0]))
        );
        Assert.That(plan.Pipelines.Select(each => each.MoreDifferences), Has.All.GreaterThan(0));
        Assert.That(plan.Pipelines[51].MoreDifferences, Is.EqualTo(plan.Pipelines[0].MoreDifferences + 20));
    }

    [Test]
    public async Task Who_looks_is_told_what_differs_and_carrying_it_out_reads_no_package()
    {
        await ThereAsync("a");
        var file = File("a");
        file["pipelines"]![0]!["inference_instance"] = "ml.m5.xlarge";

        var plan = await PlannedAsync(file);
        Assert.That(
            plan.Pipelines.Single().Differences!.Select(each => $"{each}"),
            Is.EqualTo((string[])["InferenceInstance: ml.m5.large → ml.m5.xlarge"])
        );
        Assert.That(Aws.Calls, Is.EqualTo((string[])["All", "Read"]));

        Aws.Calls.Clear();
        await AppliedAsync(file, "2");
        Assert.That(Aws.Calls, Has.None.EqualTo("Read").And.Some.EqualTo("Put"));
    }

    [Test]
    public async Task By_the_API_pipelines_of_any_origin_are_changed_and_none_is_taken_down()
    {
        await ThereAsync("a", "b");

        var plan = await PlannedAsync(Pruning(null, "a"), source: null);

        Assert.That(plan.Counts, Is.EqualTo(new PlanCounts(0, 0, Unchanged: 1, Remove: 0)));
        Assert.That(
            plan.Notes,
            Is.EqualTo((string[])["\"prune\" takes nothing down here: this deployment has no config source."])
        );
    }

    [Test]
    public async Task What_is_being_taken_down_is_said()
    {
        await ThereAsync("a", "b");
        await AppliedAsync(Pruning(null, "a"), "2");

        var again = await PlannedAsync(Pruning(null, "a", "b"));
        var still = await PlannedAsync(Pruning(null, "a"));

        Assert.That(
            again.Pipelines[1].Reasons,
            Is.EqualTo((string[])["is being taken down; it is made again when that has ended"])
        );
        Assert.That(again.Pipelines[1].Change, Is.EqualTo(PlannedChange.Create));
        Assert.That(still.Pipelines[1].Reasons, Is.EqualTo((string[])["is being taken down already"]));
    }

    [TestCase("[", RefusalReason.Invalid)]
    [TestCase("""{"pipelines": [{"pipeline_type": "byom"}, {"pipeline_type": "x"}]}""", RefusalReason.Invalid)]
    [TestCase("""{"pipeline_type": "list_model_cards"}""", RefusalReason.Invalid)]
    [TestCase("other origin", RefusalReason.Conflict)]
    [TestCase("other model", RefusalReason.Conflict)]
    [TestCase("all gone", RefusalReason.Conflict)]
    public async Task A_plan_refuses_what_an_apply_would_refuse(string json, RefusalReason reason)
    {
        await ThereAsync("a", "b");
        Aws.Pipeline(Name("b"))!.Tags[DeploymentTags.Origin] = "api";
        json = json switch
        {
            "other origin" => File("a", "b").ToJsonString(),
            "other model" => File("A").ToJsonString(),
            "all gone" => Pruning(null, "c").ToJsonString(),
            _ => json,
        };

        var refusal = ((Declined<ConfigPlan>)await PlanAsync(json)).Refusal;
        var applied = (ConfigRefused)await ApplyAsync(json, "2");

        Assert.That(refusal.Reason, Is.EqualTo(reason));
        Assert.That(refusal.Findings, Is.EqualTo(applied.Findings).And.Not.Empty);
        Assert.That(refusal.Findings, Has.All.Property(nameof(Finding.Line)).Not.Null);
        Assert.That(Aws.Writes, Is.Empty);
    }

    [Test]
    public async Task A_plan_as_JSON_has_the_words_of_people()
    {
        var plan = await PlannedAsync(File("a"));

        Assert.That(
            plan.ToJson(),
            Is.EqualTo(
                """{"source":"SOURCE","counts":{"create":1,"update":0,"unchanged":0,"remove":0},"pipelines":[{"pipeline":"NAME","change":"create","reasons":["there is none of this name"]}],"notes":[]}"""
                    .Replace("SOURCE", Source, StringComparison.Ordinal)
                    .Replace("NAME", Name("a"), StringComparison.Ordinal)
            )
        );
    }
}
