using System.Net;
using System.Text.Json.Nodes;
using Amazon;
using Amazon.CodePipeline;
using Amazon.CodePipeline.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.Extensions.Time.Testing;
using Mlops.Provisioning.Aws;
using Mlops.Provisioning.Tests.Fakes;

namespace Mlops.Provisioning.Tests.Aws;

/// <summary>Real SDK clients, whose answers are made up, and a daemon that keeps what it is sent.</summary>
[NonParallelizable, FixtureLifeCycle(LifeCycle.InstancePerTestCase)] // The SDK's registry is one for the process.
public sealed class CallTracingTests : IDisposable
{
    private const string Secret = "hunter2";
    private const string Trace = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";

    private readonly DaemonListener daemon = new();
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, 250, TimeSpan.Zero));
    private readonly Dictionary<string, string?> environment = [];
    private CallTracing? tracing;

    [SetUp]
    public void Register()
    {
        environment["AWS_XRAY_DAEMON_ADDRESS"] = daemon.Address;
        environment["_X_AMZN_TRACE_ID"] = Trace;
        tracing = CallTracing.Over(environment.GetValueOrDefault, () => "0123456789abcdef", clock);
        RuntimePipelineCustomizerRegistry.Instance.Register(tracing!);
    }

    [TearDown]
    public void Deregister() => RuntimePipelineCustomizerRegistry.Instance.Deregister(tracing!);

    public void Dispose() => daemon.Dispose();

    [Test]
    public async Task A_call_is_a_subsegment_of_the_function_with_names_times_and_status_and_no_more()
    {
        using var s3 = S3(HttpStatusCode.OK);

        await s3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = $"{Secret}-bucket",
                Key = Secret,
                ContentBody = Secret,
            }
        );

        var subsegment = await daemon.NextAsync();
        Assert.That(
            subsegment.ToJsonString(),
            Is.EqualTo(
                """{"name":"S3","id":"0123456789abcdef","trace_id":"1-5759e988-bd862e3fe1be46a994272793","parent_id":"53995c3f42cd8ad8","type":"subsegment","namespace":"aws","start_time":1795435200.25,"end_time":1795435201.75,"aws":{"operation":"PutObject","region":"us-east-1","request_id":"request-1","retries":0},"http":{"response":{"status":200}}}"""
            )
        );
        Assert.That(daemon.HasMore, Is.False);
    }

    [TestCase(403, "AccessDenied", "error")]
    [TestCase(429, "ThrottlingException", "error,throttle")]
    [TestCase(500, "InternalFailure", "fault")]
    public async Task A_refused_call_tells_its_code_and_not_its_message(int status, string code, string marks)
    {
        using var codePipeline = CodePipeline((HttpStatusCode)status, code);

        Assert.That(
            async () => await codePipeline.GetPipelineAsync(new GetPipelineRequest { Name = "p" }),
            Throws.InstanceOf<AmazonCodePipelineException>()
        );

        var subsegment = await daemon.NextAsync();
        Assert.That((string?)subsegment["name"], Is.EqualTo("CodePipeline"));
        Assert.That((string?)subsegment["aws"]!["operation"], Is.EqualTo("GetPipeline"));
        Assert.That((int?)subsegment["http"]!["response"]!["status"], Is.EqualTo(status));
        Assert.That((string?)subsegment["cause"]!["exceptions"]![0]!["type"], Is.EqualTo(code));
        Assert.That(
            subsegment.Where(member => member.Value is JsonValue value && value.TryGetValue<bool>(out _)).Select(Name),
            Is.EquivalentTo(marks.Split(','))
        );
        Assert.That(subsegment.ToJsonString(), Does.Not.Contain(Secret));
        Assert.That(daemon.HasMore, Is.False, "retries are one call");

        static string Name(KeyValuePair<string, JsonNode?> member) => member.Key;
    }

    [Test]
    public async Task A_call_without_an_answer_is_a_fault()
    {
        using var s3 = new AmazonS3Client(
            new BasicAWSCredentials("test", "test"),
            Config(new AmazonS3Config(), () => throw new HttpRequestException($"{Secret} does not resolve"))
        );

        Assert.That(async () => await s3.GetObjectMetadataAsync("bucket", "key"), Throws.Exception);

        var subsegment = await daemon.NextAsync();
        Assert.That((bool?)subsegment["fault"], Is.True);
        Assert.That(subsegment.ContainsKey("http"), Is.False);
        Assert.That((bool?)subsegment["cause"]!["exceptions"]![0]!["remote"], Is.False);
        Assert.That(subsegment.ToJsonString(), Does.Not.Contain(Secret));
    }

    [TestCase(null)]
    [TestCase("Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=0")]
    public async Task Nothing_is_sent_when_the_trace_is_not_sampled(string? header)
    {
        environment["_X_AMZN_TRACE_ID"] = header;
        using var s3 = S3(HttpStatusCode.OK);

        await s3.PutObjectAsync(new PutObjectRequest { BucketName = "bucket", Key = "key" });

        Assert.That(daemon.HasMore, Is.False);
    }

    [Test]
    public async Task A_daemon_that_is_not_there_costs_nothing_but_the_trace()
    {
        daemon.Dispose();
        using var s3 = S3(HttpStatusCode.OK);

        await s3.PutObjectAsync(new PutObjectRequest { BucketName = "bucket", Key = "key" });
        var second = await s3.PutObjectAsync(new PutObjectRequest { BucketName = "bucket", Key = "key" });

        Assert.That(second.HttpStatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("nowhere")]
    [TestCase("127.0.0.1", Description = "no port")]
    public void Without_a_daemon_there_is_nothing_to_register(string? address)
    {
        environment["AWS_XRAY_DAEMON_ADDRESS"] = address;

        Assert.That(CallTracing.Over(environment.GetValueOrDefault, () => "", clock), Is.Null);
    }

    private AmazonS3Client S3(HttpStatusCode status) =>
        new(new BasicAWSCredentials("test", "test"), Config(new AmazonS3Config(), () => Answer(status, "")));

    private AmazonCodePipelineClient CodePipeline(HttpStatusCode status, string code) =>
        new(
            new BasicAWSCredentials("test", "test"),
            Config(
                new AmazonCodePipelineConfig(),
                () => Answer(status, $$"""{"__type": "{{code}}", "message": "{{Secret}}"}""")
            )
        );

    private HttpResponseMessage Answer(HttpStatusCode status, string body)
    {
        clock.Advance(TimeSpan.FromSeconds(1.5));
        var answer = new HttpResponseMessage(status) { Content = new StringContent(body) };
        answer.Headers.Add("x-amz-request-id", "request-1");
        answer.Headers.Add("x-amzn-RequestId", "request-1");
        return answer;
    }

    private static T Config<T>(T config, Func<HttpResponseMessage> answer)
        where T : ClientConfig
    {
        config.RegionEndpoint = RegionEndpoint.USEast1;
        config.MaxErrorRetry = 1;
        config.HttpClientFactory = new Made(answer);
        return config;
    }

    private sealed class Made(Func<HttpResponseMessage> answer) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new Handler(answer));

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;
    }

    private sealed class Handler(Func<HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        ) => Task.FromResult(answer());
    }
}
