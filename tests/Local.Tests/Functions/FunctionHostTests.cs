using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Mlops.Local.Functions;
using Mlops.Local.Processes;

namespace Mlops.Local.Tests.Functions;

public sealed class FunctionHostTests
{
    private TemporaryFolder folder = null!;
    private FunctionHost host = null!;

    [SetUp]
    public void Start()
    {
        folder = new TemporaryFolder();
        host = Host();
    }

    [TearDown]
    public async Task End()
    {
        await host.DisposeAsync();
        folder.Dispose();
    }

    [Test]
    public async Task A_function_gets_the_event_and_its_answer_comes_back()
    {
        host.Register(ScriptedFunction.Declare(folder.Path, "echo"));

        var answer = await host.InvokeAsync("echo", """{"name":"Grüße"}""", Soon());

        Assert.That(answer, Is.EqualTo(new FunctionAnswer("""{"name":"Grüße"}""", IsError: false)));
    }

    [Test]
    public async Task One_process_serves_one_event_after_the_other()
    {
        host.Register(ScriptedFunction.Declare(folder.Path, "steady"));

        var first = await PidAsync("steady", "pid");
        var second = await PidAsync("steady", "pid");

        Assert.That(second.Pid, Is.EqualTo(first.Pid));
        Assert.That(second.Served, Is.EqualTo(2));
    }

    [Test]
    public async Task Two_events_at_once_are_served_by_two_processes()
    {
        host.Register(ScriptedFunction.Declare(folder.Path, "busy"));

        var both = await Task.WhenAll(PidAsync("busy", "slow"), PidAsync("busy", "slow"));

        Assert.That(both[0].Pid, Is.Not.EqualTo(both[1].Pid));
    }

    [Test]
    public async Task A_call_beyond_the_limit_waits_for_a_free_process()
    {
        await using var small = Host(maximumConcurrency: 1);
        small.Register(ScriptedFunction.Declare(folder.Path, "narrow"));

        var calls = await Task.WhenAll(
            Enumerable.Range(0, 3).Select(_ => small.InvokeAsync("narrow", "\"pid\"", Soon()))
        );

        Assert.That(
            calls.Select(call => JsonNode.Parse(call.Payload)!["pid"]!.GetValue<int>()).Distinct(),
            Has.Exactly(1).Items
        );
    }

    [Test]
    public async Task The_environment_is_what_Lambda_sets_and_what_is_declared_and_nothing_of_ours()
    {
        Environment.SetEnvironmentVariable("MLOPS_TEST_LEAK", "leaked");
        host.Register(
            ScriptedFunction.Declare(folder.Path, "env") with
            {
                Environment = new Dictionary<string, string> { ["MLOPS_DEPLOYMENT_NAME"] = "mlops-dev" },
                MemorySize = 512,
            }
        );

        var variables = (await host.InvokeAsync("env", "\"variables\"", Soon())).Payload;

        Assert.That(variables, Does.Contain("MLOPS_DEPLOYMENT_NAME=mlops-dev "));
        Assert.That(variables, Does.Contain("AWS_ENDPOINT_URL=http://127.0.0.1:4580 "));
        Assert.That(variables, Does.Contain("AWS_LAMBDA_FUNCTION_NAME=env "));
        Assert.That(variables, Does.Contain("AWS_LAMBDA_FUNCTION_MEMORY_SIZE=512 "));
        Assert.That(variables, Does.Contain("AWS_LAMBDA_LOG_GROUP_NAME=/aws/lambda/env "));
        Assert.That(variables, Does.Contain("AWS_REGION=us-east-1 "));
        Assert.That(variables, Does.Not.Contain("leaked"));
    }

    [TestCase(
        "crash",
        "Runtime exited with error: exit status 7",
        Description = "the process ends by itself while it has the event"
    )]
    [TestCase("die", "Runtime exited with error: signal 9", Description = "the process is killed")]
    public async Task An_end_of_the_process_is_the_answer_and_the_next_event_gets_a_new_one(
        string @event,
        string reason
    )
    {
        host.Register(ScriptedFunction.Declare(folder.Path, "fragile"));

        var answer = await host.InvokeAsync("fragile", $"\"{@event}\"", Soon());
        var next = await PidAsync("fragile", "pid");

        Assert.That(answer.IsError, Is.True);
        Assert.That(Error(answer).Type, Is.EqualTo("Runtime.ExitError"));
        Assert.That(Error(answer).Message, Does.EndWith($"Error: {reason}"));
        Assert.That(next.Served, Is.EqualTo(1));
    }

    [Test]
    public async Task A_process_that_ends_between_two_events_costs_no_event()
    {
        host.Register(ScriptedFunction.Declare(folder.Path, "leaver"));

        var last = await host.InvokeAsync("leaver", "\"once\"", Soon());
        var next = await PidAsync("leaver", "pid");

        Assert.That(last, Is.EqualTo(new FunctionAnswer("\"last words\"", IsError: false)));
        Assert.That(next.Served, Is.EqualTo(1));
    }

    [Test]
    public async Task A_function_that_takes_too_long_is_killed_and_the_answer_says_so()
    {
        host.Register(ScriptedFunction.Declare(folder.Path, "sleepy") with { Timeout = TimeSpan.FromSeconds(1) });

        var answer = await host.InvokeAsync("sleepy", "\"hang\"", Soon());

        Assert.That(answer.IsError, Is.True);
        Assert.That(Error(answer).Type, Is.EqualTo("Sandbox.Timedout"));
        Assert.That(Error(answer).Message, Does.EndWith("Error: Task timed out after 1.00 seconds"));
        Assert.That(await File.ReadAllTextAsync(folder["logs/sleepy.log"]), Does.Contain("Task timed out"));
    }

    [Test]
    public async Task An_error_that_the_function_reports_is_the_answer_and_the_process_stays()
    {
        host.Register(ScriptedFunction.Declare(folder.Path, "frank"));

        var before = await PidAsync("frank", "pid");
        var answer = await host.InvokeAsync("frank", "\"fail\"", Soon());
        var after = await PidAsync("frank", "pid");

        Assert.That(
            answer,
            Is.EqualTo(new FunctionAnswer("""{"errorType":"Oops","errorMessage":"no"}""", IsError: true))
        );
        Assert.That(after, Is.EqualTo((before.Pid, 3)));
    }

    [TestCase("refuse", "Config", "MLOPS_X is missing")]
    [TestCase("exit", "Runtime.ExitError", "exit status 3")]
    public async Task A_function_that_cannot_start_answers_with_the_reason(string start, string type, string reason)
    {
        host.Register(
            ScriptedFunction.Declare(folder.Path, "broken") with
            {
                Environment = new Dictionary<string, string> { ["START"] = start },
            }
        );

        var answer = await host.InvokeAsync("broken", "{}", Soon());

        Assert.That(answer.IsError, Is.True);
        Assert.That(Error(answer).Type, Is.EqualTo(type));
        Assert.That(Error(answer).Message, Does.EndWith(reason));
    }

    [Test]
    public async Task An_answer_over_six_megabytes_is_refused()
    {
        host.Register(ScriptedFunction.Declare(folder.Path, "talker"));

        var answer = await host.InvokeAsync("talker", "\"large\"", Soon());

        Assert.That(Error(answer).Type, Is.EqualTo("Function.ResponseSizeTooLarge"));
        Assert.That(
            Error(answer).Message,
            Is.EqualTo("Response payload size exceeded maximum allowed payload size (6291556 bytes).")
        );
    }

    [Test]
    public async Task What_a_function_prints_is_in_its_log()
    {
        host.Register(ScriptedFunction.Declare(folder.Path, "chatty"));

        await host.InvokeAsync("chatty", "{}", Soon());

        var log = await File.ReadAllTextAsync(folder["logs/chatty.log"]);
        Assert.That(log, Does.Match("START RequestId: (?<id>[0-9a-f-]+) Version"));
        Assert.That(log, Does.Contain("serving "));
        Assert.That(log, Does.Contain("REPORT RequestId: "));
    }

    [Test]
    public async Task Nothing_runs_after_the_host_is_disposed()
    {
        host.Register(ScriptedFunction.Declare(folder.Path, "mortal"));
        var (pid, _) = await PidAsync("mortal", "pid");

        await host.DisposeAsync();

        Assert.That(() => Process.GetProcessById(pid), Throws.ArgumentException);
    }

    [Test]
    public void An_unknown_function_is_named_with_the_known_ones()
    {
        host.Register(ScriptedFunction.Declare(folder.Path, "known"));

        Assert.That(
            async () => await host.InvokeAsync("unknown", "{}", Soon()),
            Throws
                .TypeOf<KeyNotFoundException>()
                .With.Message.EqualTo("There is no function unknown; there are: known.")
        );
    }

    [Test]
    public void A_zip_that_is_not_the_declared_one_is_refused()
    {
        var function = ScriptedFunction.Declare(folder.Path, "other") with { SourceCodeHash = "AAAA" };

        Assert.That(
            () => host.Register(function),
            Throws.TypeOf<StartFailedException>().With.Message.Contains("declares SourceCodeHash AAAA")
        );
    }

    [TestCase("python3.13", "bootstrap", "runtime python3.13")]
    [TestCase("dotnet10", "Mlops.Missing", "has no Mlops.Missing.dll")]
    public void A_package_that_cannot_run_here_is_refused(string runtime, string handler, string reason)
    {
        var function = ScriptedFunction.Declare(folder.Path, "foreign") with { Runtime = runtime, Handler = handler };

        Assert.That(() => host.Register(function), Throws.TypeOf<StartFailedException>().With.Message.Contains(reason));
    }

    [Test]
    public void A_variable_that_Lambda_reserves_is_refused()
    {
        var function = ScriptedFunction.Declare(folder.Path, "greedy") with
        {
            Environment = new Dictionary<string, string> { ["AWS_REGION"] = "eu-west-1" },
        };

        Assert.That(
            () => host.Register(function),
            Throws.TypeOf<StartFailedException>().With.Message.Contains("declares AWS_REGION")
        );
    }

    [Test]
    public async Task A_failing_event_is_tried_again_after_a_minute_and_then_two()
    {
        var clock = new FakeTimeProvider();
        await using var patient = Host(clock: clock);
        patient.Register(ScriptedFunction.Declare(folder.Path, "again") with { Timeout = TimeSpan.FromHours(1) });

        var last = patient.InvokeEventAsync("arn:aws:lambda:us-east-1:123456789012:function:again", "\"fail\"");
        await AttemptsAsync(1);
        clock.Advance(TimeSpan.FromMinutes(1));
        await AttemptsAsync(2);
        clock.Advance(TimeSpan.FromMinutes(2));
        await AttemptsAsync(3);

        Assert.That((await last).IsError, Is.True);
        Assert.That(await File.ReadAllTextAsync(folder["logs/again.log"]), Does.Contain("given up after 3 attempt(s)"));

        async Task AttemptsAsync(int count)
        {
            for (var wait = 0; wait < 200; wait++)
            {
                await Task.Delay(50);
                if ((await File.ReadAllTextAsync(folder["logs/again.log"])).Split("REPORT").Length > count)
                {
                    return;
                }
            }

            Assert.Fail($"There was no attempt {count}.");
        }
    }

    private static CancellationToken Soon() => new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;

    private static (string? Type, string? Message) Error(FunctionAnswer answer)
    {
        var error = JsonNode.Parse(answer.Payload)!;
        return ((string?)error["errorType"], (string?)error["errorMessage"]);
    }

    private async Task<(int Pid, int Served)> PidAsync(string function, string @event)
    {
        var answer = JsonNode.Parse((await host.InvokeAsync(function, $"\"{@event}\"", Soon())).Payload)!;
        return (answer["pid"]!.GetValue<int>(), answer["served"]!.GetValue<int>());
    }

    private FunctionHost Host(int maximumConcurrency = 8, TimeProvider? clock = null) =>
        new(
            new FunctionHostOptions
            {
                WorkDirectory = folder.Path,
                LogDirectory = folder["logs"],
                AwsEndpoint = new Uri("http://127.0.0.1:4580"),
                Region = "us-east-1",
                AccountId = "123456789012",
                SearchPath = Environment.GetEnvironmentVariable("PATH")!,
                MaximumConcurrency = maximumConcurrency,
            },
            clock ?? TimeProvider.System
        );
}
