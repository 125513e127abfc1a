using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;

namespace Mlops.StandIns.Tests;

public sealed class AwsSdkCloudFormationTests
{
    [Test]
    public async Task A_request_is_a_signed_form()
    {
        using var server = LoopbackServer.Answering(
            Answer.Ok(
                "<DeleteStackResponse><ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></DeleteStackResponse>"
            )
        );
        using var client = Client(server);

        var response = await client.DeleteStackAsync(
            new DeleteStackRequest
            {
                StackName = "a stack",
                RetainResources = ["One", "Two"],
                ClientRequestToken = "t",
            }
        );

        var request = server.Requests.Single();
        Assert.That(request.Method, Is.EqualTo("POST"));
        Assert.That(request.Header("Content-Type"), Does.StartWith("application/x-www-form-urlencoded"));
        Assert.That(request.Header("Authorization"), Does.Contain("/us-east-1/cloudformation/aws4_request"));
        Assert.That(
            request.Body.Split('&'),
            Is.EquivalentTo(
                new[]
                {
                    "Action=DeleteStack",
                    "Version=2010-05-15",
                    "StackName=a%20stack",
                    "ClientRequestToken=t",
                    "RetainResources.member.1=One",
                    "RetainResources.member.2=Two",
                }
            )
        );
        Assert.That(response.ResponseMetadata.RequestId, Is.EqualTo("r-1"));
    }

    [Test]
    public async Task A_stack_comes_back_with_parameters_outputs_and_tags()
    {
        using var server = LoopbackServer.Answering(
            Answer.Ok(
                """
                <DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/">
                  <DescribeStacksResult>
                    <NextToken>more</NextToken>
                    <Stacks><member>
                      <StackName>s</StackName><StackStatus>UPDATE_COMPLETE</StackStatus>
                      <CreationTime>2026-11-23T19:25:48.250Z</CreationTime><DisableRollback>false</DisableRollback>
                      <Capabilities><member>CAPABILITY_IAM</member></Capabilities>
                      <Parameters><member><ParameterKey>A</ParameterKey><ParameterValue/></member></Parameters>
                      <Outputs><member><OutputKey>EndpointName</OutputKey><OutputValue>e</OutputValue></member></Outputs>
                    </member></Stacks>
                  </DescribeStacksResult>
                  <ResponseMetadata><RequestId>r-2</RequestId></ResponseMetadata>
                </DescribeStacksResponse>
                """
            )
        );
        using var client = Client(server);

        var response = await client.DescribeStacksAsync(new DescribeStacksRequest { StackName = "s" });

        var stack = response.Stacks.Single();
        Assert.That(response.NextToken, Is.EqualTo("more"));
        Assert.That(stack.StackStatus, Is.EqualTo(StackStatus.UPDATE_COMPLETE));
        Assert.That(stack.CreationTime, Is.EqualTo(new DateTime(2026, 11, 23, 19, 25, 48, 250, DateTimeKind.Utc)));
        Assert.That(stack.DisableRollback, Is.False);
        Assert.That(stack.Capabilities, Is.EqualTo(new[] { "CAPABILITY_IAM" }));
        Assert.That(stack.Parameters.Single().ParameterValue, Is.Empty);
        Assert.That(stack.Outputs.Single().OutputValue, Is.EqualTo("e"));
        Assert.That(stack.Tags, Is.Null);
    }

    [Test]
    public async Task A_stack_that_is_not_there_is_told_apart_by_code_and_message()
    {
        using var server = LoopbackServer.Answering(
            new Answer(
                400,
                """
                <ErrorResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/">
                  <Error><Type>Sender</Type><Code>ValidationError</Code><Message>Stack with id s does not exist</Message></Error>
                  <RequestId>r-3</RequestId>
                </ErrorResponse>
                """
            )
        );
        using var client = Client(server);

        var thrown = await Failure.Of<AmazonCloudFormationException>(() =>
            client.DescribeStacksAsync(new DescribeStacksRequest { StackName = "s" })
        );

        Assert.That(thrown.ErrorCode, Is.EqualTo("ValidationError"));
        Assert.That(thrown.Message, Is.EqualTo("Stack with id s does not exist"));
        Assert.That(thrown.RequestId, Is.EqualTo("r-3"));
    }

    private static AmazonCloudFormationClient Client(LoopbackServer server) =>
        new(
            "key",
            "secret",
            new AmazonCloudFormationConfig
            {
                ServiceURL = server.Url,
                AuthenticationRegion = "us-east-1",
                MaxErrorRetry = 0,
            }
        );
}
