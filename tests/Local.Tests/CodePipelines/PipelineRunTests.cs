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
}
