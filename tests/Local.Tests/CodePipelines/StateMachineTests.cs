using System.Text.Json.Nodes;

namespace Mlops.Local.Tests.CodePipelines;

public sealed class StateMachineTests
{
    private StateMachines machines = null!;
    private Bench bench = null!;

    [SetUp]
    public async Task StartAsync()
    {
        machines = await StateMachines.StartAsync();
        bench = await Bench.StartAsync(states: machines.Endpoint);
        await bench.MakeRoleAsync(Role, "states.amazonaws.com");
    }

    [TearDown]
    public async Task EndAsync()
    {
        await bench.DisposeAsync();
        await machines.DisposeAsync();
    }

    private string Role => $"arn:aws:iam::{Bench.Account}:role/tests/machine-{bench.Id}";

    [Test]
    public async Task A_transform_job_really_runs_and_its_description_is_the_result()
    {
        var machine = await machines.MakeAsync($"machine-{bench.Id}", Role, Transform($"job-{bench.Id}"));

        var execution = await machines.RunAsync(machine);

        var output = JsonNode.Parse($"{execution["output"]}")!;
        Assert.That($"{execution["status"]}", Is.EqualTo("SUCCEEDED"), execution.ToJsonString());
        Assert.That($"{output["TransformJobStatus"]}", Is.EqualTo("Completed"));
        Assert.That($"{output["TransformJobName"]}", Is.EqualTo($"job-{bench.Id}"));
    }

    [Test]
    public async Task A_job_that_the_service_refuses_fails_the_execution_with_its_words()
    {
        var machine = await machines.MakeAsync($"machine-{bench.Id}", Role, Transform($"job-{bench.Id}"));
        await machines.RunAsync(machine);

        var again = await machines.RunAsync(machine);

        Assert.That($"{again["status"]}", Is.EqualTo("FAILED"));
        Assert.That($"{again["error"]}", Does.StartWith("SageMaker."));
        Assert.That($"{again["cause"]}", Is.Not.Empty);
    }

    [Test]
    public async Task A_role_that_does_not_trust_step_functions_is_refused_at_the_start()
    {
        var machine = await machines.MakeAsync($"machine-{bench.Id}", bench.StackRole, Transform("any"));

        Assert.That(
            async () => await machines.RunAsync(machine),
            Throws.Exception.Message.Contains("does not trust states.amazonaws.com")
        );
    }

    [TestCase("{}", Description = "moto fails: it wants to know the problem")]
    [TestCase(
        """{"ProblemType": "BinaryClassification", "CompletionCriteria": {}}""",
        Description = "moto makes a job, which is in progress for ever"
    )]
    public async Task What_the_local_AWS_cannot_do_is_told_and_neither_failed_nor_pretended(string tabularJob)
    {
        var definition = One(
            new JsonObject
            {
                ["Type"] = "Task",
                ["Resource"] = "arn:aws:states:::aws-sdk:sagemaker:createAutoMLJobV2",
                ["Parameters"] = new JsonObject
                {
                    ["AutoMLJobName"] = $"job-{bench.Id}",
                    ["AutoMLJobInputDataConfig"] = new JsonArray(),
                    ["AutoMLProblemTypeConfig"] = new JsonObject { ["TabularJobConfig"] = JsonNode.Parse(tabularJob) },
                    ["OutputDataConfig"] = new JsonObject { ["S3OutputPath"] = "s3://bucket/output" },
                    ["RoleArn"] = Role,
                },
                ["End"] = true,
            }
        );
        var machine = await machines.MakeAsync($"machine-{bench.Id}", Role, definition);

        var execution = await machines.RunAsync(machine);

        Assert.That(machines.LeftOut, Is.EqualTo(["sagemaker:CreateAutoMLJobV2"]));
        Assert.That($"{execution["output"]}", Does.Contain("notCarriedOutLocally"));
    }

    [Test]
    public async Task An_unknown_kind_of_state_is_an_error_that_names_it()
    {
        var machine = await machines.MakeAsync(
            $"machine-{bench.Id}",
            Role,
            One(new JsonObject { ["Type"] = "Map", ["End"] = true })
        );

        var execution = await machines.RunAsync(machine);

        Assert.That($"{execution["status"]}", Is.EqualTo("FAILED"));
        Assert.That($"{execution["cause"]}", Does.Contain("the type Map of state 'Only'"));
    }

    [Test]
    public async Task A_pipeline_s_action_runs_the_machine_of_its_stack_and_gives_its_execution()
    {
        await bench.UploadAsync(("template.yaml", Template()), ("pipeline.json", Parameters($"job-{bench.Id}")));

        var status = await bench.EndAsync(await bench.CreateAsync(Pipeline()));

        Assert.That(status, Is.EqualTo("Succeeded"), (await bench.StateAsync()).ToJsonString());
        var run = await bench.ActionAsync("Deploy", "Run");
        Assert.That($"{run["latestExecution"]!["externalExecutionId"]}", Does.Contain($":execution:{bench.Stack}:"));
    }

    [Test]
    public async Task A_failed_machine_fails_the_action_with_the_reason()
    {
        await bench.UploadAsync(("template.yaml", Template()), ("pipeline.json", Parameters("not a name")));

        var status = await bench.EndAsync(await bench.CreateAsync(Pipeline()));

        Assert.That(status, Is.EqualTo("Failed"));
        var run = await bench.ActionAsync("Deploy", "Run");
        Assert.That($"{run["latestExecution"]!["errorDetails"]!["message"]}", Does.Contain("ended as FAILED"));
    }

    private static JsonObject One(JsonObject state) =>
        new()
        {
            ["StartAt"] = "Only",
            ["States"] = new JsonObject { ["Only"] = state },
        };

    private JsonObject Transform(string job) =>
        One(
            new JsonObject
            {
                ["Type"] = "Task",
                ["Resource"] = "arn:aws:states:::sagemaker:createTransformJob.sync",
                ["Parameters"] = Job(job),
                ["End"] = true,
            }
        );

    private static JsonObject Job(string name)
    {
        const string Rest = """
            {
              "ModelName": "model",
              "TransformInput": { "DataSource": { "S3DataSource": { "S3DataType": "S3Prefix", "S3Uri": "s3://b/in" } } },
              "TransformOutput": { "S3OutputPath": "s3://b/out" },
              "TransformResources": { "InstanceType": "ml.m5.large", "InstanceCount": 1 }
            }
            """;
        var job = JsonNode.Parse(Rest)!.AsObject();
        job["TransformJobName"] = name;
        return job;
    }

    private static string Parameters(string job) =>
        new JsonObject
        {
            ["Parameters"] = new JsonObject { ["Job"] = job, ["Kms"] = "" },
        }.ToJsonString();

    /// <summary>The definition is an object with functions in it, as our blueprints have it.</summary>
    private static string Template() =>
        """
            Parameters:
              Job: {Type: String}
              Kms: {Type: String}
            Conditions:
              Encrypted: !Not [!Equals [!Ref Kms, ""]]
            Resources:
              Role:
                Type: AWS::IAM::Role
                Properties:
                  AssumeRolePolicyDocument:
                    Version: "2012-10-17"
                    Statement: [{Effect: Allow, Principal: {Service: states.amazonaws.com}, Action: sts:AssumeRole}]
              Machine:
                Type: AWS::StepFunctions::StateMachine
                Properties:
                  StateMachineName: !Ref AWS::StackName
                  RoleArn: !GetAtt Role.Arn
                  Definition:
                    StartAt: Values
                    States:
                      Values:
                        Type: Pass
                        Parameters: {job: !Ref Job, role: !GetAtt Role.Arn, text: "a \" quote and ${nothing}"}
                        Next: Transform
                      Transform:
                        Type: Task
                        Resource: !Sub arn:${AWS::Partition}:states:::sagemaker:createTransformJob.sync
                        Parameters:
                          TransformJobName.$: !Sub States.ArrayGetItem(States.Array('${Job}', $$.Execution.Name), 0)
                          ModelName: model
                          TransformInput:
                            DataSource: {S3DataSource: {S3DataType: S3Prefix, S3Uri: s3://b/in}}
                          TransformOutput:
                            S3OutputPath: s3://b/out
                            KmsKeyId: !If [Encrypted, !Ref Kms, !Ref AWS::NoValue]
                          TransformResources: {InstanceType: ml.m5.large, InstanceCount: 1}
                        End: true
            """;

    private JsonObject Pipeline() =>
        Definitions.Of(
            bench,
            (
                "Deploy",
                [
                    Definitions.Deploy(
                        bench,
                        "CREATE_UPDATE",
                        1,
                        new JsonObject { ["Capabilities"] = "CAPABILITY_IAM" }
                    ),
                    Definitions.Action(
                        "Run",
                        "Invoke/StepFunctions",
                        2,
                        new JsonObject
                        {
                            ["StateMachineArn"] =
                                $"arn:aws:states:us-east-1:{Bench.Account}:stateMachine:{bench.Stack}",
                        }
                    ),
                ]
            )
        );
}
