namespace Mlops.Local.Tests.CodePipelines;

/// <summary>Calls that name nothing, say nothing or are not what the service reads.</summary>
public sealed class RefusedCallTests
{
    private Bench bench = null!;

    [OneTimeSetUp]
    public async Task Start() => bench = await Bench.StartAsync();

    [OneTimeTearDown]
    public async Task End() => await bench.DisposeAsync();

    [TestCase("GetPipeline", """{"name":"nobody"}""", "PipelineNotFoundException")]
    [TestCase("GetPipelineState", """{"name":"nobody"}""", "PipelineNotFoundException")]
    [TestCase("StartPipelineExecution", """{"name":"nobody"}""", "PipelineNotFoundException")]
    [TestCase(
        "ListTagsForResource",
        """{"resourceArn":"arn:aws:codepipeline:us-east-1:123456789012:nobody"}""",
        "ResourceNotFoundException"
    )]
    [TestCase("TagResource", """{"resourceArn":"nonsense","tags":[]}""", "ValidationException")]
    [TestCase("PutJobSuccessResult", """{"jobId":"00000000-0000-0000-0000-000000000000"}""", "JobNotFoundException")]
    [TestCase(
        "PutJobFailureResult",
        """{"jobId":"00000000-0000-0000-0000-000000000000","failureDetails":{"type":"Bad","message":"m"}}""",
        "ValidationException"
    )]
    [TestCase("ListPipelines", """{"nextToken":"half"}""", "InvalidNextTokenException")]
    [TestCase(
        "RollbackStage",
        "{}",
        "UnknownOperationException",
        Description = "an operation of the service that is not emulated"
    )]
    [TestCase("", "{}", "UnknownOperationException")]
    [TestCase("GetPipeline", "{}", "ValidationException")]
    [TestCase("GetPipeline", "", "SerializationException")]
    [TestCase("GetPipeline", "[]", "SerializationException")]
    [TestCase("GetPipeline", "{", "SerializationException")]
    [TestCase("GetPipeline", """{"name":{"a":1}}""", "SerializationException")]
    public async Task Refuses_a_call(string operation, string body, string code)
    {
        var answer = await bench.Api.SendAsync(operation, body);

        Assert.That((answer.Status, answer.Error), Is.EqualTo((400, code)), answer.Message);
    }

    [Test]
    public async Task Refuses_nesting_without_end()
    {
        var answer = await bench.Api.SendAsync("CreatePipeline", new string('[', 10_000) + new string(']', 10_000));

        Assert.That((answer.Status, answer.Error), Is.EqualTo((400, "SerializationException")));
    }

    [Test]
    public async Task Refuses_who_does_not_sign()
    {
        var answer = await bench.Api.SendAsync("ListPipelines", "{}", signed: false);

        Assert.That((answer.Status, answer.Error), Is.EqualTo((400, "MissingAuthenticationTokenException")));
    }
}
