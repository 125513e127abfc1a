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

    [Test]
    public void There_are_such_blueprints() =>
        Assert.That(
            Definitions().Select(found => found.Template),
            Is.SupersetOf((string[])["batch-transform", "model-training", "model-tuning"])
        );

    /// <summary>The machines that wait for a job of SageMaker's and look at its failure, from that job on.</summary>
    private static IEnumerable<(string Template, string Definition)> Definitions()
    {
        foreach (var file in Directory.EnumerateFiles(Folder, "*.yaml", SearchOption.AllDirectories).Order())
        {
            using var text = new StreamReader(file);
            var yaml = new YamlStream();
            yaml.Load(text);
            var resources = (JsonObject)Json(yaml.Documents[0].RootNode["Resources"]);
            foreach (var states in resources.Select(made => made.Value?["Properties"]?["Definition"]?["States"]))
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
}
