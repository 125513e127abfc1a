using System.Text;
using System.Text.Json.Nodes;
using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Requests;
using Mlops.Provisioning.Tests.Fakes;

namespace Mlops.Provisioning.Tests.CodePipelines;

public sealed class PipelineStatusTests
{
    private const string Name = "mlops-pipeline-my-model-byompipelinerealtimebuiltin";
    private readonly FakeAws aws = new();

    [OneTimeSetUp]
    public async Task Provision()
    {
        var settings = Deployments.Single();
        await new PipelineService(Deployments.Planner(settings), settings, aws, aws).ProvisionAsync(
            Encoding.UTF8.GetBytes(Deployments.Example("byom_realtime_builtin")),
            new ProvisionOptions(),
            CancellationToken.None
        );
    }

    [TestCase(Name, Description = "our name")]
    [TestCase($" {Name}\n")]
    [TestCase($"arn:aws:codepipeline:us-east-1:123456789012:{Name}", Description = "our id")]
    [TestCase($"{Name}-codepipeline", Description = "the predecessor's stack by name")]
    [TestCase(
        $"arn:aws:cloudformation:us-east-1:123456789012:stack/{Name}-codepipeline/0c3a9a30-8f4e-11ee-b9d1-0242ac120002",
        Description = "the predecessor's stack by id"
    )]
    [TestCase($"arn:aws:cloudformation:us-east-1:123456789012:stack/{Name}/0c3a9a30-8f4e-11ee-b9d1-0242ac120002")]
    public async Task The_pipeline_is_found_by(string id)
    {
        var found = await ReadAsync(new JsonObject { ["pipeline_id"] = id }.ToJsonString());

        Assert.That(found, Is.InstanceOf<StatusFound>());
        Assert.That(((StatusFound)found).State.PipelineName, Is.EqualTo(Name));
    }

    [TestCase("", RefusalReason.Invalid, FindingCodes.Empty)]
    [TestCase("[]", RefusalReason.Invalid, FindingCodes.NotAnObject)]
    [TestCase("{}", RefusalReason.Invalid, FindingCodes.MissingKey)]
    [TestCase("""{"pipeline_id": null}""", RefusalReason.Invalid, FindingCodes.NullValue)]
    [TestCase("""{"pipeline_id": ""}""", RefusalReason.Invalid, FindingCodes.EmptyValue)]
    [TestCase("""{"pipeline_id": 1}""", RefusalReason.Invalid, FindingCodes.PipelineId)]
    [TestCase("""{"pipeline_id": "a b"}""", RefusalReason.Invalid, FindingCodes.PipelineId)]
    [TestCase("""{"pipeline_id": "arn:aws:s3:::bucket"}""", RefusalReason.Invalid, FindingCodes.PipelineId)]
    [TestCase(
        """{"pipeline_id": "arn:aws:cloudformation:us-east-1:1:stack"}""",
        RefusalReason.Invalid,
        FindingCodes.PipelineId
    )]
    [TestCase("""{"pipeline_id": "-codepipeline"}""", RefusalReason.Invalid, FindingCodes.PipelineId)]
    [TestCase("""{"pipeline_id": "other"}""", RefusalReason.NotFound, FindingCodes.PipelineNotFound)]
    [TestCase(
        """{"pipeline_id": "arn:aws:codepipeline:eu-west-1:123456789012:other"}""",
        RefusalReason.NotFound,
        FindingCodes.PipelineNotFound
    )]
    public async Task Others_are_refused(string json, RefusalReason reason, string code)
    {
        var refused = (StatusRefused)await ReadAsync(json);

        Assert.That(refused.Reason, Is.EqualTo(reason));
        Assert.That(refused.Findings.Single().Code, Is.EqualTo(code));
    }

    [Test]
    public async Task A_pipeline_that_no_request_makes_is_not_asked_for()
    {
        aws.Calls.Clear();

        await ReadAsync("""{"pipeline_id": "somebodys-own-pipeline"}""");

        Assert.That(aws.Calls, Is.Empty, "the function's role may not see it");
    }

    [Test]
    public void The_state_is_written_as_CodePipeline_names_it()
    {
        var state = new PipelineState
        {
            PipelineName = "p",
            StageStates =
            [
                new StageState
                {
                    StageName = "Source",
                    ActionStates =
                    [
                        new ActionState
                        {
                            ActionName = "Source",
                            LatestExecution = new ActionExecution
                            {
                                Status = "Succeeded",
                                LastStatusChange = new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero),
                            },
                        },
                    ],
                    LatestExecution = new StageExecution("id", "Succeeded"),
                },
            ],
        };

        Assert.That(
            state.ToJson().ReplaceLineEndings("\n"),
            Is.EqualTo(
                """
                {
                    "pipelineName": "p",
                    "stageStates": [
                        {
                            "stageName": "Source",
                            "actionStates": [
                                {
                                    "actionName": "Source",
                                    "latestExecution": {
                                        "status": "Succeeded",
                                        "lastStatusChange": "2026-11-23T12:00:00+00:00"
                                    }
                                }
                            ],
                            "latestExecution": {
                                "pipelineExecutionId": "id",
                                "status": "Succeeded"
                            }
                        }
                    ]
                }
                """
            )
        );
    }

    private Task<StatusOutcome> ReadAsync(string json) =>
        new PipelineStatus(Deployments.Single(), aws).ReadAsync(Encoding.UTF8.GetBytes(json), CancellationToken.None);
}
