using System.Text.Json.Nodes;
using System.Xml.Linq;
using Mlops.Local.Stacks.Wire;
using static Mlops.Local.Tests.CodePipelines.Definitions;

namespace Mlops.Local.Tests.CodePipelines;

/// <summary>An update of a stack carries out what AWS would, whatever the local AWS makes of it by itself.</summary>
[TestFixture("CREATE_UPDATE")]
[TestFixture("CHANGE_SET")]
public sealed class StackUpdateTests(string mode)
{
    // Dependents stand before what they depend on, and no changed parameter has a Ref of its own in the model.
    private const string Endpoint = """
        Parameters:
          Bucket: {Type: String}
          Artifact: {Type: String}
          Owner: {Type: String, Default: nobody}
          Capture: {Type: String, Default: ""}
        Conditions:
          Captured: !Not [!Equals [!Ref Capture, ""]]
        Resources:
          Endpoint:
            Type: AWS::SageMaker::Endpoint
            Properties: {EndpointConfigName: !GetAtt Config.EndpointConfigName}
          Config:
            Type: AWS::SageMaker::EndpointConfig
            Properties:
              ProductionVariants:
                - VariantName: AllTraffic
                  ModelName: !GetAtt Model.ModelName
                  InstanceType: !If [Captured, ml.m5.xlarge, ml.m5.large]
                  InitialInstanceCount: 1
                  InitialVariantWeight: 1
          Model:
            Type: AWS::SageMaker::Model
            Properties:
              ExecutionRoleArn: !Sub arn:aws:iam::${AWS::AccountId}:role/any
              PrimaryContainer:
                Image: 123456789012.dkr.ecr.us-east-1.amazonaws.com/any:1
                ModelDataUrl: !Sub s3://${Bucket}/${Artifact}
          Queue:
            Type: AWS::SQS::Queue
            Condition: Captured
            Properties: {Tags: [{Key: owner, Value: !Ref Owner}]}
        Outputs:
          Model: {Value: !GetAtt Model.ModelName}
          Config: {Value: !GetAtt Config.EndpointConfigName}
          Endpoint: {Value: !GetAtt Endpoint.EndpointName}
        """;

    private readonly HttpClient http = new();
    private Bench bench = null!;

    [SetUp]
    public async Task Start()
    {
        bench = await Bench.StartAsync();
        await DeployAsync(Endpoint, new() { ["Bucket"] = "models", ["Artifact"] = "v1.tar.gz" });
    }

    [TearDown]
    public async Task End() => await bench.DisposeAsync();

    [OneTimeTearDown]
    public void Close() => http.Dispose();

    [Test]
    public async Task A_parameter_inside_a_text_changes_the_model_and_all_that_stands_on_it()
    {
        var before = await OutputsAsync();

        await DeployAsync(Endpoint, new() { ["Bucket"] = "models", ["Artifact"] = "v2.tar.gz" });

        var after = await OutputsAsync();
        Assert.That(await RunningAsync(after), Is.EqualTo("s3://models/v2.tar.gz"));
        Assert.That(after["Model"], Is.Not.EqualTo(before["Model"]));
        Assert.That(after["Endpoint"], Is.EqualTo(before["Endpoint"]), "an endpoint keeps its name");
    }

    [Test]
    public async Task And_back_again()
    {
        await DeployAsync(Endpoint, new() { ["Bucket"] = "models", ["Artifact"] = "v2.tar.gz" });
        await DeployAsync(Endpoint, new() { ["Bucket"] = "models", ["Artifact"] = "v1.tar.gz" });

        Assert.That(await RunningAsync(await OutputsAsync()), Is.EqualTo("s3://models/v1.tar.gz"));
    }

    [Test]
    public async Task Another_text_of_the_template_changes_all_that_stands_on_it()
    {
        var changed = Endpoint.Replace("s3://${Bucket}/", "s3://${Bucket}/other/", StringComparison.Ordinal);

        await DeployAsync(changed, new() { ["Bucket"] = "models", ["Artifact"] = "v1.tar.gz" });

        Assert.That(await RunningAsync(await OutputsAsync()), Is.EqualTo("s3://models/other/v1.tar.gz"));
    }

    [Test]
    public async Task A_condition_changes_what_asks_for_it_and_adds_and_removes_resources()
    {
        var before = await OutputsAsync();

        await DeployAsync(Endpoint, Captured("yes"));
        var after = await OutputsAsync();
        var (config, with) = (await ConfigAsync(after), await ResourcesAsync());
        await DeployAsync(Endpoint, Captured(""));
        var without = await ResourcesAsync();

        Assert.That((string?)config["ProductionVariants"]![0]!["InstanceType"], Is.EqualTo("ml.m5.xlarge"));
        Assert.That(after["Model"], Is.EqualTo(before["Model"]), "the model does not depend on it");
        Assert.That(with, Does.Contain("Queue"));
        Assert.That(without, Does.Not.Contain("Queue"));
    }

    [Test]
    public async Task What_does_not_depend_on_a_change_stays_as_it_is()
    {
        var before = await OutputsAsync();

        await DeployAsync(Endpoint, new() { ["Bucket"] = "models", ["Artifact"] = "v1.tar.gz" });
        var same = await OutputsAsync();
        await DeployAsync(
            Endpoint,
            new()
            {
                ["Bucket"] = "models",
                ["Artifact"] = "v1.tar.gz",
                ["Owner"] = "somebody",
            }
        );

        Assert.That(same, Is.EqualTo(before));
        Assert.That(await OutputsAsync(), Is.EqualTo(before));
    }

    private static Dictionary<string, string> Captured(string capture) =>
        new()
        {
            ["Bucket"] = "models",
            ["Artifact"] = "v1.tar.gz",
            ["Capture"] = capture,
        };

    private async Task DeployAsync(string template, Dictionary<string, string> parameters)
    {
        var values = new JsonObject(parameters.Select(one => KeyValuePair.Create(one.Key, (JsonNode?)one.Value)));
        await bench.UploadAsync(
            ("template.yaml", template),
            ("pipeline.json", new JsonObject { ["Parameters"] = values }.ToJsonString())
        );
        JsonObject[] actions =
            mode == "CREATE_UPDATE"
                ? [Deploy(bench, mode, 1)]
                :
                [
                    Deploy(bench, "CHANGE_SET_REPLACE", 1, name: "Replace"),
                    Deploy(bench, "CHANGE_SET_EXECUTE", 2, name: "Execute"),
                ];
        var exists = (await bench.Api.CallAsync("ListPipelines", []))["pipelines"]!
            .AsArray()
            .Any(one => (string?)one!["name"] == bench.Pipeline);

        var status = await bench.EndAsync(
            exists ? await bench.StartAsync([]) : await bench.CreateAsync(Of(bench, ("Deploy", actions)))
        );

        Assert.That(status, Is.EqualTo("Succeeded"), (await bench.StateAsync()).ToString());
    }

    /// <summary>Where the model comes from that the endpoint runs.</summary>
    private async Task<string> RunningAsync(Dictionary<string, string> outputs)
    {
        var config = await ConfigAsync(outputs);
        var name = config["ProductionVariants"]![0]!["ModelName"]!.DeepClone();
        var model = await SageMakerAsync("DescribeModel", new JsonObject { ["ModelName"] = name });
        return (string)model["PrimaryContainer"]!["ModelDataUrl"]!;
    }

    /// <summary>What the endpoint runs, asked of SageMaker: not what the stack says.</summary>
    private async Task<JsonObject> ConfigAsync(Dictionary<string, string> outputs)
    {
        var endpoint = await SageMakerAsync(
            "DescribeEndpoint",
            new JsonObject { ["EndpointName"] = outputs["Endpoint"] }
        );
        return await SageMakerAsync(
            "DescribeEndpointConfig",
            new JsonObject { ["EndpointConfigName"] = endpoint["EndpointConfigName"]!.DeepClone() }
        );
    }

    private Task<JsonObject> SageMakerAsync(string operation, JsonObject body) =>
        Aws.JsonAsync(Account, "sagemaker", $"SageMaker.{operation}", body, CancellationToken.None);

    private async Task<Dictionary<string, string>> OutputsAsync() =>
        (await StackAsync("DescribeStacks"))
            .Descendants("Outputs")
            .Elements("member")
            .ToDictionary(one => one.Element("OutputKey")!.Value, one => one.Element("OutputValue")!.Value);

    private async Task<IReadOnlyList<string>> ResourcesAsync() =>
        [.. (await StackAsync("DescribeStackResources")).Descendants("LogicalResourceId").Select(one => one.Value)];

    private Task<XElement> StackAsync(string action) =>
        Aws.QueryAsync(
            Account,
            "cloudformation",
            "2010-05-15",
            action,
            [("StackName", bench.Stack)],
            CancellationToken.None
        );

    private Mlops.Local.Stacks.Wire.LocalAws Aws => new(http, LocalAws.Endpoint, TimeProvider.System);

    private static AwsAccount Account => AwsAccount.Orchestrator("us-east-1");
}
