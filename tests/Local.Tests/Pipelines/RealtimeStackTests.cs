using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Mlops.Local.CodePipelines.Templates;
using Mlops.Local.Display;
using Mlops.Local.Pipelines;
using Mlops.Local.Stacks;
using Mlops.Local.Stacks.Wire;
using Mlops.Provisioning;
using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Images;
using Mlops.Provisioning.Requests;

namespace Mlops.Local.Tests.Pipelines;

/// <summary>What the local AWS makes of the real-time blueprint's options, and what is said not to be there.</summary>
public sealed class RealtimeStackTests
{
    private const string Stack = "mlops-pipeline-my-model-byompipelinerealtimebuiltin";

    private static readonly string Blueprints = Path.Combine(Checkout(), "blueprints");

    [Test]
    public async Task What_a_production_request_asks_for_and_moto_lacks_is_not_carried_out()
    {
        using var folder = new TemporaryFolder();
        await using var moto = await LocalMoto.StartAsync(folder);
        using var http = new HttpClient();
        var aws = new LocalAws(http, moto.Endpoint, TimeProvider.System);

        await DeployAsync(aws, "byom_realtime_builtin");
        var plain = await MissingAsync(aws);
        await DeployAsync(aws, "byom_realtime_builtin.production", "UpdateStack");
        var production = await MissingAsync(aws);

        var endpoint = await EndpointAsync(aws);
        Assert.That((int?)endpoint["ProductionVariants"]![0]!["CurrentInstanceCount"], Is.EqualTo(2), "Verify asks it");
        Assert.That((bool?)endpoint["DataCaptureConfig"]!["EnableCapture"], Is.True, "Verify asks it");
        Assert.That(
            production.Except(plain),
            Is.EquivalentTo([
                "AWS::ApplicationAutoScaling::ScalableTarget (EndpointScaling)",
                "AWS::ApplicationAutoScaling::ScalingPolicy (EndpointScalingPolicy)",
                "AWS::CloudWatch::Alarm (EndpointErrors)",
                "AWS::CloudWatch::Alarm (EndpointModelLatency)",
                "AWS::CloudWatch::Alarm (EndpointOverheadLatency)",
                "AWS::SageMaker::Endpoint.DeploymentConfig (MLOpsSagemakerEndpoint)",
                "AWS::SageMaker::Endpoint.EndpointName (MLOpsSagemakerEndpoint)",
                "AWS::SageMaker::Endpoint.ExcludeRetainedVariantProperties (MLOpsSagemakerEndpoint)",
                "AWS::SageMaker::Endpoint.RetainAllVariantProperties (MLOpsSagemakerEndpoint)",
            ])
        );
    }

    private static async Task DeployAsync(LocalAws aws, string example, string action = "CreateStack")
    {
        var (template, parameters) = Package(example);
        var given = parameters.SelectMany(
            (parameter, index) =>
                new[]
                {
                    ($"Parameters.member.{index + 1}.ParameterKey", parameter.Key),
                    ($"Parameters.member.{index + 1}.ParameterValue", parameter.Value),
                }
        );
        await aws.QueryAsync(
            Account,
            "cloudformation",
            "2010-05-15",
            action,
            [("StackName", Stack), ("TemplateBody", LocalTemplate.Write(template, parameters)), .. given],
            CancellationToken.None
        );
    }

    private static async Task<JsonObject> EndpointAsync(LocalAws aws)
    {
        Task<JsonObject> Ask(string operation, JsonObject body) =>
            aws.JsonAsync(Account, "sagemaker", $"SageMaker.{operation}", body, CancellationToken.None);

        var name = (await Ask("ListEndpoints", []))["Endpoints"]![0]!["EndpointName"]!.DeepClone();
        return await Ask("DescribeEndpoint", new JsonObject { ["EndpointName"] = name });
    }

    private static async Task<IReadOnlyList<string>> MissingAsync(LocalAws aws)
    {
        var list = new NotCarriedOutList();
        var stacks = new DeployedStacks(aws, Account, list, new Silence(), () => { });
        await stacks.InspectAsync("pipeline", Stack, CancellationToken.None);
        return [.. list.All.Select(one => $"{one}")];
    }

    private static (string Template, Dictionary<string, string> Parameters) Package(string example)
    {
        var settings = ProvisioningSettings.Read(Variables.GetValueOrDefault);
        var planner = new RequestPlanner(
            new RequestValidator(BlueprintCatalog.Open(Blueprints), new ImageCatalog()),
            settings
        );
        var request = File.ReadAllBytes(Path.Combine(Blueprints, "realtime-inference", "examples", $"{example}.json"));
        var plan = planner.Plan(request, out var findings);
        Assert.That(findings, Is.Empty);

        using var zip = new ZipArchive(new MemoryStream(plan!.Package.Bytes.ToArray()));
        string Read(string name)
        {
            using var reader = new StreamReader(zip.GetEntry(name)!.Open(), Encoding.UTF8);
            return reader.ReadToEnd();
        }

        return (
            Read("template.yaml"),
            JsonNode.Parse(Read("pipeline.json"))!["Parameters"]!
                .AsObject()
                .ToDictionary(parameter => parameter.Key, parameter => (string)parameter.Value!)
        );
    }

    private static Dictionary<string, string?> Variables =>
        new()
        {
            [DeploymentEnvironment.DeploymentName] = "mlops-dev",
            [DeploymentEnvironment.AccountMode] = "single",
            [DeploymentEnvironment.Targets] = """[{"name":"pipeline","accountId":"123456789012"}]""",
            [DeploymentEnvironment.AssetsBucket] = "mlops-dev-assets",
            [DeploymentEnvironment.ArtifactBucket] = "mlops-dev-artifacts",
            [DeploymentEnvironment.ArtifactKeyArn] = "arn:aws:kms:us-east-1:123456789012:key/1",
            [DeploymentEnvironment.PipelineRoleArn] = "arn:aws:iam::123456789012:role/mlops-dev-pipeline",
            [DeploymentEnvironment.DeploymentFlowFunction] = "mlops-dev-deployment-flow",
            [DeploymentEnvironment.NotificationsTopicArn] = "arn:aws:sns:us-east-1:123456789012:mlops-dev",
            [DeploymentEnvironment.EcrRepositoryArn] = "arn:aws:ecr:us-east-1:123456789012:repository/mlops-dev",
            [DeploymentEnvironment.Partition] = "aws",
            [DeploymentEnvironment.Region] = "us-east-1",
        };

    private static AwsAccount Account => AwsAccount.Orchestrator("us-east-1");

    private static string Checkout()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "MlopsPulumi.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }

    private sealed class Silence : IDisplay
    {
        public void Show(LocalEvent happened) { }
    }
}
