using Amazon.SageMaker;
using Amazon.SageMaker.Model;

namespace Mlops.StandIns.Tests;

public sealed class AwsSdkSageMakerTests
{
    [Test]
    public async Task An_endpoint_comes_back_with_its_variants()
    {
        using var server = LoopbackServer.Answering(
            Answer.Ok(
                """
                {
                  "EndpointName": "e", "EndpointArn": "arn", "EndpointConfigName": "c", "EndpointStatus": "InService",
                  "CreationTime": 1700000000, "LastModifiedTime": 1.7E9, "FailureReason": null,
                  "ProductionVariants": [{
                    "VariantName": "AllTraffic", "CurrentWeight": 0.5, "CurrentInstanceCount": 2,
                    "DeployedImages": [{"SpecifiedImage": "i", "ResolvedImage": "i@sha256:1"}]
                  }],
                  "DataCaptureConfig": {"EnableCapture": true, "CurrentSamplingPercentage": 100, "CaptureStatus": "Started"}
                }
                """
            )
        );
        using var client = Client(server);

        var endpoint = await client.DescribeEndpointAsync(new DescribeEndpointRequest { EndpointName = "e" });

        var variant = endpoint.ProductionVariants.Single();
        Assert.That(server.Requests.Single().Header("X-Amz-Target"), Is.EqualTo("SageMaker.DescribeEndpoint"));
        Assert.That(
            server.Requests.Single().Header("Authorization"),
            Does.Contain("/us-east-1/sagemaker/aws4_request")
        );
        Assert.That(server.Requests.Single().Body, Is.EqualTo("""{"EndpointName":"e"}"""));
        Assert.That(endpoint.EndpointStatus, Is.EqualTo(EndpointStatus.InService));
        Assert.That(endpoint.LastModifiedTime, Is.EqualTo(new DateTime(2023, 11, 14, 22, 13, 20, DateTimeKind.Utc)));
        Assert.That(endpoint.FailureReason, Is.Null);
        Assert.That(endpoint.DataCaptureConfig.EnableCapture, Is.True);
        Assert.That(variant.CurrentWeight, Is.EqualTo(0.5f));
        Assert.That(variant.CurrentInstanceCount, Is.EqualTo(2));
        Assert.That(variant.DeployedImages.Single().ResolvedImage, Is.EqualTo("i@sha256:1"));
    }

    [Test]
    public async Task An_endpoint_that_is_not_there_is_told_apart_by_code_and_message()
    {
        using var server = LoopbackServer.Answering(
            new Answer(400, """{"__type":"ValidationException","message":"Could not find endpoint \"e\"."}""")
        );
        using var client = Client(server);

        var thrown = await Failure.Of<AmazonSageMakerException>(() =>
            client.DescribeEndpointAsync(new DescribeEndpointRequest { EndpointName = "e" })
        );

        Assert.That(thrown.ErrorCode, Is.EqualTo("ValidationException"));
        Assert.That(thrown.Message, Is.EqualTo("Could not find endpoint \"e\"."));
    }

    [Test]
    public async Task A_model_package_tells_whether_it_is_approved()
    {
        using var server = LoopbackServer.Answering(
            Answer.Ok(
                """{"ModelPackageArn":"arn","ModelPackageVersion":3,"ModelApprovalStatus":"PendingManualApproval","ModelMetrics":{}}"""
            )
        );
        using var client = Client(server);

        var package = await client.DescribeModelPackageAsync(
            new DescribeModelPackageRequest { ModelPackageName = "arn" }
        );

        Assert.That(package.ModelApprovalStatus, Is.EqualTo(ModelApprovalStatus.PendingManualApproval));
        Assert.That(package.ModelPackageVersion, Is.EqualTo(3));
    }

    private static AmazonSageMakerClient Client(LoopbackServer server) =>
        new(
            "key",
            "secret",
            new AmazonSageMakerConfig
            {
                ServiceURL = server.Url,
                AuthenticationRegion = "us-east-1",
                MaxErrorRetry = 0,
            }
        );
}
