using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Mlops.Local.Gateway;
using Mlops.Local.Moto;
using Mlops.Local.Stacks.Wire;

namespace Mlops.Local.Tests.Gateway;

/// <summary>What the gateway mends of moto's answers about stacks, and what it lets go wrong when it is asked to.</summary>
public sealed class RehearsalTests
{
    private const string Template = """{"Resources":{"Topic":{"Type":"AWS::SNS::Topic"}}}""";

    private TemporaryFolder folder = null!;
    private MotoServer moto = null!;
    private AwsGateway gateway = null!;
    private HttpClient http = null!;
    private LocalAws aws = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        folder = new TemporaryFolder();
        moto = await LocalMoto.StartAsync(folder);
        gateway = await AwsGateway.StartAsync(moto.Endpoint, port: 0, CancellationToken.None);
        http = new HttpClient { BaseAddress = gateway.Endpoint };
        aws = new LocalAws(http, gateway.Endpoint, TimeProvider.System);
    }

    [OneTimeTearDown]
    public async Task End()
    {
        http.Dispose();
        await gateway.DisposeAsync();
        await moto.DisposeAsync();
        folder.Dispose();
    }

    [Test]
    public async Task A_change_set_is_that_of_the_stack_that_is_named()
    {
        var other = Template.Replace("SNS::Topic", "SQS::Queue", StringComparison.Ordinal);
        await ChangeSetAsync("first", Template);
        await ChangeSetAsync("second", other);

        var first = await StacksAsync("DescribeChangeSet", ("StackName", "first"), ("ChangeSetName", "mlops"));

        Assert.That(first.Descendants("ResourceType").Single().Value, Is.EqualTo("AWS::SNS::Topic"));
        Assert.That(
            async () => await StacksAsync("DescribeChangeSet", ("StackName", "third"), ("ChangeSetName", "mlops")),
            Throws.TypeOf<AwsCallException>().With.Property("Code").EqualTo("ChangeSetNotFound")
        );
    }

    [Test]
    public async Task A_stack_is_as_if_it_had_failed_until_it_is_deleted()
    {
        var made = await StacksAsync("CreateStack", ("StackName", "failed"), ("TemplateBody", Template));
        var id = made.Descendants("StackId").Single().Value;
        await SwitchAsync(HttpMethod.Post, new JsonObject { ["failedStack"] = id });

        Assert.That(await StatusAsync("failed"), Is.EqualTo("ROLLBACK_COMPLETE"));
        await StacksAsync("DeleteStack", ("StackName", "failed"));
        Assert.That(await StatusAsync(id), Is.EqualTo("DELETE_COMPLETE"));
        await StacksAsync("CreateStack", ("StackName", "failed"), ("TemplateBody", Template));
        Assert.That(await StatusAsync("failed"), Is.EqualTo("CREATE_COMPLETE"));
    }

    [Test]
    public async Task An_endpoint_answers_with_its_configuration_of_before_as_long_as_it_is_asked_to()
    {
        await SageMakerAsync(
            "CreateModel",
            """{"ModelName":"m","ExecutionRoleArn":"arn:aws:iam::123456789012:role/r"}"""
        );
        foreach (var name in new[] { "one", "two" })
        {
            await SageMakerAsync(
                "CreateEndpointConfig",
                $$"""{"EndpointConfigName":"{{name}}","ProductionVariants":[{"VariantName":"v","ModelName":"m","InitialInstanceCount":1,"InstanceType":"ml.m5.large"}]}"""
            );
        }

        await SageMakerAsync("CreateEndpoint", """{"EndpointName":"e","EndpointConfigName":"one"}""");
        await SwitchAsync(HttpMethod.Post, new JsonObject { ["endpointRollbacks"] = "123456789012" });
        Assert.That(await ConfigurationAsync(), Is.EqualTo("one"), "it has none of before");
        await SageMakerAsync("DeleteEndpoint", """{"EndpointName":"e"}""");
        await SageMakerAsync("CreateEndpoint", """{"EndpointName":"e","EndpointConfigName":"two"}""");

        Assert.That(await ConfigurationAsync(), Is.EqualTo("one"));
        await SwitchAsync(HttpMethod.Delete, null);
        Assert.That(await ConfigurationAsync(), Is.EqualTo("two"));
    }

    [Test]
    public async Task Approvals_of_a_pipeline_are_ended_as_if_nobody_had_answered()
    {
        var ended = new List<string>();
        gateway.EndApprovalsWith(pipeline =>
        {
            ended.Add(pipeline);
            return true;
        });

        await SwitchAsync(HttpMethod.Post, new JsonObject { ["unansweredApprovals"] = "mlops-pipeline-a" });

        Assert.That(ended, Is.EqualTo(["mlops-pipeline-a"]));
    }

    [TestCase("{}")]
    [TestCase("""{"unansweredApprovals": "a-pipeline-that-does-not-wait"}""")]
    public async Task A_switch_that_is_none_is_refused(string what)
    {
        gateway.EndApprovalsWith(_ => false);

        using var answer = await http.PostAsJsonAsync("/mlops-local/pretences", JsonNode.Parse(what));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    private static AwsAccount Account => AwsAccount.Orchestrator("us-east-1");

    private async Task<string> ConfigurationAsync() =>
        (string)(await SageMakerAsync("DescribeEndpoint", """{"EndpointName":"e"}"""))["EndpointConfigName"]!;

    private Task<JsonObject> SageMakerAsync(string operation, string body) =>
        aws.JsonAsync(
            Account,
            "sagemaker",
            $"SageMaker.{operation}",
            JsonNode.Parse(body)!.AsObject(),
            CancellationToken.None
        );

    private async Task<string> StatusAsync(string stack) =>
        (await StacksAsync("DescribeStacks", ("StackName", stack))).Descendants("StackStatus").Single().Value;

    private Task<System.Xml.Linq.XElement> ChangeSetAsync(string stack, string template) =>
        StacksAsync(
            "CreateChangeSet",
            ("StackName", stack),
            ("ChangeSetName", "mlops"),
            ("ChangeSetType", "CREATE"),
            ("TemplateBody", template)
        );

    private Task<System.Xml.Linq.XElement> StacksAsync(string action, params (string, string)[] parameters) =>
        aws.QueryAsync(Account, "cloudformation", "2010-05-15", action, parameters, CancellationToken.None);

    private async Task SwitchAsync(HttpMethod method, JsonNode? what)
    {
        using var request = new HttpRequestMessage(method, "/mlops-local/pretences");
        request.Content = what is null ? null : JsonContent.Create(what);
        using var answer = await http.SendAsync(request);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
    }
}
