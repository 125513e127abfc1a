using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Mlops.Local.Api;
using Mlops.Local.Functions;
using Mlops.Local.Moto;
using Mlops.Local.Processes;

namespace Mlops.Local.Tests.Api;

public sealed class ApiFrontTests
{
    private const string Body = """
        {
          "openapi": "3.0.1",
          "info": { "title": "t", "version": "1" },
          "x-amazon-apigateway-request-validators": { "body": { "validateRequestBody": true, "validateRequestParameters": false } },
          "x-amazon-apigateway-binary-media-types": ["application/zip"],
          "x-amazon-apigateway-gateway-responses": {
            "BAD_REQUEST_BODY": {
              "statusCode": "400",
              "responseParameters": { "gatewayresponse.header.Content-Type": "'application/problem+json'" },
              "responseTemplates": { "application/json": "{\"message\":$context.error.messageString,\"instance\":\"$context.requestId\",\"path\":\"$context.path\"}" }
            },
            "DEFAULT_5XX": { "responseTemplates": { "application/json": "{\"oops\":\"$context.error.responseType\"}" } }
          },
          "paths": {
            "/provisionpipeline": {
              "post": {
                "x-amazon-apigateway-request-validator": "body",
                "requestBody": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Any" } } } },
                "x-amazon-apigateway-integration": { "type": "aws_proxy", "httpMethod": "POST", "uri": "arn" }
              }
            },
            "/pipelines/{name}": { "get": { "x-amazon-apigateway-integration": { "type": "AWS_PROXY" } } },
            "/pipelines/all": { "get": { "x-amazon-apigateway-integration": { "type": "AWS_PROXY" } } },
            "/files/{proxy+}": { "x-amazon-apigateway-any-method": { "x-amazon-apigateway-integration": { "type": "AWS_PROXY" } } }
          },
          "components": { "schemas": { "Any": { "type": "object" } } }
        }
        """;

    private readonly Answering function = new();
    private TemporaryFolder folder = null!;
    private MotoServer moto = null!;
    private ApiFront front = null!;
    private HttpClient http = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        folder = new TemporaryFolder();
        moto = await LocalMoto.StartAsync(folder);
        front = await ApiFront.StartAsync(Options(Body), function, TimeProvider.System, CancellationToken.None);
        http = new HttpClient { BaseAddress = new Uri($"{front.Address}/") };
    }

    [OneTimeTearDown]
    public async Task End()
    {
        http.Dispose();
        await front.DisposeAsync();
        await moto.DisposeAsync();
        folder.Dispose();
    }

    [SetUp]
    public void Forget() => function.Answer = new FunctionAnswer("""{"statusCode":200,"body":"{}"}""", IsError: false);

    [Test]
    public async Task A_request_becomes_the_event_of_a_proxy_integration()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "pipelines/my%2Fpipe%20line?page=1&page=2&all");
        request.Headers.Add("X-Custom", "yes");

        await http.SendAsync(request);

        var context = function.Event["requestContext"]!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)function.Event["resource"], Is.EqualTo("/pipelines/{name}"));
            Assert.That((string?)function.Event["path"], Is.EqualTo("/pipelines/my%2Fpipe%20line"));
            Assert.That((string?)function.Event["httpMethod"], Is.EqualTo("GET"));
            Assert.That((string?)function.Event["headers"]!["X-Custom"], Is.EqualTo("yes"));
            Assert.That(function.Event["pathParameters"]!.ToJsonString(), Is.EqualTo("""{"name":"my/pipe line"}"""));
            Assert.That(
                function.Event["queryStringParameters"]!.ToJsonString(),
                Is.EqualTo("""{"page":"2","all":""}""")
            );
            Assert.That(
                function.Event["multiValueQueryStringParameters"]!.ToJsonString(),
                Is.EqualTo("""{"page":["1","2"],"all":[""]}""")
            );
            Assert.That(function.Event["body"], Is.Null);
            Assert.That((bool?)function.Event["isBase64Encoded"], Is.False);
            Assert.That((string?)context["path"], Is.EqualTo("/prod/pipelines/my%2Fpipe%20line"));
            Assert.That((string?)context["stage"], Is.EqualTo("prod"));
            Assert.That((string?)context["resourcePath"], Is.EqualTo("/pipelines/{name}"));
            Assert.That((string?)context["identity"]!["sourceIp"], Is.EqualTo("127.0.0.1"));
            Assert.That((string?)context["identity"]!["userArn"], Is.EqualTo("unsigned (local)"));
        }
    }

    [Test]
    public async Task A_signed_caller_is_named_by_his_ARN()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "pipelines/p");
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "AWS4-HMAC-SHA256",
            "Credential=AKIAIOSFODNN7EXAMPLE/20261123/us-east-1/execute-api/aws4_request, SignedHeaders=host, Signature=0"
        );

        await http.SendAsync(request);

        var identity = function.Event["requestContext"]!["identity"]!;
        Assert.That((string?)identity["userArn"], Is.EqualTo("arn:aws:sts::123456789012:user/moto"));
        Assert.That((string?)identity["accountId"], Is.EqualTo("123456789012"));
        Assert.That((string?)identity["accessKey"], Is.EqualTo("AKIAIOSFODNN7EXAMPLE"));
    }

    [TestCase("pipelines/all", "/pipelines/all", Description = "a literal before a parameter")]
    [TestCase("pipelines/other", "/pipelines/{name}")]
    [TestCase("files/a/b/c", "/files/{proxy+}", Description = "greedy")]
    public async Task The_most_specific_route_takes(string path, string route)
    {
        await http.GetAsync(path);

        Assert.That((string?)function.Event["resource"], Is.EqualTo(route));
    }

    [TestCase(
        "GET",
        "provisionpipeline",
        "Missing Authentication Token",
        Description = "a method that is not declared"
    )]
    [TestCase("GET", "nothing/here", "Missing Authentication Token", Description = "a path that is not declared")]
    [TestCase("GET", "/test/provisionpipeline", "Forbidden", Description = "a stage that is not deployed")]
    public async Task What_is_not_declared_is_refused_as_API_Gateway_does(string method, string path, string message)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var answer = await http.SendAsync(request);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await answer.Content.ReadAsStringAsync(), Is.EqualTo($$"""{"message":"{{message}}"}"""));
    }

    [TestCase("", Description = "empty")]
    [TestCase("[]")]
    [TestCase("\"text\"")]
    [TestCase("{\"a\":1", Description = "cut off")]
    [TestCase("{} {}", Description = "two objects")]
    public async Task A_body_that_is_no_object_is_refused_in_the_declared_form(string body)
    {
        using var answer = await PostAsync(body);

        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(answer.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/problem+json"));
        Assert.That((string?)problem["message"], Is.EqualTo("Invalid request body"));
        Assert.That((string?)problem["path"], Is.EqualTo("/prod/provisionpipeline"));
        Assert.That((string?)problem["instance"], Is.EqualTo(answer.Headers.GetValues("x-amzn-RequestId").Single()));
    }

    [Test]
    public async Task A_body_of_any_depth_reaches_the_function_untouched()
    {
        var body = string.Concat(Enumerable.Repeat("{\"a\":", 20_000)) + "1" + new string('}', 20_000);

        using var answer = await PostAsync(body);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((string?)function.Event["body"], Is.EqualTo(body));
    }

    [TestCase(10 * 1024 * 1024, Description = "over API Gateway's limit")]
    [TestCase(7 * 1024 * 1024, Description = "over what Lambda takes")]
    public async Task A_body_that_is_too_large_is_refused(int size)
    {
        using var answer = await PostAsync($"{{\"a\":\"{new string('x', size)}\"}}");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
        Assert.That(await answer.Content.ReadAsStringAsync(), Is.EqualTo("""{"message":"Request Entity Too Large"}"""));
    }

    [Test]
    public async Task A_declared_binary_type_is_handed_over_in_base64()
    {
        using var content = new ByteArrayContent([0, 255, 128]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/zip");

        await http.PutAsync("files/x", content);

        Assert.That((bool?)function.Event["isBase64Encoded"], Is.True);
        Assert.That((string?)function.Event["body"], Is.EqualTo("AP+A"));
    }

    [Test]
    public async Task The_functions_answer_is_sent_as_it_is()
    {
        function.Answer = new FunctionAnswer(
            """
            {"statusCode":409,"headers":{"content-type":"application/problem+json","X-One":"1"},
             "multiValueHeaders":{"x-one":["2","3"]},"body":"R3LDvMOfZQ==","isBase64Encoded":true}
            """,
            IsError: false
        );

        using var answer = await http.GetAsync("pipelines/p");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That(answer.Content.Headers.ContentType!.ToString(), Is.EqualTo("application/problem+json"));
        Assert.That(answer.Headers.GetValues("X-One"), Is.EqualTo(new[] { "2", "3" }));
        Assert.That(await answer.Content.ReadAsStringAsync(), Is.EqualTo("Grüße"));
    }

    [TestCase("""{"errorType":"Oops"}""", true, Description = "the function failed")]
    [TestCase("\"hello\"", false, Description = "no object")]
    [TestCase("""{"body":"x"}""", false, Description = "no status")]
    public async Task A_wrong_answer_of_the_function_is_the_declared_502(string payload, bool isError)
    {
        function.Answer = new FunctionAnswer(payload, isError);

        using var answer = await http.GetAsync("pipelines/p");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadGateway));
        Assert.That(await answer.Content.ReadAsStringAsync(), Is.EqualTo("""{"oops":"API_CONFIGURATION_ERROR"}"""));
    }

    [Test]
    public async Task A_function_that_takes_too_long_is_a_504()
    {
        await using var hasty = await ApiFront.StartAsync(
            Options(Body) with
            {
                IntegrationTimeout = TimeSpan.FromMilliseconds(50),
            },
            new Silent(),
            TimeProvider.System,
            CancellationToken.None
        );

        using var answer = await http.GetAsync(new Uri($"{hasty.Address}/pipelines/p"));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.GatewayTimeout));
    }

    [TestCase("not json", "The declared RestApi Body is not an OpenAPI document in JSON.")]
    [TestCase("{}", "The declared RestApi Body is not an OpenAPI document in JSON.")]
    [TestCase(
        """{"paths":{"/a":{"get":{"x-amazon-apigateway-integration":{"type":"mock"}}}}}""",
        "GET /a has an integration of type mock; local carries out aws_proxy."
    )]
    [TestCase(
        """{"paths":{},"x-amazon-apigateway-gateway-responses":{"THROTTLED":{"responseTemplates":{"application/json":"$context.wafResponseCode"}}}}""",
        "Gateway response THROTTLED uses $context.wafResponseCode, which local does not know."
    )]
    public void What_local_does_not_carry_out_is_an_error_at_the_start(string body, string message)
    {
        Assert.That(
            async () => await ApiFront.StartAsync(Options(body), function, TimeProvider.System, CancellationToken.None),
            Throws.TypeOf<StartFailedException>().With.Message.EqualTo(message)
        );
    }

    private Task<HttpResponseMessage> PostAsync(string body) =>
        http.PostAsync("provisionpipeline", new StringContent(body, Encoding.UTF8, "application/json"));

    private ApiFrontOptions Options(string body) =>
        new()
        {
            Body = body,
            Stage = "prod",
            FunctionName = "mlops-dev-orchestrator",
            ApiId = "local00000",
            AccountId = "123456789012",
            Region = "us-east-1",
            AwsEndpoint = moto.Endpoint,
        };

    private sealed class Answering : IFunctionInvoker
    {
        public FunctionAnswer Answer { get; set; } = new("", IsError: false);

        public JsonNode Event { get; private set; } = new JsonObject();

        public Task<FunctionAnswer> InvokeAsync(
            string functionName,
            string payload,
            CancellationToken cancellationToken
        )
        {
            Event = JsonNode.Parse(payload)!;
            return Task.FromResult(Answer);
        }
    }

    private sealed class Silent : IFunctionInvoker
    {
        public Task<FunctionAnswer> InvokeAsync(
            string functionName,
            string payload,
            CancellationToken cancellationToken
        ) => new TaskCompletionSource<FunctionAnswer>().Task;
    }
}
