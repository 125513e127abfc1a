using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Mlops.Local.StateMachines.Language;
using Mlops.Local.StateMachines.Tasks;

namespace Mlops.Local.Tests.StateMachines;

/// <summary>What the image builder's state machine makes of CodeBuild's answer.</summary>
public sealed class ImageBuildTests
{
    private const string Log =
        "Log group stack-build, https://us-east-1.console.aws.amazon.com/codesuite/codebuild/123456789012/projects/stack/build/stack:0123/log?region=us-east-1";

    private const string Failed = """
        {
          "Id": "stack:0123", "BuildStatus": "FAILED",
          "Phases": [
            {"PhaseType": "SUBMITTED", "PhaseStatus": "SUCCEEDED"},
            {"PhaseType": "BUILD", "PhaseStatus": "FAILED", "Contexts": [
              {"StatusCode": "COMMAND_EXECUTION_ERROR", "Message": "Error while executing command: docker build. Reason: exit status 1"}]},
            {"PhaseType": "POST_BUILD", "PhaseStatus": "SUCCEEDED"},
            {"PhaseType": "COMPLETED"}
          ]
        }
        """;

    [Test]
    public async Task The_digest_is_the_output()
    {
        var output = await RunAsync(
            new Answer(
                JsonNode.Parse(
                    """
                    {"Build": {"Id": "stack:0123", "BuildStatus": "SUCCEEDED",
                      "ExportedEnvironmentVariables": [{"Name": "IMAGE", "Value": "registry/images@sha256:0123"}]}}
                    """
                )!
            )
        );

        Assert.That(
            output!.ToJsonString(),
            Is.EqualTo("""{"BuildId":"stack:0123","ImageUri":"registry/images@sha256:0123"}""")
        );
    }

    [TestCase(Failed, Description = "the build itself")]
    [TestCase($$"""{"Build": {{Failed}}}""", Description = "in a member, as a result has it")]
    public void A_failed_build_fails_with_the_phase_its_message_and_its_log(string cause) =>
        Assert.That(
            () => RunAsync(new Failure("States.TaskFailed", cause)),
            Fails(
                $"BuildFailed: FAILED in phase BUILD. {Log} Error while executing command: docker build. Reason: exit status 1"
            )
        );

    [TestCase("STOPPED")]
    [TestCase("TIMED_OUT")]
    public void A_build_that_ended_otherwise_fails_with_its_status_and_its_log(string status) =>
        Assert.That(
            () =>
                RunAsync(
                    new Failure(
                        "States.TaskFailed",
                        $$"""
                        {"Id": "stack:0123", "BuildStatus": "{{status}}", "Phases": [{"PhaseType": "BUILD", "PhaseStatus": "{{status}}", "Contexts": []}]}
                        """
                    )
                ),
            Fails($"BuildFailed: {status}. {Log}")
        );

    [TestCase(
        "States.TaskFailed",
        """{"Other": 1}""",
        "BuildFailed: CodeBuild did not say why. Log group stack-build."
    )]
    [TestCase(
        "CodeBuild.ResourceNotFoundException",
        "Project cannot be found",
        "CodeBuild.ResourceNotFoundException: Project cannot be found"
    )]
    [TestCase("States.TaskFailed", "Access denied", "States.TaskFailed: Access denied")]
    public void What_is_no_description_of_a_build_is_told_as_it_is(string error, string cause, string expected) =>
        Assert.That(() => RunAsync(new Failure(error, cause)), Fails(expected));

    [Test]
    public void Here_no_build_runs_and_none_is_pretended() =>
        Assert.That(
            () => RunAsync(new ServiceTasks(null!, null!, TimeProvider.System)),
            Throws
                .TypeOf<NotCarriedOutException>()
                .With.Property(nameof(NotCarriedOutException.Call))
                .EqualTo("codebuild:StartBuild, for there is no Docker")
        );

    private static NUnit.Framework.Constraints.EqualStringConstraint Fails(string message) =>
        Throws.TypeOf<StateFailedException>().With.Message.EqualTo(message);

    /// <summary>The blueprint's machine, as it is deployed as a stack of the name stack.</summary>
    private static Task<JsonNode?> RunAsync(ITasks tasks)
    {
        var states = Machines.OfBlueprint("image-builder");
        states["Build"]!.AsObject().Remove("Retry");
        var definition = Machines
            .From("Build", states)
            .Replace("${AWS::StackName}", "stack", StringComparison.Ordinal)
            .Replace("${AWS::Region}", "us-east-1", StringComparison.Ordinal)
            .Replace("${AWS::AccountId}", "123456789012", StringComparison.Ordinal)
            .Replace("${AWS::Partition}", "aws", StringComparison.Ordinal);
        var interpreter = new Interpreter(Definition.Parse(definition), tasks, new FakeTimeProvider(), (_, _) => { });
        return interpreter.RunAsync(new JsonObject(), [], CancellationToken.None);
    }

    private sealed class Answer(JsonNode answer) : ITasks
    {
        public Task<JsonNode?> RunAsync(string resource, JsonNode? parameters, CancellationToken cancellationToken) =>
            Task.FromResult<JsonNode?>(answer);
    }

    private sealed class Failure(string error, string cause) : ITasks
    {
        public Task<JsonNode?> RunAsync(string resource, JsonNode? parameters, CancellationToken cancellationToken) =>
            Task.FromException<JsonNode?>(new StateFailedException(error, cause));
    }
}
