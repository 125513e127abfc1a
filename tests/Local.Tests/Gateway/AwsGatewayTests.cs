using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using Microsoft.AspNetCore.Http;
using Mlops.Local.Functions;
using Mlops.Local.Gateway;
using Mlops.Local.Moto;
using Moq;

namespace Mlops.Local.Tests.Gateway;

public sealed class AwsGatewayTests
{
    private TemporaryFolder folder = null!;
    private MotoServer moto = null!;
    private AwsGateway gateway = null!;
    private HttpClient http = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        folder = new TemporaryFolder();
        moto = await LocalMoto.StartAsync(folder);
        gateway = await AwsGateway.StartAsync(moto.Endpoint, port: 0, CancellationToken.None);
        http = new HttpClient { BaseAddress = gateway.Endpoint };
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
    public async Task The_SDK_reaches_moto_through_it_with_large_bodies_both_ways()
    {
        using var s3 = S3();
        var content = new byte[20_000_000];
        Random.Shared.NextBytes(content);
        await s3.PutBucketAsync("large");

        using var upload = new MemoryStream(content);
        await s3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = "large",
                Key = "a folder/ü+%2F.tar.gz",
                InputStream = upload,
            }
        );
        using var answer = await s3.GetObjectAsync("large", "a folder/ü+%2F.tar.gz");
        using var download = new MemoryStream();
        await answer.ResponseStream.CopyToAsync(download);

        Assert.That(download.ToArray(), Is.EqualTo(content));
    }

    [Test]
    public async Task A_presigned_address_works()
    {
        using var s3 = S3();
        await s3.PutBucketAsync("presigned");
        await s3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = "presigned",
                Key = "k",
                ContentBody = "hello",
            }
        );
        var address = await s3.GetPreSignedURLAsync(
            new GetPreSignedUrlRequest
            {
                BucketName = "presigned",
                Key = "k",
                Expires = DateTime.UtcNow.AddMinutes(5),
                Protocol = Protocol.HTTP,
            }
        );

        Assert.That(await http.GetStringAsync(new Uri(address)), Is.EqualTo("hello"));
    }

    [Test]
    public async Task The_account_of_an_assumed_role_is_kept()
    {
        using var sts = new AmazonSecurityTokenServiceClient(
            new BasicAWSCredentials("testing", "testing"),
            new AmazonSecurityTokenServiceConfig
            {
                ServiceURL = gateway.Endpoint.ToString(),
                AuthenticationRegion = "us-east-1",
            }
        );

        var role = await sts.AssumeRoleAsync(
            new AssumeRoleRequest { RoleArn = "arn:aws:iam::210987654321:role/deliver", RoleSessionName = "test" }
        );
        using var there = new AmazonSecurityTokenServiceClient(
            role.Credentials,
            new AmazonSecurityTokenServiceConfig
            {
                ServiceURL = gateway.Endpoint.ToString(),
                AuthenticationRegion = "us-east-1",
            }
        );

        Assert.That(
            (await there.GetCallerIdentityAsync(new GetCallerIdentityRequest())).Account,
            Is.EqualTo("210987654321")
        );
    }

    [Test]
    public async Task A_service_with_a_handler_is_served_by_it()
    {
        gateway.Handle("codepipeline", context => context.Response.WriteAsync("ours"));

        using var signed = Signed("codepipeline", "/", "{}");
        using var presigned = new HttpRequestMessage(
            HttpMethod.Post,
            "/?X-Amz-Credential=testing%2F20261123%2Fus-east-1%2Fcodepipeline%2Faws4_request"
        );
        using var targeted = new HttpRequestMessage(HttpMethod.Post, "/");
        targeted.Headers.Add("X-Amz-Target", "CodePipeline_20150709.ListPipelines");

        Assert.That(await SendAsync(signed), Is.EqualTo((HttpStatusCode.OK, "ours")));
        Assert.That(await SendAsync(presigned), Is.EqualTo((HttpStatusCode.OK, "ours")));
        Assert.That(await SendAsync(targeted), Is.EqualTo((HttpStatusCode.OK, "ours")));
    }

    [Test]
    public async Task A_handler_may_pass_a_request_on_to_moto()
    {
        gateway.Handle("events", gateway.ForwardAsync);

        using var request = Signed("events", "/", "{}");
        request.Headers.Add("X-Amz-Target", "AWSEvents.ListEventBuses");

        Assert.That((await SendAsync(request)).Body, Does.Contain("event-bus/default"));
    }

    [Test]
    public async Task An_invocation_of_a_function_is_run_by_the_invoker()
    {
        var functions = new Mock<IFunctionInvoker>(MockBehavior.Strict);
        functions
            .Setup(invoker => invoker.InvokeAsync("good", "{}", It.IsAny<CancellationToken>()))
            .ReturnsAsync(new FunctionAnswer("\"done\"", IsError: false));
        functions
            .Setup(invoker => invoker.InvokeAsync("bad", """{"a":1}""", It.IsAny<CancellationToken>()))
            .ReturnsAsync(new FunctionAnswer("""{"errorType":"X"}""", IsError: true));
        functions
            .Setup(invoker => invoker.InvokeAsync("none", "{}", It.IsAny<CancellationToken>()))
            .ThrowsAsync(new KeyNotFoundException());
        gateway.InvokeWith(functions.Object);

        using var good = await http.SendAsync(
            Signed(
                "lambda",
                "/2015-03-31/functions/arn%3Aaws%3Alambda%3Aus-east-1%3A123456789012%3Afunction%3Agood/invocations",
                ""
            )
        );
        using var bad = await http.SendAsync(Signed("lambda", "/2015-03-31/functions/bad/invocations", """{"a":1}"""));
        using var none = await http.SendAsync(Signed("lambda", "/2015-03-31/functions/none/invocations", "{}"));
        using var garbage = await http.SendAsync(Signed("lambda", "/2015-03-31/functions/good/invocations", "{"));

        Assert.That(await good.Content.ReadAsStringAsync(), Is.EqualTo("\"done\""));
        Assert.That(good.Headers.Contains("X-Amz-Function-Error"), Is.False);
        Assert.That(bad.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(bad.Headers.GetValues("X-Amz-Function-Error"), Is.EqualTo(new[] { "Unhandled" }));
        Assert.That(none.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(none.Headers.GetValues("x-amzn-ErrorType"), Is.EqualTo(new[] { "ResourceNotFoundException" }));
        Assert.That(garbage.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task An_answer_of_a_model_is_marked_as_canned()
    {
        await SageMakerAsync(
            "CreateModel",
            """{"ModelName":"m","ExecutionRoleArn":"arn:aws:iam::123456789012:role/r"}"""
        );
        await SageMakerAsync(
            "CreateEndpointConfig",
            """{"EndpointConfigName":"c","ProductionVariants":[{"VariantName":"v","ModelName":"m","InitialInstanceCount":1,"InstanceType":"ml.m5.large"}]}"""
        );
        await SageMakerAsync("CreateEndpoint", """{"EndpointName":"some-endpoint","EndpointConfigName":"c"}""");

        using var answer = await http.SendAsync(Signed("sagemaker", "/endpoints/some-endpoint/invocations", "1,2,3"));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(answer.Headers.GetValues("x-mlops-local"), Is.EqualTo(new[] { "canned by moto" }));
        Assert.That(await answer.Content.ReadAsStringAsync(), Is.Not.Empty);
    }

    [Test]
    public async Task An_endpoint_that_is_not_there_answers_as_SageMaker_does()
    {
        using var answer = await http.SendAsync(Signed("sagemaker", "/endpoints/missing/invocations", "1,2,3"));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(answer.Headers.GetValues("x-amzn-ErrorType"), Is.EqualTo(new[] { "ValidationError" }));
        Assert.That(
            await answer.Content.ReadAsStringAsync(),
            Is.EqualTo("""{"Message":"Endpoint missing not found."}""")
        );
    }

    [Test]
    public async Task A_moto_that_is_gone_is_said()
    {
        var gone = new Uri("http://127.0.0.1:1");
        await using var orphan = await AwsGateway.StartAsync(gone, port: 0, CancellationToken.None);

        using var answer = await http.GetAsync(orphan.Endpoint);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadGateway));
        Assert.That(
            await answer.Content.ReadAsStringAsync(),
            Is.EqualTo("The local AWS at http://127.0.0.1:1/ does not answer.\n")
        );
    }

    [Test]
    public void A_busy_port_is_a_sentence()
    {
        Assert.That(
            async () => await AwsGateway.StartAsync(moto.Endpoint, gateway.Endpoint.Port, CancellationToken.None),
            Throws
                .TypeOf<Mlops.Local.Processes.StartFailedException>()
                .With.Message.EqualTo(
                    $"Port {gateway.Endpoint.Port} is in use: end what listens there, or choose another with --port (0 takes any free port)."
                )
        );
    }

    private static HttpRequestMessage Signed(string service, string path, string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "AWS4-HMAC-SHA256",
            $"Credential=testing/20261123/us-east-1/{service}/aws4_request, SignedHeaders=host, Signature=0"
        );
        return request;
    }

    private async Task SageMakerAsync(string operation, string body)
    {
        using var request = Signed("sagemaker", "/", body);
        request.Headers.Add("X-Amz-Target", $"SageMaker.{operation}");
        using var answer = await http.SendAsync(request);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), await answer.Content.ReadAsStringAsync());
    }

    private async Task<(HttpStatusCode Status, string Body)> SendAsync(HttpRequestMessage request)
    {
        using var answer = await http.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private AmazonS3Client S3() =>
        new(
            new BasicAWSCredentials("testing", "testing"),
            new AmazonS3Config { ServiceURL = gateway.Endpoint.ToString(), AuthenticationRegion = "us-east-1" }
        );
}
