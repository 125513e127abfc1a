using System.Net;
using System.Text.Json.Nodes;

namespace Mlops.EndToEnd.Tests;

public sealed partial class OneSystemTests
{
    [Test]
    public async Task An_image_is_not_built_here_and_the_stage_says_so()
    {
        var answer = await AnswerAsync(
            HttpStatusCode.OK,
            new JsonObject
            {
                ["pipeline_type"] = "byom_image_builder",
                ["custom_algorithm_docker"] = "images/my-algorithm.zip",
                ["ecr_repo_name"] = "mlops-dev-algorithms",
                ["image_tag"] = "2.1",
            }
        );
        var pipeline = (string)answer["pipeline_name"]!;

        Assert.That(pipeline, Does.Match("^mlops-pipeline-2-1-[0-9a-f]{8}-byompipelineimagebuilder$"));
        Assert.That(await _system.EndedAsync(pipeline), Is.EqualTo("Succeeded"), await _system.StateAsync(pipeline));
        var state = await _system.AwsAsync("codepipeline", "get-pipeline-state", "--name", pipeline);
        var run = state["stageStates"]!
            .AsArray()
            .SelectMany(stage => stage!["actionStates"]!.AsArray())
            .Single(action => (string)action!["actionName"]! == "Run")!["latestExecution"]!;
        Assert.That(
            (string)run["summary"]!,
            Is.EqualTo("not carried out locally: codebuild:StartBuild, for there is no Docker")
        );
        var execution = await _system.AwsAsync(
            "stepfunctions",
            "describe-execution",
            "--execution-arn",
            (string)run["externalExecutionId"]!
        );
        Assert.That(
            (string)execution["output"]!,
            Does.Contain("mlops:notCarriedOutLocally").And.Not.Contains("ImageUri")
        );
        var images = await _system.AwsAsync("ecr", "list-images", "--repository-name", "mlops-dev-algorithms");
        Assert.That(images["imageIds"]!.AsArray(), Is.Empty, "nothing pretends that there is one");
    }
}
