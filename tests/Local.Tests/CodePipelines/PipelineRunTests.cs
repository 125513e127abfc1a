using System.Text.Json.Nodes;
using static Mlops.Local.Tests.CodePipelines.Definitions;

namespace Mlops.Local.Tests.CodePipelines;

public sealed class PipelineRunTests
{
    private Bench bench = null!;

    [SetUp]
    public async Task Start() => bench = await Bench.StartAsync();

    [TearDown]
    public async Task End() => await bench.DisposeAsync();

    [Test]
    public async Task Creating_a_pipeline_starts_it_and_it_runs_source_function_and_stack_to_the_end()
    {
        var version = await bench.UploadAsync(
            ("template.yaml", Template),
            ("pipeline.json", Configuration($"q-{bench.Id}"))
        );
        bench.Functions.On("deployment-flow", job => bench.SucceedAsync(job));
        var definition = Of(
            bench,
            (
                "DeployPipeline",
                [
                    Lambda("Prepare", 1, "deployment-flow", """{"duty":"Prepare"}"""),
                    Deploy(bench, "CREATE_UPDATE", 2).In("PipelineDeploy"),
                    Lambda(
                        "Verify",
                        3,
                        "deployment-flow",
                        "#{PipelineDeploy.QueueName} of #{codepipeline.PipelineExecutionId}"
                    ),
                ]
            )
        );

        var execution = await bench.CreateAsync(definition);
        var status = await bench.EndAsync(execution);

        var state = await bench.StateAsync();
        Assert.That(status, Is.EqualTo("Succeeded"), state.ToString());
        Assert.That(await bench.ExecutionsAsync(), Has.Count.EqualTo(1));
        Assert.That(
            (await bench.ExecutionsAsync())[0]["sourceRevisions"]![0]!["revisionId"]!.ToString(),
            Is.EqualTo(version)
        );
        var prepare = bench.Functions.Jobs.First()["data"]!;
        Assert.That(
            prepare["actionConfiguration"]!["configuration"]!["UserParameters"]!.ToString(),
            Is.EqualTo("""{"duty":"Prepare"}""")
        );
        Assert.That(
            prepare["inputArtifacts"]![0]!["location"]!["s3Location"]!["objectKey"]!.ToString(),
            Does.Match($"^{bench.Pipeline}/Package/[A-Za-z0-9]{{7}}$")
        );
        Assert.That(
            bench.Functions.Jobs.Last()["data"]!["actionConfiguration"]!["configuration"]![
                "UserParameters"
            ]!.ToString(),
            Is.EqualTo($"q-{bench.Id} of {execution}")
        );
    }

    [Test]
    public async Task A_function_that_continues_is_invoked_again_with_its_token()
    {
        await bench.UploadAsync(("template.yaml", Template));
        bench.Functions.On(
            "waiter",
            job =>
                job["data"]!["continuationToken"]?.ToString() switch
                {
                    null => bench.SucceedAsync(job, new() { ["continuationToken"] = "one" }),
                    "one" => bench.SucceedAsync(
                        job,
                        new()
                        {
                            ["continuationToken"] = "two",
                            ["executionDetails"] = new JsonObject { ["summary"] = "half", ["percentComplete"] = 50 },
                        }
                    ),
                    _ => bench.SucceedAsync(
                        job,
                        new() { ["outputVariables"] = new JsonObject { ["endpoint"] = "churn" } }
                    ),
                }
        );
        bench.Functions.On("reader", job => bench.SucceedAsync(job));
        var definition = Of(
            bench,
            ("Deploy", [Lambda("Wait", 1, "waiter").In("Wait"), Lambda("Read", 2, "reader", "#{Wait.endpoint}")])
        );

        var status = await bench.EndAsync(await bench.CreateAsync(definition));

        Assert.That(status, Is.EqualTo("Succeeded"));
        var jobs = bench.Functions.Jobs.ToList();
        Assert.That(jobs.Select(job => job["id"]!.ToString()), Is.Unique);
        Assert.That(
            jobs.Select(job => job["data"]!["continuationToken"]?.ToString()),
            Is.EqualTo([null, "one", "two", null])
        );
        Assert.That(
            jobs[3]["data"]!["actionConfiguration"]!["configuration"]!["UserParameters"]!.ToString(),
            Is.EqualTo("churn")
        );
        var wait = (await bench.ActionAsync("Deploy", "Wait"))["latestExecution"]!;
        Assert.That((wait["summary"]!.ToString(), wait["percentComplete"]!.GetValue<int>()), Is.EqualTo(("half", 50)));
    }

    [Test]
    public async Task A_job_takes_one_answer()
    {
        await bench.UploadAsync(("template.yaml", Template));
        var second = new TaskCompletionSource<Answer>();
        bench.Functions.On(
            "twice",
            async job =>
            {
                await bench.SucceedAsync(job);
                second.SetResult(
                    await bench.Api.SendAsync(
                        "PutJobFailureResult",
                        new JsonObject
                        {
                            ["jobId"] = job["id"]!.DeepClone(),
                            ["failureDetails"] = new JsonObject { ["type"] = "JobFailed", ["message"] = "no" },
                        }
                    )
                );
            }
        );

        var status = await bench.EndAsync(
            await bench.CreateAsync(Of(bench, ("Deploy", [Lambda("Twice", 1, "twice")])))
        );

        Assert.That(status, Is.EqualTo("Succeeded"));
        Assert.That((await second.Task).Error, Is.EqualTo("InvalidJobStateException"));
    }

    [TestCase("fails", "ConfigurationError", "the model has no artifact")]
    [TestCase(
        "crashes",
        "JobFailed",
        """The AWS Lambda function crashes failed without answering its job: {"errorMessage":"boom"}"""
    )]
    [TestCase("absent", "JobFailed", "The AWS Lambda function absent does not exist")]
    public async Task A_function_that(string function, string code, string message)
    {
        await bench.UploadAsync(("template.yaml", Template));
        bench.Functions.Crash("crashes", """{"errorMessage":"boom"}""");
        bench.Functions.On(
            "fails",
            job =>
                bench.Api.CallAsync(
                    "PutJobFailureResult",
                    new JsonObject
                    {
                        ["jobId"] = job["id"]!.DeepClone(),
                        ["failureDetails"] = new JsonObject
                        {
                            ["type"] = "ConfigurationError",
                            ["message"] = "the model has no artifact",
                        },
                    }
                )
        );

        var status = await bench.EndAsync(
            await bench.CreateAsync(Of(bench, ("Deploy", [Lambda("Call", 1, function), Lambda("After", 2, "fails")])))
        );

        Assert.That(status, Is.EqualTo("Failed"));
        var error = (await bench.ActionAsync("Deploy", "Call"))["latestExecution"]!["errorDetails"]!;
        Assert.That((error["code"]!.ToString(), error["message"]!.ToString()), Is.EqualTo((code, message)));
        Assert.That((await bench.ActionAsync("Deploy", "After"))["latestExecution"], Is.Null);
    }

    [Test]
    public async Task Every_change_of_state_is_told_in_order()
    {
        await bench.UploadAsync(("template.yaml", Template));
        bench.Functions.On("f", job => bench.SucceedAsync(job));

        var execution = await bench.CreateAsync(Of(bench, ("Deploy", [Lambda("Call", 1, "f")])));
        await bench.EndAsync(execution);
        await Bench.UntilAsync(() =>
            Task.FromResult(
                bench.Events.Story is [.., var last]
                    && last.StartsWith("Pipeline", StringComparison.Ordinal)
                    && last.EndsWith("SUCCEEDED", StringComparison.Ordinal)
            )
        );

        Assert.That(
            bench.Events.Story,
            Is.EqualTo([
                $"Pipeline {bench.Pipeline} STARTED",
                "Stage Source STARTED",
                "Action Source STARTED",
                "Action Source SUCCEEDED",
                "Stage Source SUCCEEDED",
                "Stage Deploy STARTED",
                "Action Call STARTED",
                "Action Call SUCCEEDED",
                "Stage Deploy SUCCEEDED",
                $"Pipeline {bench.Pipeline} SUCCEEDED",
            ])
        );
        var first = bench.Events.All[0];
        Assert.That(first["source"]!.ToString(), Is.EqualTo("aws.codepipeline"));
        Assert.That(first["account"]!.ToString(), Is.EqualTo(Bench.Account));
        Assert.That(first["detail"]!["execution-id"]!.ToString(), Is.EqualTo(execution));
        Assert.That(first["detail"]!["execution-trigger"]!["trigger-type"]!.ToString(), Is.EqualTo("CreatePipeline"));
        Assert.That(bench.Events.All[6]["detail"]!["type"]!["provider"]!.ToString(), Is.EqualTo("Lambda"));
    }
}
