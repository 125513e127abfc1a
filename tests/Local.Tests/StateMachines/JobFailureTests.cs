using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Mlops.Local.StateMachines.Language;

namespace Mlops.Local.Tests.StateMachines;

/// <summary>What the state machines of our blueprints make of a job that fails: of its description, the reason.</summary>
public sealed class JobFailureTests
{
    [TestCase(
        "States.TaskFailed",
        """{"JobStatus": "Failed", "FailureReason": "AlgorithmError: no \"label\""}""",
        "JobFailed: AlgorithmError: no \"label\"",
        Description = "the description of the job is the cause of a task that waits for it"
    )]
    [TestCase("States.TaskFailed", """{"JobStatus": "Stopped"}""", "JobStopped: The job was stopped before its end.")]
    [TestCase("SageMaker.ValidationException", "no such bucket", "SageMaker.ValidationException: no such bucket")]
    [TestCase("States.Timeout", "", "States.Timeout: ")]
    public void The_reason_is_what_the_execution_fails_with(string error, string cause, string expected)
    {
        Assert.Multiple(() =>
        {
            foreach (var (template, definition) in Definitions())
            {
                var interpreter = new Interpreter(
                    Definition.Parse(definition),
                    new Failing(error, cause),
                    new FakeTimeProvider(),
                    (_, _) => { }
                );

                Assert.That(
                    () => interpreter.RunAsync(new JsonObject(), [], CancellationToken.None),
                    Throws.TypeOf<StateFailedException>().With.Message.EqualTo(expected),
                    template
                );
            }
        });
    }

    [TestCase("Completed", null, null)]
    [TestCase("Failed", "too few rows", "JobFailed: too few rows")]
    [TestCase("Failed", null, "JobStopped: The job was stopped before its end.")]
    [TestCase("Stopped", null, "JobStopped: The job was stopped before its end.")]
    public async Task A_job_that_nothing_waits_for_is_looked_at_until_its_end(
        string status,
        string? reason,
        string? expected
    )
    {
        var definition = Definition.Parse(Looking());
        var clock = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromSeconds(1) };
        var looks = 0;
        var tasks = new Told(() =>
            ++looks < 3 ? new JsonObject { ["AutoMLJobStatus"] = "InProgress" }
            : reason is null ? new JsonObject { ["AutoMLJobStatus"] = status }
            : new JsonObject { ["AutoMLJobStatus"] = status, ["FailureReason"] = reason }
        );
        var started = clock.GetUtcNow();

        var run = new Interpreter(definition, tasks, clock, (_, _) => { }).RunAsync(
            new JsonObject
            {
                ["name"] = "job",
                ["pause"] = new JsonObject { ["seconds"] = 60 },
            },
            [],
            CancellationToken.None
        );
        while (!run.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.That(looks, Is.EqualTo(3));
        Assert.That(clock.GetUtcNow() - started, Is.GreaterThanOrEqualTo(TimeSpan.FromSeconds(60 + 62 + 64)));
        Assert.That(
            run.Exception?.InnerException is StateFailedException failure ? failure.Message : null,
            Is.EqualTo(expected)
        );
    }

    [Test]
    public void Every_state_that_waits_for_a_job_is_one_whose_failure_is_looked_at() =>
        Assert.That(
            from machine in Machines.OfBlueprints()
            from state in machine.States
            where $"{state.Value!["Resource"]}".EndsWith(".sync", StringComparison.Ordinal)
            where state.Value!["Catch"] is null
            select $"{machine.File}: {state.Key}",
            Is.Empty
        );

    [Test]
    public void There_are_such_blueprints() =>
        Assert.That(
            Definitions().Select(found => found.Template),
            Is.SupersetOf((string[])["batch-transform", "data-quality-monitor", "model-training", "model-tuning"])
        );

    /// <summary>Autopilot's machine, from its first pause on.</summary>
    private static string Looking()
    {
        var states = Machines.OfBlueprint("autopilot-training");
        foreach (var before in (string[])["ReadParameters", "Start"])
        {
            states.Remove(before);
        }

        states["Describe"]!.AsObject().Remove("Retry");
        return Machines.From("Wait", states);
    }

    /// <summary>The machines that wait for a job of SageMaker's, from that job on.</summary>
    private static IEnumerable<(string Template, string Definition)> Definitions()
    {
        foreach (var (file, states) in Machines.OfBlueprints())
        {
            var job = states.FirstOrDefault(state =>
                $"{state.Value!["Resource"]}".Contains(":sagemaker:create", StringComparison.Ordinal)
                && $"{state.Value!["Resource"]}".EndsWith(".sync", StringComparison.Ordinal)
            );
            if (job.Key is null)
            {
                continue;
            }

            var task = job.Value!.AsObject();
            task.Remove("Parameters");
            task.Remove("Retry");
            yield return (Path.GetFileName(Path.GetDirectoryName(file)!), Machines.From(job.Key, states));
        }
    }

    private sealed class Failing(string error, string cause) : ITasks
    {
        public Task<JsonNode?> RunAsync(string resource, JsonNode? parameters, CancellationToken cancellationToken) =>
            Task.FromException<JsonNode?>(new StateFailedException(error, cause));
    }

    private sealed class Told(Func<JsonNode> answer) : ITasks
    {
        public Task<JsonNode?> RunAsync(string resource, JsonNode? parameters, CancellationToken cancellationToken) =>
            Task.FromResult<JsonNode?>(answer());
    }
}
