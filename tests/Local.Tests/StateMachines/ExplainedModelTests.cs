using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Mlops.Local.StateMachines.Language;

namespace Mlops.Local.Tests.StateMachines;

/// <summary>Which model Clarify is told to explain: the baseline of the explainability monitor looks behind the endpoint.</summary>
public sealed class ExplainedModelTests
{
    private const string Config = """{"headers":["age"],"predictor":{"label":0}}""";

    [TestCase(
        """{"ModelName": "m", "InstanceType": "ml.g5.xlarge", "InitialInstanceCount": 4}""",
        "ml.g5.xlarge",
        Description = "on what it runs on in production, but on one of it"
    )]
    [TestCase(
        """{"ModelName": "m", "ServerlessConfig": {"MaxConcurrency": 1}}""",
        "InstanceType",
        Description = "a serverless endpoint has no instances: on the jobs' type, here the parameter's name"
    )]
    public async Task The_model_is_added_to_both_configurations(string variant, string instance)
    {
        var aws = new Endpoint(variant);

        await RunAsync(aws);

        Assert.That(
            aws.Written.Select(body => body.ToJsonString()),
            Is.EqualTo(
                Enumerable.Repeat(
                    $$$"""{"headers":["age"],"predictor":{"label":0,"model_name":"m","instance_type":"{{{instance}}}","initial_instance_count":"1"}}""",
                    2
                )
            )
        );
    }

    [Test]
    public void An_endpoint_without_a_model_of_its_own_fails_with_that() =>
        Assert.That(
            () => RunAsync(new Endpoint("""{"InstanceType": "ml.g5.xlarge"}""")),
            Throws.TypeOf<StateFailedException>().With.Message.StartsWith("NoModel: ")
        );

    private static Task<JsonNode?> RunAsync(Endpoint aws)
    {
        var states = Machines
            .OfBlueprints()
            .Single(machine =>
                machine.File.EndsWith("model-explainability-monitor/baseline.yaml", StringComparison.Ordinal)
            )
            .States.DeepClone()
            .AsObject();
        // The job itself is another test's.
        states["Baseline"] = new JsonObject
        {
            ["Type"] = "Pass",
            ["Result"] = new JsonObject(),
            ["ResultPath"] = "$.job",
            ["Next"] = "ReadMonitorConfig",
        };
        var definition = Definition.Parse(Machines.From("Endpoint", states));
        return new Interpreter(definition, aws, new FakeTimeProvider(), (_, _) => { }).RunAsync(
            new JsonObject(),
            [],
            CancellationToken.None
        );
    }

    private sealed class Endpoint(string variant) : ITasks
    {
        public List<JsonNode> Written { get; } = [];

        public Task<JsonNode?> RunAsync(string resource, JsonNode? parameters, CancellationToken cancellationToken)
        {
            var call = resource.Split(':')[^1];
            if (call == "putObject")
            {
                Written.Add(parameters!["Body"]!.DeepClone());
            }

            return Task.FromResult<JsonNode?>(
                call switch
                {
                    "describeEndpoint" => new JsonObject { ["EndpointConfigName"] = "c" },
                    "describeEndpointConfig" => new JsonObject
                    {
                        ["ProductionVariants"] = new JsonArray(JsonNode.Parse(variant)),
                    },
                    "getObject" => new JsonObject { ["Body"] = Config },
                    _ => new JsonObject(),
                }
            );
        }
    }
}
