using System.Text.Json.Nodes;
using Amazon.CodePipeline;
using Amazon.CodePipeline.Model;
using Amazon.Runtime;
using Moq;

namespace Mlops.StandIns.Tests;

public sealed class AwsSdkCodePipelineTests
{
    [Test]
    public async Task A_request_is_a_signed_post_that_names_its_operation_in_a_header()
    {
        using var server = LoopbackServer.Answering(Answer.Ok("""{"pipeline":{"name":"p"}}"""));
        using var client = Client(server);

        await client.GetPipelineAsync(new GetPipelineRequest { Name = "p", Version = 3 });

        var request = server.Requests.Single();
        Assert.That(request.Method, Is.EqualTo("POST"));
        Assert.That(request.Path, Is.EqualTo("/"));
        Assert.That(request.Header("X-Amz-Target"), Is.EqualTo("CodePipeline_20150709.GetPipeline"));
        Assert.That(request.Header("Content-Type"), Is.EqualTo("application/x-amz-json-1.1"));
        Assert.That(
            request.Header("Authorization"),
            Does.Match("Credential=key/[0-9]{8}/eu-west-1/codepipeline/aws4_request")
        );
        Assert.That(request.Body, Is.EqualTo("""{"name":"p","version":3}"""));
    }

    [Test]
    public async Task A_pipeline_goes_out_under_the_names_of_the_protocol_and_without_what_is_not_set()
    {
        using var server = LoopbackServer.Answering(Answer.Ok("{}"));
        using var client = Client(server);

        await client.CreatePipelineAsync(
            new CreatePipelineRequest
            {
                Pipeline = new PipelineDeclaration
                {
                    Name = "p",
                    PipelineType = PipelineType.V2,
                    ExecutionMode = ExecutionMode.SUPERSEDED,
                    ArtifactStore = new ArtifactStore
                    {
                        Type = ArtifactStoreType.S3,
                        Location = "bucket",
                        EncryptionKey = new EncryptionKey { Id = "arn", Type = EncryptionKeyType.KMS },
                    },
                    Stages =
                    [
                        new StageDeclaration
                        {
                            Name = "Source",
                            Actions =
                            [
                                new ActionDeclaration
                                {
                                    Name = "Source",
                                    RunOrder = 1,
                                    ActionTypeId = new ActionTypeId
                                    {
                                        Category = ActionCategory.Source,
                                        Owner = ActionOwner.AWS,
                                        Provider = "S3",
                                        Version = "1",
                                    },
                                    Configuration = new Dictionary<string, string> { ["S3Bucket"] = "\u00fc" },
                                    OutputArtifacts = [new OutputArtifact { Name = "Package" }],
                                    InputArtifacts = [],
                                },
                            ],
                        },
                    ],
                },
                Tags = [new Tag { Key = "k", Value = "v" }],
            }
        );

        var expected = JsonNode.Parse(
            """
            {
              "pipeline": {
                "name": "p", "pipelineType": "V2", "executionMode": "SUPERSEDED",
                "artifactStore": {"type": "S3", "location": "bucket", "encryptionKey": {"id": "arn", "type": "KMS"}},
                "stages": [{"name": "Source", "actions": [{
                  "name": "Source", "runOrder": 1,
                  "actionTypeId": {"category": "Source", "owner": "AWS", "provider": "S3", "version": "1"},
                  "configuration": {"S3Bucket": "ü"}, "outputArtifacts": [{"name": "Package"}], "inputArtifacts": []
                }]}]
              },
              "tags": [{"key": "k", "value": "v"}]
            }
            """
        );
        Assert.That(
            JsonNode.DeepEquals(JsonNode.Parse(server.Requests.Single().Body), expected),
            server.Requests.Single().Body
        );
    }

    [Test]
    public async Task A_state_comes_back_typed_and_what_the_service_left_out_is_null()
    {
        using var server = LoopbackServer.Answering(
            new Answer(
                200,
                """
                {
                  "pipelineName": "p", "pipelineVersion": 2, "created": 1700000000.25, "unknownMember": {"deep": [1]},
                  "stageStates": [{
                    "stageName": "Source",
                    "inboundTransitionState": {"enabled": true},
                    "latestExecution": {"pipelineExecutionId": "e", "status": "Succeeded"},
                    "actionStates": [{
                      "actionName": "Source", "revisionUrl": null,
                      "latestExecution": {"status": "Failed", "errorDetails": {"code": "JobFailed", "message": "because"}}
                    }]
                  }]
                }
                """
            )
            {
                Headers = new Dictionary<string, string> { ["x-amzn-RequestId"] = "r-1" },
            }
        );
        using var client = Client(server);

        var state = await client.GetPipelineStateAsync(new GetPipelineStateRequest { Name = "p" });

        var stage = state.StageStates.Single();
        Assert.That(state.PipelineVersion, Is.EqualTo(2));
        Assert.That(state.Created, Is.EqualTo(new DateTime(2023, 11, 14, 22, 13, 20, 250, DateTimeKind.Utc)));
        Assert.That(state.Created!.Value.Kind, Is.EqualTo(DateTimeKind.Utc));
        Assert.That(state.Updated, Is.Null);
        Assert.That(state.ResponseMetadata.RequestId, Is.EqualTo("r-1"));
        Assert.That(stage.LatestExecution.Status, Is.EqualTo(StageExecutionStatus.Succeeded));
        Assert.That(stage.InboundTransitionState.Enabled, Is.True);
        Assert.That(stage.ActionStates.Single().LatestExecution.ErrorDetails.Message, Is.EqualTo("because"));
        Assert.That(stage.ActionStates.Single().RevisionUrl, Is.Null);
        Assert.That(stage.InboundExecutions, Is.Null);
    }

    [Test]
    public async Task A_start_without_a_token_gets_one_and_keeps_the_one_it_was_given()
    {
        using var server = LoopbackServer.Answering(Answer.Ok("""{"pipelineExecutionId":"e"}"""));
        using var client = Client(server);

        await client.StartPipelineExecutionAsync(new StartPipelineExecutionRequest { Name = "p" });
        await client.StartPipelineExecutionAsync(
            new StartPipelineExecutionRequest
            {
                Name = "p",
                ClientRequestToken = "mine",
                SourceRevisions =
                [
                    new SourceRevisionOverride
                    {
                        ActionName = "Source",
                        RevisionType = SourceRevisionType.S3_OBJECT_VERSION_ID,
                        RevisionValue = "v1",
                    },
                ],
            }
        );

        var first = JsonNode.Parse(server.Requests[0].Body)!["clientRequestToken"]!.GetValue<string>();
        Assert.That(Guid.TryParse(first, out _), first);
        Assert.That(
            server.Requests[1].Body,
            Is.EqualTo(
                """{"name":"p","clientRequestToken":"mine","sourceRevisions":[{"actionName":"Source","revisionType":"S3_OBJECT_VERSION_ID","revisionValue":"v1"}]}"""
            )
        );
    }

    [Test]
    public async Task An_answer_without_a_body_is_an_empty_response()
    {
        using var server = LoopbackServer.Answering(Answer.Ok(string.Empty));
        using var client = Client(server);

        var response = await client.PutJobSuccessResultAsync(
            new PutJobSuccessResultRequest
            {
                JobId = "j",
                ContinuationToken = "again",
                ExecutionDetails = new ExecutionDetails { PercentComplete = 50, Summary = "half" },
                OutputVariables = new Dictionary<string, string> { ["Name"] = "value" },
            }
        );

        Assert.That(response.HttpStatusCode, Is.EqualTo(System.Net.HttpStatusCode.OK));
        Assert.That(
            JsonNode.DeepEquals(
                JsonNode.Parse(server.Requests.Single().Body),
                JsonNode.Parse(
                    """{"jobId":"j","continuationToken":"again","executionDetails":{"summary":"half","percentComplete":50},"outputVariables":{"Name":"value"}}"""
                )
            ),
            server.Requests.Single().Body
        );
    }

    [Test]
    public async Task An_error_of_the_operation_is_an_exception_of_its_own_type()
    {
        using var server = LoopbackServer.Answering(
            new Answer(
                400,
                """{"__type":"com.amazonaws.codepipeline#InvalidJobStateException","message":"answered already"}"""
            )
            {
                Headers = new Dictionary<string, string> { ["x-amzn-RequestId"] = "r-2" },
            }
        );
        using var client = Client(server);

        var thrown = await Failure.Of<InvalidJobStateException>(() =>
            client.PutJobSuccessResultAsync(new PutJobSuccessResultRequest { JobId = "j" })
        );

        Assert.That(thrown, Is.InstanceOf<AmazonCodePipelineException>().And.InstanceOf<AmazonServiceException>());
        Assert.That(thrown.Message, Is.EqualTo("answered already"));
        Assert.That(thrown.ErrorCode, Is.EqualTo("InvalidJobStateException"));
        Assert.That(thrown.StatusCode, Is.EqualTo(System.Net.HttpStatusCode.BadRequest));
        Assert.That(thrown.RequestId, Is.EqualTo("r-2"));
        Assert.That(server.Requests, Has.Count.EqualTo(1), "a caller's error is not tried again");
    }

    [Test]
    public async Task An_error_that_the_operation_does_not_name_is_the_services_exception()
    {
        using var server = LoopbackServer.Answering(
            new Answer(400, """{"__type":"AccessDeniedException","Message":"no"}""")
        );
        using var client = Client(server);

        var thrown = await Failure.Of<AmazonCodePipelineException>(() =>
            client.GetPipelineAsync(new GetPipelineRequest { Name = "p" })
        );

        Assert.That(thrown.ErrorCode, Is.EqualTo("AccessDeniedException"));
        Assert.That(thrown.Message, Is.EqualTo("no"));
    }

    [TestCase(500, """{"message":"down"}""", Description = "the service's fault")]
    [TestCase(400, """{"__type":"ThrottlingException","message":"slower"}""", Description = "throttled")]
    public async Task Is_tried_again_after(int status, string body)
    {
        using var server = LoopbackServer.Answering(
            new Answer(status, body),
            Answer.Ok("""{"pipeline":{"name":"p"}}""")
        );
        using var client = Client(server);

        var response = await client.GetPipelineAsync(new GetPipelineRequest { Name = "p" });

        Assert.That(response.Pipeline.Name, Is.EqualTo("p"));
        Assert.That(server.Requests, Has.Count.EqualTo(2));
    }

    [TestCase("us-east-1", false, "https://codepipeline.us-east-1.amazonaws.com/")]
    [TestCase("us-east-1", true, "https://codepipeline-fips.us-east-1.amazonaws.com/")]
    [TestCase("us-gov-west-1", false, "https://codepipeline.us-gov-west-1.amazonaws.com/")]
    public void The_endpoint_is_that_of_the_region(string region, bool fips, string endpoint)
    {
        var config = new AmazonCodePipelineConfig
        {
            RegionEndpoint = Amazon.RegionEndpoint.GetBySystemName(region),
            UseFIPSEndpoint = fips,
        };

        var resolved = config.DetermineServiceOperationEndpoint(
            new Amazon.Runtime.Endpoints.ServiceOperationEndpointParameters(new GetPipelineRequest())
        );

        Assert.That(new Uri(resolved.URL).AbsoluteUri, Is.EqualTo(endpoint));
    }

    [Test, NonParallelizable]
    public async Task The_services_own_endpoint_variable_is_obeyed()
    {
        using var server = LoopbackServer.Answering(Answer.Ok("""{"tags":[]}"""));
        Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_CODEPIPELINE", server.Url);

        try
        {
            using var client = new AmazonCodePipelineClient(
                "key",
                "secret",
                new AmazonCodePipelineConfig { AuthenticationRegion = "eu-west-1" }
            );
            await client.ListTagsForResourceAsync(new ListTagsForResourceRequest { ResourceArn = "arn" });
        }
        finally
        {
            Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_CODEPIPELINE", null);
        }

        Assert.That(server.Requests.Single().Header("Authorization"), Does.Contain("/eu-west-1/codepipeline/"));
    }

    [Test]
    public async Task A_cancelled_call_ends()
    {
        using var server = LoopbackServer.Answering(
            async (_, _) =>
            {
                await Task.Delay(TimeSpan.FromSeconds(5));
                return Answer.Ok("{}");
            }
        );
        using var client = Client(server);
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        await Assert.ThatAsync(
            () => client.GetPipelineAsync(new GetPipelineRequest { Name = "p" }, cancellation.Token),
            Throws.InstanceOf<OperationCanceledException>()
        );
    }

    [Test]
    public async Task The_interface_can_be_mocked()
    {
        var mock = new Mock<IAmazonCodePipeline>(MockBehavior.Strict);
        mock.Setup(c =>
                c.GetPipelineAsync(It.Is<GetPipelineRequest>(r => r.Name == "p"), It.IsAny<CancellationToken>())
            )
            .ThrowsAsync(new PipelineNotFoundException("none"));

        var thrown = await Failure.Of<PipelineNotFoundException>(() =>
            mock.Object.GetPipelineAsync(new GetPipelineRequest { Name = "p" })
        );

        Assert.That(thrown.Message, Is.EqualTo("none"));
    }

    private static AmazonCodePipelineClient Client(LoopbackServer server) =>
        new(
            "key",
            "secret",
            new AmazonCodePipelineConfig
            {
                ServiceURL = server.Url,
                AuthenticationRegion = "eu-west-1",
                MaxErrorRetry = 1,
            }
        );
}
