using System.Text;
using System.Text.Json.Nodes;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;
using Amazon.Lambda.Serialization.SystemTextJson;

namespace Mlops.StandIns.Tests;

// The runtime's log takes the place of the console, and the trace id is an environment variable.
[NonParallelizable]
public sealed class LambdaRuntimeTests
{
    private const string Root = "/2018-06-01/runtime";
    private TextWriter _out = null!;
    private TextWriter _error = null!;
    private StringWriter _console = null!;

    [SetUp]
    public void Listen_to_the_console()
    {
        (_out, _error, _console) = (Console.Out, Console.Error, new StringWriter());
        Console.SetOut(_console);
        Console.SetError(_console);
    }

    [TearDown]
    public void Give_the_console_back()
    {
        Console.SetOut(_out);
        Console.SetError(_error);
        Environment.SetEnvironmentVariable("AWS_LAMBDA_LOG_FORMAT", null);
        Environment.SetEnvironmentVariable("_X_AMZN_TRACE_ID", null);
    }

    [Test]
    public async Task An_event_is_handled_answered_and_the_next_one_asked_for()
    {
        using var stop = new CancellationTokenSource();
        using var server = Events(stop, """{"path":"/a","body":"one"}""", """{"path":"/b","body":"two"}""");

        await RunAsync(
            server,
            (request, _) =>
                Task.FromResult(new APIGatewayProxyResponse { StatusCode = 200, Body = request.Path + request.Body }),
            stop.Token
        );

        Assert.That(
            server.Requests.Select(r => $"{r.Method} {r.Path} {r.Body}"),
            Is.EqualTo(
                new[]
                {
                    $"GET {Root}/invocation/next ",
                    $$"""POST {{Root}}/invocation/id-0/response {"statusCode":200,"body":"/aone","isBase64Encoded":false}""",
                    $"GET {Root}/invocation/next ",
                    $$"""POST {{Root}}/invocation/id-1/response {"statusCode":200,"body":"/btwo","isBase64Encoded":false}""",
                    $"GET {Root}/invocation/next ",
                }
            )
        );
        Assert.That(server.Requests[1].Header("Content-Type"), Is.EqualTo("application/json"));
    }

    [Test]
    public async Task The_context_tells_what_the_call_brought()
    {
        using var stop = new CancellationTokenSource();
        using var server = Events(stop, "{}");
        ILambdaContext? seen = null;
        var remaining = TimeSpan.Zero;
        string? trace = null;

        await RunAsync(
            server,
            (_, context) =>
            {
                (seen, remaining) = (context, context.RemainingTime);
                trace = Environment.GetEnvironmentVariable("_X_AMZN_TRACE_ID");
                return Task.FromResult(new APIGatewayProxyResponse());
            },
            stop.Token
        );

        Assert.That(seen!.AwsRequestId, Is.EqualTo("id-0"));
        Assert.That(seen.InvokedFunctionArn, Is.EqualTo("arn:aws:lambda:us-east-1:123456789012:function:f"));
        Assert.That(seen.TraceId, Is.EqualTo("Root=1-trace"));
        Assert.That(trace, Is.EqualTo("Root=1-trace"));
        Assert.That(remaining, Is.InRange(TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(30)));
        Assert.That(seen.Serializer, Is.Not.Null);
        Assert.That(seen.ClientContext.Client, Is.Null);
        Assert.That(seen.Identity.IdentityId, Is.Null);
    }

    [Test]
    public async Task A_handler_that_throws_is_reported_and_the_loop_goes_on()
    {
        using var stop = new CancellationTokenSource();
        using var server = Events(stop, """{"path":"/bad"}""", """{"path":"/good"}""");

        await RunAsync(
            server,
            (request, _) =>
                request.Path == "/bad"
                    ? throw new InvalidOperationException("because", new TimeoutException("of this"))
                    : Task.FromResult(new APIGatewayProxyResponse { StatusCode = 204 }),
            stop.Token
        );

        var report = server.Requests[1];
        var error = JsonNode.Parse(report.Body)!;
        Assert.That(report.Path, Is.EqualTo($"{Root}/invocation/id-0/error"));
        Assert.That(report.Header("Lambda-Runtime-Function-Error-Type"), Is.EqualTo("InvalidOperationException"));
        Assert.That(report.Header("Content-Type"), Is.EqualTo("application/vnd.aws.lambda.error+json"));
        Assert.That(error["errorType"]!.GetValue<string>(), Is.EqualTo("InvalidOperationException"));
        Assert.That(error["errorMessage"]!.GetValue<string>(), Is.EqualTo("because"));
        Assert.That(error["stackTrace"]!.AsArray(), Is.Not.Empty);
        Assert.That(error["cause"]!["errorMessage"]!.GetValue<string>(), Is.EqualTo("of this"));
        Assert.That(server.Requests[3].Path, Is.EqualTo($"{Root}/invocation/id-1/response"));
        Assert.That(_console.ToString(), Does.Contain("id-0\tfail\tSystem.InvalidOperationException: because"));
    }

    [Test]
    public async Task An_event_that_cannot_be_read_is_an_error_of_that_call()
    {
        using var stop = new CancellationTokenSource();
        using var server = Events(stop, "[not json");

        await RunAsync(server, (_, _) => throw new NotSupportedException("never called"), stop.Token);

        var error = JsonNode.Parse(server.Requests[1].Body)!;
        Assert.That(server.Requests[1].Path, Is.EqualTo($"{Root}/invocation/id-0/error"));
        Assert.That(error["errorType"]!.GetValue<string>(), Is.EqualTo("JsonSerializerException"));
    }

    [Test]
    public async Task A_failing_start_is_reported_and_ends_the_process()
    {
        using var server = LoopbackServer.Answering(new Answer(202, "{}"));
        using var bootstrap = Builder(server, (_, _) => throw new NotSupportedException("never called"))
            .UseBootstrapHandler(() => throw new InvalidOperationException("no settings"))
            .Build();

        var thrown = await Failure.Of<InvalidOperationException>(() => bootstrap.RunAsync());

        var report = server.Requests.Single();
        Assert.That(thrown.Message, Is.EqualTo("no settings"));
        Assert.That(report.Path, Is.EqualTo($"{Root}/init/error"));
        Assert.That(JsonNode.Parse(report.Body)!["errorMessage"]!.GetValue<string>(), Is.EqualTo("no settings"));
    }

    [Test]
    public async Task A_runtime_api_that_refuses_ends_the_loop_with_its_words()
    {
        using var server = LoopbackServer.Answering(new Answer(403, "not yours"));
        using var bootstrap = Builder(server, (_, _) => throw new NotSupportedException("never called")).Build();

        var thrown = await Failure.Of<RuntimeApiClientException>(() => bootstrap.RunAsync());

        Assert.That(thrown.StatusCode, Is.EqualTo(403));
        Assert.That(thrown.Response, Is.EqualTo("not yours"));
    }

    [Test]
    public async Task A_stream_goes_in_and_out_as_it_is()
    {
        using var stop = new CancellationTokenSource();
        using var server = Events(stop, "any bytes");

        using var bootstrap = LambdaBootstrapBuilder
            .Create(
                async (input, _) =>
                {
                    using var reader = new StreamReader(input);
                    return (Stream)
                        new MemoryStream(Encoding.UTF8.GetBytes((await reader.ReadToEndAsync()).ToUpperInvariant()));
                }
            )
            .ConfigureOptions(options => options.RuntimeApiEndpoint = server.Authority)
            .Build();
        await bootstrap.RunAsync(stop.Token);

        Assert.That(server.Requests[1].Body, Is.EqualTo("ANY BYTES"));
    }

    [TestCase(null, "^[0-9T:.-]+Z\tid-0\tinfo\tplain\n[0-9T:.-]+Z\tid-0\twarn\t2 of models\n$")]
    [TestCase("Unformatted", "^plain\n2 of models\n$")]
    public async Task Lines_are_written_in_the_format_of_the_environment(string? format, string expected)
    {
        Environment.SetEnvironmentVariable("AWS_LAMBDA_LOG_FORMAT", format);

        await LogAsync();

        Assert.That(_console.ToString(), Does.Match(expected));
    }

    [Test]
    public async Task Lines_in_json_carry_their_arguments()
    {
        Environment.SetEnvironmentVariable("AWS_LAMBDA_LOG_FORMAT", "JSON");

        await LogAsync();

        var line = JsonNode.Parse(_console.ToString().Split('\n')[1])!;
        Assert.That(line["level"]!.GetValue<string>(), Is.EqualTo("Warning"));
        Assert.That(line["requestId"]!.GetValue<string>(), Is.EqualTo("id-0"));
        Assert.That(line["message"]!.GetValue<string>(), Is.EqualTo("2 of models"));
        Assert.That(line["count"]!.GetValue<int>(), Is.EqualTo(2));
        Assert.That(line["what"]!.GetValue<string>(), Is.EqualTo("models"));
    }

    private static async Task LogAsync()
    {
        using var stop = new CancellationTokenSource();
        using var server = Events(stop, "{}");

        await RunAsync(
            server,
            (_, context) =>
            {
                Console.WriteLine("plain");
                context.Logger.LogDebug("below the level");
                context.Logger.LogWarning("{count} of {what}", 2, "models");
                return Task.FromResult(new APIGatewayProxyResponse());
            },
            stop.Token
        );
    }

    private static async Task RunAsync(
        LoopbackServer server,
        Func<APIGatewayProxyRequest, ILambdaContext, Task<APIGatewayProxyResponse>> handler,
        CancellationToken cancellationToken
    )
    {
        using var bootstrap = Builder(server, handler).Build();
        await bootstrap.RunAsync(cancellationToken);
    }

    private static LambdaBootstrapBuilder Builder(
        LoopbackServer server,
        Func<APIGatewayProxyRequest, ILambdaContext, Task<APIGatewayProxyResponse>> handler
    ) =>
        LambdaBootstrapBuilder
            .Create(handler, new SourceGeneratorLambdaJsonSerializer<LambdaTestJson>())
            .ConfigureOptions(options => options.RuntimeApiEndpoint = server.Authority);

    /// <summary>A runtime API with these events; when they are used up it stops the loop instead of answering.</summary>
    private static LoopbackServer Events(CancellationTokenSource stop, params string[] events)
    {
        var next = -1;

        return LoopbackServer.Answering(
            async (request, _) =>
            {
                if (request.Method == "POST")
                {
                    return new Answer(202, """{"status":"OK"}""");
                }

                if (++next >= events.Length)
                {
                    await stop.CancelAsync();
                    return new Answer(204, string.Empty);
                }

                return new Answer(200, events[next])
                {
                    Headers = new Dictionary<string, string>
                    {
                        ["Lambda-Runtime-Aws-Request-Id"] = $"id-{next}",
                        ["Lambda-Runtime-Trace-Id"] = "Root=1-trace",
                        ["Lambda-Runtime-Invoked-Function-Arn"] = "arn:aws:lambda:us-east-1:123456789012:function:f",
                        ["Lambda-Runtime-Deadline-Ms"] =
                            $"{DateTimeOffset.UtcNow.AddSeconds(30).ToUnixTimeMilliseconds()}",
                    },
                };
            }
        );
    }
}
