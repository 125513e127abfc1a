using Amazon.Lambda.APIGatewayEvents;
using Mlops.Orchestrator.Tests.Support;
using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Tests.Fakes;
using Moq;

namespace Mlops.Orchestrator.Tests;

public sealed class ServiceFailureTests
{
    private static readonly string Request = Deployments.Example("byom_realtime_builtin");

    [TestCase("ThrottlingException", 400)]
    [TestCase("Throttling", 400)]
    [TestCase("TooManyRequestsException", 429)]
    [TestCase("SlowDown", 503, Description = "S3's word for it")]
    public async Task Throttling_is_429_and_says_when_to_come_back(string code, int status)
    {
        var answer = await FailAsync(code, status);

        Assert.That(answer.StatusCode, Is.EqualTo(429));
        Assert.That(answer.Headers["Retry-After"], Is.EqualTo("5"));
        Assert.That(
            answer.Text("message"),
            Is.EqualTo("AWS asks to slow down. Send the same request again: it goes on where this one stopped.")
        );
    }

    [TestCase("ConcurrentModificationException", "Somebody else changes the same pipeline right now.")]
    [TestCase("ConflictException", "Somebody else changes the same pipeline right now.")]
    [TestCase("LimitExceededException", "A quota of this AWS account is used up.")]
    [TestCase("ConcurrentPipelineExecutionsLimitExceededException", "A quota of this AWS account is used up.")]
    public async Task What_is_in_the_way_is_409(string code, string message)
    {
        var answer = await FailAsync(code, 400);

        Assert.That(answer.StatusCode, Is.EqualTo(409));
        Assert.That(answer.Text("message"), Does.StartWith(message));
    }

    [TestCase("AccessDeniedException", 400)]
    [TestCase("AccessDenied", 403)]
    [TestCase("Forbidden", 403, Description = "S3 answers a HEAD without a body, so without a code")]
    public async Task A_permission_that_we_lack_is_ours_to_mend(string code, int status)
    {
        var answer = await FailAsync(code, status);

        Assert.That(answer.StatusCode, Is.EqualTo(500));
        Assert.That(
            answer.Text("message"),
            Is.EqualTo(
                "The orchestrator lacks a permission. Its operator finds which one in the log, by the request id."
            )
        );
        Assert.That(answer.Text("requestId"), Is.EqualTo(Invoked.RequestId));
    }

    [TestCase("InternalFailure", 500)]
    [TestCase("SomethingNew", 400)]
    [TestCase("HttpRequestException", null, Description = "nobody answered")]
    public async Task Any_other_failure_of_AWS_is_503(string code, int? status)
    {
        var answer = await FailAsync(code, status);

        Assert.That(answer.StatusCode, Is.EqualTo(503));
        Assert.That(answer.Headers["Retry-After"], Is.EqualTo("5"));
        Assert.That(
            answer.Text("message"),
            Is.EqualTo("An AWS service failed. Send the same request again: it goes on where this one stopped.")
        );
        Assert.That(answer.Text("detailedMessage"), Is.EqualTo("codepipeline:GetPipeline: what AWS says"));
    }

    [Test]
    public async Task What_AWS_says_is_a_detail()
    {
        var answer = await FailAsync("InternalFailure", 500, detailed: false);

        Assert.That(answer.Body, Does.Not.Contain("what AWS says"));
    }

    [Test]
    public async Task A_failure_of_AWS_is_logged_with_operation_and_code()
    {
        var orchestrator = Failing(new ServiceFailureException("codepipeline:GetPipeline", "AccessDenied", 403, "no"));

        await orchestrator.PostAsync(Invoked.Provision, Request);

        var line = orchestrator.Logged[0];
        Assert.That((string?)line["level"], Is.EqualTo("error"));
        Assert.That((string?)line["operation"], Is.EqualTo("codepipeline:GetPipeline"));
        Assert.That((string?)line["errorCode"], Is.EqualTo("AccessDenied"));
        Assert.That((string?)line["requestId"], Is.EqualTo(Invoked.RequestId));
    }

    [Test]
    public async Task The_same_request_after_a_failure_goes_on()
    {
        var orchestrator = new Invoked();
        orchestrator.Aws.FailAt = 3;

        var failed = await orchestrator.PostAsync(Invoked.Provision, Request);
        var again = await orchestrator.PostAsync(Invoked.Provision, Request);

        Assert.That((failed.StatusCode, again.StatusCode), Is.EqualTo((503, 200)));
    }

    [Test]
    public async Task An_AWS_that_does_not_answer_is_503_before_API_Gateway_gives_up()
    {
        var pipelines = new Mock<IPipelines>();
        pipelines
            .Setup(each => each.FindAsync(It.IsAny<string>(), It.IsAny<CancellationToken>()))
            .Returns(
                async (string _, CancellationToken token) =>
                {
                    await Task.Delay(Timeout.Infinite, token);
                    return null;
                }
            );
        var orchestrator = new Invoked(pipelines: pipelines.Object);

        var answering = orchestrator.PostAsync(Invoked.Provision, Request);
        orchestrator.Clock.Advance(TimeSpan.FromSeconds(27));
        Assert.That(answering.IsCompleted, Is.False);
        orchestrator.Clock.Advance(TimeSpan.FromSeconds(1.5));
        var answer = await answering;

        Assert.That(answer.StatusCode, Is.EqualTo(503));
        Assert.That(answer.Headers["Retry-After"], Is.EqualTo("5"));
        Assert.That(answer.Text("message"), Does.StartWith("AWS did not answer in time."));
    }

    [Test]
    public async Task A_bug_of_ours_is_500_with_the_request_id_and_nothing_internal()
    {
        var orchestrator = Failing(new InvalidOperationException("an index was 3"));

        var answer = await orchestrator.PostAsync(Invoked.Provision, Request);

        Assert.That(answer.StatusCode, Is.EqualTo(500));
        Assert.That(
            answer.Text("message"),
            Is.EqualTo($"Something is wrong on our side. Please report it with the request id {Invoked.RequestId}.")
        );
        Assert.That(
            answer.Body,
            Does.Not.Contain("an index was 3").And.Not.Contain("   at ").And.Not.Contain("Mlops.")
        );
        Assert.That(orchestrator.Lines[0], Does.Contain("an index was 3"));
        Assert.That((string?)orchestrator.Logged[0]["requestId"], Is.EqualTo(Invoked.RequestId));
    }

    private static Task<APIGatewayProxyResponse> FailAsync(string code, int? status, bool detailed = true) =>
        Failing(new ServiceFailureException("codepipeline:GetPipeline", code, status, "what AWS says"), detailed)
            .PostAsync(Invoked.Provision, Request);

    private static Invoked Failing(Exception failure, bool detailed = true)
    {
        var pipelines = new Mock<IPipelines>();
        pipelines.Setup(each => each.FindAsync(It.IsAny<string>(), It.IsAny<CancellationToken>())).ThrowsAsync(failure);
        return new Invoked(Deployments.Single() with { DetailedErrors = detailed }, pipelines: pipelines.Object);
    }
}
