using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Mlops.Local.StateMachines.Language;
using YamlDotNet.RepresentationModel;

namespace Mlops.Local.Tests.StateMachines;

/// <summary>What the state machines of our blueprints make of a job that fails: of its description, the reason.</summary>
public sealed class JobFailureTests
{
    private const string Blueprints = "../../../../../blueprints";

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
    public void There_are_such_blueprints() =>
        Assert.That(
            Definitions().Select(found => found.Template),
            Is.SupersetOf((string[])["batch-transform", "model-training", "model-tuning"])
        );

    /// <summary>Autopilot's machine, from its first pause on.</summary>
    private static string Looking()
    {
        var states = StatesOf(Path.Combine(Folder, "autopilot-training", "template.yaml"))
            .OfType<JsonObject>()
            .Single();
        foreach (var before in (string[])["ReadParameters", "Start"])
        {
            states.Remove(before);
        }

        states["Describe"]!.AsObject().Remove("Retry");
        return new JsonObject { ["StartAt"] = "Wait", ["States"] = states.DeepClone() }.ToJsonString();
    }

    /// <summary>The machines that wait for a job of SageMaker's and look at its failure, from that job on.</summary>
    private static IEnumerable<(string Template, string Definition)> Definitions()
    {
        foreach (var file in Directory.EnumerateFiles(Folder, "*.yaml", SearchOption.AllDirectories).Order())
        {
            foreach (var states in StatesOf(file))
            {
                var job = (states as JsonObject ?? []).FirstOrDefault(state =>
                    $"{state.Value!["Resource"]}".Contains(":sagemaker:create", StringComparison.Ordinal)
                    && $"{state.Value!["Resource"]}".EndsWith(".sync", StringComparison.Ordinal)
                    && state.Value!["Catch"] is not null
                );
                if (job.Key is null)
                {
                    continue;
                }

                var task = job.Value!.AsObject();
                task.Remove("Parameters");
                task.Remove("Retry");
                var definition = new JsonObject { ["StartAt"] = job.Key, ["States"] = states!.DeepClone() };
                yield return (Path.GetFileName(Path.GetDirectoryName(file)!), definition.ToJsonString());
            }
        }
    }

    /// <summary>Of each resource of a template, the states that its definition has.</summary>
    private static IEnumerable<JsonNode?> StatesOf(string file)
    {
        using var text = new StreamReader(file);
        var yaml = new YamlStream();
        yaml.Load(text);
        var resources = (JsonObject)Json(yaml.Documents[0].RootNode["Resources"]);
        return [.. resources.Select(made => made.Value?["Properties"]?["Definition"]?["States"])];
    }

    private static string Folder => Path.GetFullPath(Blueprints, AppContext.BaseDirectory);

    private static JsonNode Json(YamlNode node) =>
        node switch
        {
            YamlMappingNode map => new JsonObject(
                map.Children.Select(child => KeyValuePair.Create(child.Key.ToString(), (JsonNode?)Json(child.Value)))
            ),
            YamlSequenceNode list => new JsonArray([.. list.Children.Select(item => (JsonNode?)Json(item))]),
            YamlScalarNode { Value: "true", Style: YamlDotNet.Core.ScalarStyle.Plain } => JsonValue.Create(true),
            _ => JsonValue.Create(((YamlScalarNode)node).Value ?? ""),
        };

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
