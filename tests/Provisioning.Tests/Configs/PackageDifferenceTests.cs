using System.Text;
using System.Text.Json.Nodes;
using Mlops.Provisioning.Configs;
using Mlops.Provisioning.Tests.Fakes;

namespace Mlops.Provisioning.Tests.Configs;

/// <summary>What a plan tells of a package that would be replaced.</summary>
public sealed class PackageDifferenceTests : PackageScene
{
    [Test]
    public async Task A_parameter_that_changes_alike_in_several_targets_is_told_once()
    {
        await ThereAsync(Request());
        var request = Request();
        request["inference_instance"] = new JsonObject
        {
            ["dev"] = "ml.m5.large",
            ["staging"] = "ml.m5.xlarge",
            ["prod"] = "ml.m5.xlarge",
        };
        request["instance_count"] = "3";

        var planned = await PlannedAsync(request);

        Assert.That(
            Texts(planned),
            Is.EqualTo(
                (string[])
                    [
                        "InferenceInstance: ml.m5.large → ml.m5.xlarge (staging, prod)",
                        "InstanceCount: 1 → 3 (dev, staging, prod)",
                    ]
            ),
            "in the order of the template's parameters"
        );
        Assert.That(planned.Reasons, Is.EqualTo((string[])["the package differs"]));
        Assert.That(planned.MoreDifferences, Is.Zero);
    }

    [Test]
    public async Task Another_value_for_each_target_is_told_for_each()
    {
        await ThereAsync(Request());
        var request = Request();
        request["inference_instance"] = new JsonObject
        {
            ["dev"] = "ml.m5.large",
            ["staging"] = "ml.m5.xlarge",
            ["prod"] = "ml.m5.2xlarge",
        };

        Assert.That(
            Texts(await PlannedAsync(request)),
            Is.EqualTo(
                (string[])
                    [
                        "InferenceInstance: ml.m5.large → ml.m5.xlarge (staging)",
                        "InferenceInstance: ml.m5.large → ml.m5.2xlarge (prod)",
                    ]
            )
        );
    }

    [Test]
    public async Task An_account_alone_needs_no_name()
    {
        Settings = Deployments.Single();
        await ThereAsync(Request());

        var planned = await PlannedAsync(With("kms_key_arn", "arn:aws:kms:us-east-1:123456789012:key/abc"));

        Assert.That(planned.Differences!.Select(each => each.Targets.Single()), Has.All.EqualTo("pipeline"));
        Assert.That(Texts(planned), Has.Member("KmsKeyArn: (empty) → arn:aws:kms:us-east-1:123456789012:key/abc"));
    }

    [Test]
    public async Task Where_a_pipeline_has_several_stacks_it_is_said_of_which_it_is_unless_it_is_all()
    {
        Settings = Deployments.Single();
        var request = JsonNode.Parse(Deployments.Example("byom_data_quality_monitor", "data-quality-monitor"))!;
        await ThereAsync(request);
        request["instance_type"] = "ml.m5.4xlarge";
        request["baseline_max_runtime_seconds"] = "3000";
        request["schedule_expression"] = "cron(0 0 ? * * *)";

        var planned = await PlannedAsync(request);

        Assert.That(
            Texts(planned)!.Take(3),
            Is.EqualTo(
                (string[])
                    [
                        "InstanceType: ml.m5.large → ml.m5.4xlarge",
                        "baseline/BaselineMaxRuntimeSeconds: 3300 → 3000",
                        "schedule/ScheduleExpression: cron(0 * ? * * *) → cron(0 0 ? * * *)",
                    ]
            )
        );
        Assert.That(planned.Differences![1].Parts, Is.EqualTo((string[])["baseline"]));
    }

    [Test]
    public async Task What_is_made_of_what_a_request_says_comes_after_that()
    {
        var request = JsonNode.Parse(Deployments.Example("byom_data_quality_monitor", "data-quality-monitor"))!;
        await ThereAsync(request);
        request["instance_type"] = "ml.m5.4xlarge";

        var planned = await PlannedAsync(request);

        Assert.That(
            planned.Differences!.Select(each => $"{each.Parameter} ({string.Join(", ", each.Targets)})"),
            Is.EqualTo(
                (string[])
                    [
                        "InstanceType (dev, staging, prod)",
                        "BaselineJobName (dev)",
                        "BaselineJobName (staging)",
                        "BaselineJobName (prod)",
                        "BaselineJobOutputLocation (dev)",
                        "BaselineJobOutputLocation (staging)",
                        "BaselineJobOutputLocation (prod)",
                    ]
            )
        );
    }

    [Test]
    public async Task A_value_that_only_the_template_holds_is_told_as_another_template()
    {
        await ThereAsync(Request());
        var request = Request();
        request["environment_variables"] = new JsonObject { ["LEVEL"] = "debug" };

        var planned = await PlannedAsync(request);

        Assert.That(planned.Reasons, Is.EqualTo((string[])["the package differs", "the template differs"]));
        Assert.That(planned.Differences, Is.Null);
    }

    [Test]
    public async Task Parameters_of_another_version_of_the_template_are_new_or_gone()
    {
        await ThereAsync(Request());
        Change(
            "dev.json",
            file =>
            {
                file["Parameters"]!.AsObject().Remove("InferenceInstance");
                file["Parameters"]!["Old\nName"] = "a\u001b[31m\nb";
                file["Tags"]!["by"] = "somebody";
            }
        );

        var planned = await PlannedAsync(With("instance_count", "2"));

        Assert.That(
            Texts(planned),
            Is.EqualTo(
                (string[])
                    [
                        "InferenceInstance: (none) → ml.m5.large (dev)",
                        "InstanceCount: 1 → 2 (dev, staging, prod)",
                        @"Old\nName: a\u001b[31m\nb → (none) (dev)",
                    ]
            )
        );
        Assert.That(planned.Reasons, Is.EqualTo((string[])["the package differs", "the tags of its stacks differ"]));
    }

    [Test]
    public async Task A_target_that_is_new_is_told_in_one_phrase()
    {
        await ThereAsync(Request());
        Rewrite(files => files.Remove("prod.json"));

        var planned = await PlannedAsync(With("instance_count", "2"));

        Assert.That(Texts(planned), Is.EqualTo((string[])["InstanceCount: 1 → 2 (dev, staging)"]));
        Assert.That(planned.Reasons, Is.EqualTo((string[])["the package differs", "the target prod is new"]));
    }

    [Test]
    public async Task Long_values_are_shortened_as_in_findings()
    {
        await ThereAsync(Request());
        Change("dev.json", file => file["Parameters"]!["ModelName"] = new string('x', 198) + "😀😀");

        var plan = await PlanAsync(With("instance_count", "2"));

        Assert.That(
            ConfigPlan.Read(Encoding.UTF8.GetBytes(plan.ToJson())).Pipelines.Single().Differences![0].From,
            Does.StartWith(new string('x', 198)).And.EndsWith("…").And.Length.EqualTo(200),
            "half a letter is no error"
        );
    }

    [Test]
    public async Task Of_many_differences_the_first_are_told_and_how_many_more_there_are()
    {
        await ThereAsync(Request());
        Change(
            "prod.json",
            file =>
            {
                for (var i = 0; i < 30; i++)
                {
                    file["Parameters"]![$"Old{i}"] = "1";
                }
            }
        );

        var planned = await PlannedAsync(With("instance_count", "2"));

        Assert.That((planned.Differences!.Count, planned.MoreDifferences), Is.EqualTo((20, 11)));
    }

    [Test]
    public async Task Without_detailed_errors_names_are_told_and_values_are_not()
    {
        await ThereAsync(Request());
        Settings = Settings with { DetailedErrors = false };
        var request = Request();
        request["data_capture_location"] = new JsonObject
        {
            ["dev"] = "s3cret-bucket/a",
            ["staging"] = "s3cret-bucket/b",
            ["prod"] = "s3cret-bucket/c",
        };

        var plan = await PlanAsync(request);

        Assert.That(
            Texts(plan.Pipelines.Single()),
            Is.EqualTo((string[])["DataCaptureLocation differs (dev, staging, prod)"])
        );
        Assert.That(plan.ToJson(), Does.Not.Contain("s3cret").And.Not.Contain("my-data-bucket"));
    }

    [Test]
    public async Task Only_packages_that_would_be_replaced_are_read()
    {
        await ThereAsync(Request());

        await PlannedAsync(Request());
        Assert.That(Aws.Calls, Is.EqualTo((string[])["All", "Head"]));

        Aws.Calls.Clear();
        await PlannedAsync(With("instance_count", "2"));
        Assert.That(Aws.Calls, Is.EqualTo((string[])["All", "Read"]));
    }

    [Test]
    public void As_JSON_what_is_not_known_is_left_out()
    {
        var planned = new PlannedPipeline("p", PlannedChange.Update, ["the package differs"])
        {
            Differences = [new PlannedDifference(["dev", "prod"], null, "InstanceCount", "1", "2")],
        };
        var plan = new ConfigPlan(null, PlanCounts.Of([planned]), [planned], []);

        Assert.That(
            plan.ToJson(),
            Does.Contain(
                """reasons":["the package differs"],"differences":[{"targets":["dev","prod"],"parameter":"InstanceCount","from":"1","to":"2"}]}"""
            )
        );
    }
}
