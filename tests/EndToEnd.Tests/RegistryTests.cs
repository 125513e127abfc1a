using System.Net;
using System.Text.Json.Nodes;

namespace Mlops.EndToEnd.Tests;

/// <summary>A model from the registry: refused by the shipped binary until somebody has approved it.</summary>
[TestFixture]
public sealed class RegistryTests
{
    [Test]
    public async Task A_model_package_is_deployed_only_once_it_is_approved()
    {
        await using var system = await LocalSystem.StartAsync("--no-example");
        var package = await RegisterAsync(system);
        var mailbox = await Mailbox.SubscribeAsync(system);

        var pipeline = await ProvisionAsync(system, package);
        var before = await system.EndedAsync(pipeline);
        var mails = await mailbox.AboutAsync(pipeline);
        var refused = await system.AwsAsync("codepipeline", "get-pipeline-state", "--name", pipeline);
        await system.AwsAsync(
            "sagemaker",
            "update-model-package",
            "--model-package-arn",
            package,
            "--model-approval-status",
            "Approved"
        );
        await system.AwsAsync(
            "codepipeline",
            "retry-stage-execution",
            "--pipeline-name",
            pipeline,
            "--stage-name",
            "DeployPipeline",
            "--retry-mode",
            "ALL_ACTIONS",
            "--pipeline-execution-id",
            (string)refused["stageStates"]![1]!["latestExecution"]!["pipelineExecutionId"]!
        );
        var after = await system.EndedAsync(pipeline);

        Assert.That(before, Is.EqualTo("Failed"));
        Assert.That(
            (string)refused["stageStates"]![1]!["actionStates"]![0]!["latestExecution"]!["errorDetails"]!["message"]!,
            Is.EqualTo(
                $"The model package {package} is PendingManualApproval; only an Approved one is deployed. Approve it with "
                    + $"aws sagemaker update-model-package --model-package-arn {package} --model-approval-status Approved"
                    + " and retry this stage."
            )
        );
        Assert.That(mails, Has.Count.EqualTo(1));
        Assert.That(
            mails[0],
            Does.StartWith(
                $"\"The pipeline {pipeline} has failed, in stage DeployPipeline, action Prepare:\"\n"
                    + $"\"The model package {package} is PendingManualApproval; "
            )
        );
        Assert.That(after, Is.EqualTo("Succeeded"), await system.StateAsync(pipeline));
        var model = await system.AwsAsync(
            "sagemaker",
            "describe-model",
            "--model-name",
            await system.PhysicalNameAsync(pipeline, "MLOpsSagemakerModel")
        );
        Assert.That((string)model["PrimaryContainer"]!["ModelPackageName"]!, Is.EqualTo(package));
    }

    [Test]
    public async Task With_the_registry_the_example_is_registered_and_approved_in_the_stacks_group_first()
    {
        await using var system = await LocalSystem.StartAsync(
            "--config",
            "mlops:useModelRegistry=true",
            "--config",
            "mlops:createModelRegistry=true"
        );
        const string pipeline = "mlops-pipeline-my-model-byompipelinerealtimebuiltin";
        await ExampleAsync(system);
        var ended = await system.EndedAsync(pipeline);
        var packages = await system.AwsAsync(
            "sagemaker",
            "list-model-packages",
            "--model-package-group-name",
            "mlops-dev-models"
        );
        var model = await system.AwsAsync(
            "sagemaker",
            "describe-model",
            "--model-name",
            await system.PhysicalNameAsync(pipeline, "MLOpsSagemakerModel")
        );
        var withoutPackage = await File.ReadAllTextAsync(Repository.Example("byom_realtime_builtin.json"));
        using var refused = await system.PostAsync("/provisionpipeline", withoutPackage);

        var package = packages["ModelPackageSummaryList"]![0]!;
        Assert.That(ended, Is.EqualTo("Succeeded"), await system.StateAsync(pipeline));
        Assert.That((string?)system.Info["modelRegistryArn"], Does.EndWith(":model-package-group/mlops-dev-models"));
        Assert.That((string?)package["ModelApprovalStatus"], Is.EqualTo("Approved"));
        Assert.That(
            (string?)model["PrimaryContainer"]!["ModelPackageName"],
            Is.EqualTo((string?)package["ModelPackageArn"])
        );
        Assert.That(
            system.Process.Output,
            Does.Contain("Model package group mlops-dev-models: the stack has made it (mlops:createModelRegistry).")
                .And.Contains($"Registered the example's model as {package["ModelPackageArn"]}: PendingManualApproval.")
                .And.Contains("Approved it: a pipeline refuses a model package that is not Approved.")
        );
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await refused.Content.ReadAsStringAsync(), Does.Contain("MLP011 /model_package_name: "));
    }

    /// <summary>The system is ready before its example is provisioned; when that has ended, it says that it stays.</summary>
    private static async Task ExampleAsync(LocalSystem system)
    {
        using var time = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!system.Process.Output.Contains("This stays until Ctrl-C.", StringComparison.Ordinal))
        {
            Assert.That(system.Process.Process.HasExited, Is.False, () => system.Process.Output);
            await Task.Delay(200, time.Token);
        }
    }

    private static async Task<string> RegisterAsync(LocalSystem system)
    {
        await system.AwsAsync("sagemaker", "create-model-package-group", "--model-package-group-name", "churn");
        var specification = new JsonObject
        {
            ["Containers"] = new JsonArray(
                new JsonObject
                {
                    ["Image"] = "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.5-1",
                    ["ModelDataUrl"] = $"s3://{system.AssetsBucket}/churn/model.tar.gz",
                }
            ),
            ["SupportedContentTypes"] = new JsonArray("text/csv"),
            ["SupportedResponseMIMETypes"] = new JsonArray("text/csv"),
        };
        var answer = await system.AwsAsync(
            "sagemaker",
            "create-model-package",
            "--model-package-group-name",
            "churn",
            "--model-approval-status",
            "PendingManualApproval",
            "--inference-specification",
            specification.ToJsonString()
        );
        return (string)answer["ModelPackageArn"]!;
    }

    private static async Task<string> ProvisionAsync(LocalSystem system, string package)
    {
        var example = await File.ReadAllTextAsync(Repository.Example("byom_realtime_builtin.registry.json"));
        var request = JsonNode.Parse(example)!.AsObject();
        request["model_package_name"] = package;

        using var response = await system.PostAsync("/provisionpipeline", request);
        var answer = await LocalSystem.JsonAsync(response);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), answer.ToJsonString());
        return (string)answer["pipeline_name"]!;
    }
}
