using System.Text.Json.Nodes;
using static Mlops.Local.Tests.CodePipelines.Definitions;

namespace Mlops.Local.Tests.CodePipelines;

public sealed class CloudFormationActionTests
{
    private Bench bench = null!;

    [SetUp]
    public async Task Start()
    {
        bench = await Bench.StartAsync();
        await bench.UploadAsync(("template.yaml", Template), ("pipeline.json", Configuration($"q-{bench.Id}")));
    }

    [TearDown]
    public async Task End() => await bench.DisposeAsync();

    [Test]
    public async Task A_change_set_is_made_approved_and_executed_and_gives_the_outputs()
    {
        bench.Functions.On("read", job => bench.SucceedAsync(job));
        var definition = Of(
            bench,
            (
                "Deploy",
                [
                    Deploy(bench, "CHANGE_SET_REPLACE", 1, name: "Replace"),
                    Deploy(bench, "CHANGE_SET_EXECUTE", 2, name: "Execute").In("Deployed"),
                    Lambda("Read", 3, "read", "#{Deployed.QueueName}"),
                ]
            )
        );

        var status = await bench.EndAsync(await bench.CreateAsync(definition));

        Assert.That(status, Is.EqualTo("Succeeded"), (await bench.StateAsync()).ToString());
        Assert.That(Parameters(bench.Functions.Jobs.Single()), Is.EqualTo($"q-{bench.Id}"));
        var replace = (await bench.ActionAsync("Deploy", "Replace"))["latestExecution"]!;
        Assert.That(
            replace["externalExecutionId"]!.ToString(),
            Does.StartWith("arn:aws:cloudformation:us-east-1:123456789012:changeSet/changes")
        );
    }

    [Test]
    public async Task The_same_again_is_an_empty_change_set_which_is_a_success()
    {
        bench.Functions.On("read", job => bench.SucceedAsync(job));
        var definition = Of(
            bench,
            (
                "Deploy",
                [
                    Deploy(bench, "CHANGE_SET_REPLACE", 1, name: "Replace"),
                    Deploy(bench, "CHANGE_SET_EXECUTE", 2, name: "Execute").In("Deployed"),
                    Lambda("Read", 3, "read", "#{Deployed.QueueName}"),
                ]
            )
        );
        await bench.EndAsync(await bench.CreateAsync(definition));

        var status = await bench.EndAsync(await StartAsync());

        Assert.That(status, Is.EqualTo("Succeeded"), (await bench.StateAsync()).ToString());
        Assert.That(bench.Functions.Jobs.Select(Parameters), Is.EqualTo([$"q-{bench.Id}", $"q-{bench.Id}"]));
    }

    [Test]
    public async Task A_change_set_that_nobody_executed_is_made_again_for_a_stack_that_is_not_there_yet()
    {
        JsonObject[] actions =
        [
            Deploy(bench, "CHANGE_SET_REPLACE", 1, name: "Replace"),
            Lambda("Stop", 2, "refuse"),
            Deploy(bench, "CHANGE_SET_EXECUTE", 3, name: "Execute"),
        ];
        await bench.EndAsync(await bench.CreateAsync(Of(bench, ("Deploy", actions))));
        bench.Functions.On("refuse", job => bench.SucceedAsync(job));

        var status = await bench.EndAsync(await StartAsync());

        Assert.That(status, Is.EqualTo("Succeeded"), (await bench.StateAsync()).ToString());
    }

    [Test]
    public async Task A_change_set_is_obsolete_when_somebody_has_changed_the_stack_since()
    {
        JsonObject[] actions =
        [
            Deploy(bench, "CHANGE_SET_REPLACE", 1, name: "Replace"),
            Lambda("Meddle", 2, "meddle"),
            Deploy(bench, "CHANGE_SET_EXECUTE", 3, name: "Execute"),
        ];
        bench.Functions.On("meddle", job => bench.SucceedAsync(job));
        var made = await bench.EndAsync(await bench.CreateAsync(Of(bench, ("Deploy", actions))));
        await bench.UploadAsync(("template.yaml", Template), ("pipeline.json", Configuration($"r-{bench.Id}")));
        bench.Functions.On(
            "meddle",
            async job =>
            {
                await MeddleAsync();
                await bench.SucceedAsync(job);
            }
        );

        var again = await bench.EndAsync(await StartAsync());

        Assert.That((made, again), Is.EqualTo(("Succeeded", "Failed")));
        var error = (await bench.ActionAsync("Deploy", "Execute"))["latestExecution"]!["errorDetails"]!;
        Assert.That(
            error["message"]!.ToString(),
            Does.EndWith("cannot be executed in its current execution status of [OBSOLETE] (InvalidChangeSetStatus)")
        );
    }

    private async Task MeddleAsync()
    {
        using var http = new HttpClient();
        var aws = new Mlops.Local.Stacks.Wire.LocalAws(http, LocalAws.Endpoint, TimeProvider.System);
        await aws.QueryAsync(
            Mlops.Local.Stacks.Wire.AwsAccount.Orchestrator("us-east-1"),
            "cloudformation",
            "2010-05-15",
            "UpdateStack",
            [
                ("StackName", bench.Stack),
                ("TemplateBody", Template + "\n# by hand\n"),
                ("Parameters.member.1.ParameterKey", "QueueName"),
                ("Parameters.member.1.ParameterValue", $"s-{bench.Id}"),
            ],
            CancellationToken.None
        );
    }

    [Test]
    public async Task A_stack_is_created_updated_left_alone_and_deleted()
    {
        var definition = Of(
            bench,
            ("Deploy", [Deploy(bench, "CREATE_UPDATE", 1, new() { ["ParameterOverrides"] = """{"Delay":"5"}""" })])
        );
        var created = await bench.EndAsync(await bench.CreateAsync(definition));
        var same = await bench.EndAsync(await StartAsync());
        await bench.UploadAsync(
            ("template.yaml", Template + "\n  Extra: {Value: more}\n"),
            ("pipeline.json", Configuration($"q-{bench.Id}"))
        );
        var updated = await bench.EndAsync(await StartAsync());
        var outputs = await OutputsAsync();

        definition["stages"]![1]!["actions"] = new JsonArray(Deploy(bench, "DELETE_ONLY", 1));
        await bench.Api.CallAsync("UpdatePipeline", new JsonObject { ["pipeline"] = definition });
        var deleted = await bench.EndAsync(await StartAsync());
        var deletedAgain = await bench.EndAsync(await StartAsync());

        Assert.That(
            (created, same, updated),
            Is.EqualTo(("Succeeded", "Succeeded", "Succeeded")),
            (await bench.StateAsync()).ToString()
        );
        Assert.That(outputs["Extra"]!.ToString(), Is.EqualTo("more"));
        Assert.That(
            (deleted, deletedAgain),
            Is.EqualTo(("Succeeded", "Succeeded")),
            (await bench.StateAsync()).ToString()
        );
    }

    [TestCase(
        """{"Parameters":{"QueueName":"q","Colour":"red"}}""",
        "JobFailed",
        "Parameters: [Colour] do not exist in the template (ValidationError)"
    )]
    [TestCase("""{"Parameters":{}}""", "JobFailed", "Parameters: [QueueName] must have values (ValidationError)")]
    [TestCase(
        """{"Parameters":{"QueueName":1}}""",
        "ConfigurationError",
        "The template configuration is not valid: Parameters.QueueName is not a string"
    )]
    [TestCase(
        """{"Params":{}}""",
        "ConfigurationError",
        "Package::pipeline.json is not valid: unknown member 'Params'"
    )]
    [TestCase("nonsense", "ConfigurationError", "Package::pipeline.json is not valid")]
    public async Task Fails_with_a_configuration_of(string configuration, string code, string message)
    {
        await bench.UploadAsync(("template.yaml", Template), ("pipeline.json", configuration));

        await bench.EndAsync(await bench.CreateAsync(Of(bench, ("Deploy", [Deploy(bench, "CREATE_UPDATE", 1)]))));

        await AssertErrorAsync(code, message);
    }

    [Test]
    public async Task Fails_without_the_file_that_it_names()
    {
        await bench.UploadAsync(("template.yaml", Template));

        await bench.EndAsync(await bench.CreateAsync(Of(bench, ("Deploy", [Deploy(bench, "CREATE_UPDATE", 1)]))));

        await AssertErrorAsync("ConfigurationError", "File [pipeline.json] does not exist in artifact [Package]");
    }

    [TestCase("", "Requires capabilities : [CAPABILITY_IAM] (InsufficientCapabilitiesException)")]
    [TestCase("RoleName: fixed", "Requires capabilities : [CAPABILITY_NAMED_IAM] (InsufficientCapabilitiesException)")]
    public async Task Fails_when_a_role_is_not_acknowledged(string name, string message)
    {
        var template = $$"""
            Resources:
              Role:
                Type: AWS::IAM::Role
                Properties: { {{(name.Length > 0 ? name + "," : "")}} AssumeRolePolicyDocument: {} }
            """;
        await bench.UploadAsync(("template.yaml", template), ("pipeline.json", "{}"));
        var capabilities = name.Length > 0 ? new JsonObject { ["Capabilities"] = "CAPABILITY_IAM" } : null;

        await bench.EndAsync(
            await bench.CreateAsync(Of(bench, ("Deploy", [Deploy(bench, "CREATE_UPDATE", 1, capabilities)])))
        );

        await AssertErrorAsync("JobFailed", message);
    }

    [TestCase(
        "arn:aws:iam::123456789012:role/nobody",
        "JobFailed",
        "Role arn:aws:iam::123456789012:role/nobody is invalid or cannot be assumed (ValidationError)"
    )]
    [TestCase(
        "arn:aws:iam::210987654321:role/theirs",
        "PermissionError",
        "Cross-account pass role is not allowed: arn:aws:iam::210987654321:role/theirs"
    )]
    public async Task Fails_with_a_stack_role_that_is_not_there(string role, string code, string message)
    {
        await bench.EndAsync(
            await bench.CreateAsync(
                Of(bench, ("Deploy", [Deploy(bench, "CREATE_UPDATE", 1, new() { ["RoleArn"] = role })]))
            )
        );

        await AssertErrorAsync(code, message);
    }

    [Test]
    public async Task Fails_when_there_is_no_change_set_to_execute()
    {
        await bench.EndAsync(await bench.CreateAsync(Of(bench, ("Deploy", [Deploy(bench, "CHANGE_SET_EXECUTE", 1)]))));

        await AssertErrorAsync("JobFailed", "ChangeSet [changes] does not exist (ChangeSetNotFoundException)");
    }

    [Test]
    public async Task Fails_when_the_bucket_of_the_source_has_no_versions()
    {
        var definition = Of(bench, ("Deploy", [Deploy(bench, "CREATE_UPDATE", 1)]));
        definition["stages"]![0]!["actions"]![0]!["configuration"]!["S3Bucket"] = bench.ArtifactBucket;

        await bench.EndAsync(await bench.CreateAsync(definition));

        var error = (await bench.ActionAsync("Source", "Source"))["latestExecution"]!["errorDetails"]!;
        Assert.That(
            error["message"]!.ToString(),
            Is.EqualTo($"Versioning must be enabled on the source bucket '{bench.ArtifactBucket}'")
        );
    }

    [Test]
    public async Task The_outputs_are_written_as_an_artifact()
    {
        bench.Functions.On("read", job => bench.SucceedAsync(job));
        var deploy = Deploy(bench, "CREATE_UPDATE", 1, new() { ["OutputFileName"] = "outputs.json" });
        deploy["outputArtifacts"] = new JsonArray(new JsonObject { ["name"] = "Outputs" });
        var read = Lambda("Read", 2, "read");
        read["inputArtifacts"] = new JsonArray(new JsonObject { ["name"] = "Outputs" });

        var status = await bench.EndAsync(await bench.CreateAsync(Of(bench, ("Deploy", [deploy, read]))));

        Assert.That(status, Is.EqualTo("Succeeded"), (await bench.StateAsync()).ToString());
        var place = bench.Functions.Jobs.Single()["data"]!["inputArtifacts"]![0]!["location"]!["s3Location"]!;
        using var file = await bench.S3.GetObjectAsync(place["bucketName"]!.ToString(), place["objectKey"]!.ToString());
        using var bytes = new MemoryStream();
        await file.ResponseStream.CopyToAsync(bytes);
        using var zip = new System.IO.Compression.ZipArchive(bytes);
        using var text = new StreamReader(zip.GetEntry("outputs.json")!.Open());
        Assert.That(await text.ReadToEndAsync(), Is.EqualTo($$"""{"QueueName":"q-{{bench.Id}}"}"""));
    }

    private async Task<string> StartAsync() =>
        (await bench.Api.CallAsync("StartPipelineExecution", new JsonObject { ["name"] = bench.Pipeline }))[
            "pipelineExecutionId"
        ]!.ToString();

    private async Task<JsonNode> OutputsAsync()
    {
        var list = await bench.Api.CallAsync(
            "ListActionExecutions",
            new JsonObject { ["pipelineName"] = bench.Pipeline }
        );
        return list["actionExecutionDetails"]![0]!["output"]!["outputVariables"]!;
    }

    private async Task AssertErrorAsync(string code, string message)
    {
        var error = (await bench.ActionAsync("Deploy", "Deploy"))["latestExecution"]!["errorDetails"]!;
        Assert.That(error["code"]!.ToString(), Is.EqualTo(code), error["message"]!.ToString());
        Assert.That(error["message"]!.ToString(), Does.StartWith(message));
    }

    private static string Parameters(JsonObject job) =>
        job["data"]!["actionConfiguration"]!["configuration"]!["UserParameters"]!.ToString();
}
