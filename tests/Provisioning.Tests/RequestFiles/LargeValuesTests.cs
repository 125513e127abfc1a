using System.Text;
using System.Text.Json.Nodes;
using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Requests;
using Mlops.Provisioning.Tests.Fakes;
using Mlops.Provisioning.Tests.Packaging;

namespace Mlops.Provisioning.Tests.RequestFiles;

/// <summary>Values that no CloudFormation parameter can hold: files in the assets bucket, and the parameters are their keys.</summary>
public sealed class LargeValuesTests
{
    private const string Place = "^mlops_request_files/[0-9a-f]{64}/";
    private const int ParameterLimit = 4_096;

    [Test]
    public async Task Hyperparameters_that_fit_are_the_parameter_and_one_byte_more_is_a_file()
    {
        var room = ParameterLimit - """{"a":"","b":""}""".Length;
        var fits = await ProvisionAsync(Training(Named(("a", 2_000), ("b", room - 2_000))));
        var tooLong = await ProvisionAsync(Training(Named(("a", 2_000), ("b", room - 1_999))));

        Assert.That(Parameter(fits, "model_training", "AlgoHyperparameteres"), Has.Length.EqualTo(ParameterLimit));
        Assert.That(fits.Assets, Is.Empty);
        Assert.That(
            Parameter(tooLong, "model_training", "AlgoHyperparameteres"),
            Does.Match($"{Place}AlgoHyperparameteres.json$")
        );
    }

    [Test]
    public async Task The_file_has_what_the_parameter_would_have_had_and_is_there_before_the_package()
    {
        var parameters = Named(("a", 2_500), ("b", 2_500));
        parameters["number"] = 0.5;

        var aws = await ProvisionAsync(Training(parameters));

        var content = JsonNode.Parse(aws.Assets[Parameter(aws, "model_training", "AlgoHyperparameteres")])!;
        Assert.That((string?)content["a"], Is.EqualTo(new string('a', 2_500)));
        Assert.That((string?)content["number"], Is.EqualTo("0.5"));
        Assert.That(
            aws.Calls.Where(call => call is "PutFile" or "Put" or "Create"),
            Is.EqualTo((string[])["PutFile", "Put", "Create"])
        );
    }

    [Test]
    public async Task What_a_tuner_is_told_may_be_three_files()
    {
        var request = Example("model-tuning", "model_tuner_builtin");
        request["algo_hyperparamaters"] = Named(("a", 2_500), ("b", 2_500));
        request["hyperparamaters_ranges"] = new JsonObject(
            Enumerable
                .Range(0, 30)
                .Select(index =>
                    KeyValuePair.Create(
                        $"{new string('n', 200)}{index}",
                        JsonNode.Parse("""["continuous", [0.1, 0.5]]""")
                    )
                )
        );
        request["tuner_configs"]!["metric_definitions"] = new JsonArray([
            .. Enumerable
                .Range(0, 40)
                .Select(index => (JsonNode)new JsonObject { ["Name"] = $"m{index}", ["Regex"] = new string('r', 200) }),
        ]);

        var aws = await ProvisionAsync(request);

        foreach (var name in (string[])["AlgoHyperparameteres", "AlgoHyperparameteresRange", "MetricDefinitions"])
        {
            Assert.That(Parameter(aws, "model_tuner", name), Does.Match($"{Place}{name}.json$"));
        }

        Assert.That(Parameter(aws, "model_tuner", "HyperparametersTunerConfig"), Does.StartWith("{\"Strategy\""));
        var ranges = JsonNode.Parse(aws.Assets[Parameter(aws, "model_tuner", "AlgoHyperparameteresRange")])!;
        Assert.That(
            ranges["ParameterRanges"]!["ContinuousParameterRanges"]!.AsArray(),
            Has.Count.EqualTo(30),
            "what SageMaker takes, not what the client wrote"
        );
    }

    [Test]
    public async Task Another_value_is_another_file_and_another_job_name()
    {
        var one = await ProvisionAsync(Training(Named(("a", 2_500), ("b", 2_499))));
        var other = await ProvisionAsync(Training(Named(("a", 2_500), ("b", 2_498))));
        var again = await ProvisionAsync(Training(Named(("a", 2_500), ("b", 2_499))));

        foreach (var name in (string[])["AlgoHyperparameteres", "JobName"])
        {
            Assert.That(
                Parameter(other, "model_training", name),
                Is.Not.EqualTo(Parameter(one, "model_training", name))
            );
            Assert.That(Parameter(again, "model_training", name), Is.EqualTo(Parameter(one, "model_training", name)));
        }
    }

    [Test]
    public void What_a_state_machine_cannot_read_is_refused()
    {
        var request = Training(
            new JsonObject(
                Enumerable
                    .Range(0, 10)
                    .Select(index => KeyValuePair.Create($"n{index}", (JsonNode?)new string('v', 2_500)))
            )
        );

        Assert.That(
            Judged.By(request.ToJsonString()).Findings.Single().ToString(),
            Is.EqualTo("MLP016 /algo_hyperparamaters: \"algo_hyperparamaters\" has 25081 bytes. Shorten it.")
        );
    }

    [Test]
    public void What_the_template_reads_of_its_parameter_only_has_the_parameters_limit()
    {
        var request = Training([]);
        request["attribute_names"] = new JsonArray([
            .. Enumerable.Range(0, 16).Select(index => (JsonNode)$"{new string('n', 254)}{index:x2}"),
        ]);

        var finding = Judged.By(request.ToJsonString()).Findings.Single();

        Assert.That(
            $"{finding.Code} {finding.Pointer} {finding.Rule}",
            Is.EqualTo("MLP016 /attribute_names 4096 bytes at most (a CloudFormation parameter's limit)")
        );
    }

    private static JsonObject Named(params (string Name, int Length)[] values) =>
        new(
            values.Select(value => KeyValuePair.Create(value.Name, (JsonNode?)new string(value.Name[0], value.Length)))
        );

    private static JsonObject Training(JsonObject hyperparameters)
    {
        var request = Example("model-training", "model_training_builtin");
        request["algo_hyperparamaters"] = hyperparameters;
        return request;
    }

    private static JsonObject Example(string blueprint, string name) =>
        JsonNode
            .Parse(
                System.IO.File.ReadAllText(
                    Path.Combine(Deployments.BlueprintFolder, blueprint, "examples", $"{name}.json")
                )
            )!
            .AsObject();

    private static async Task<FakeAws> ProvisionAsync(JsonObject request)
    {
        var (settings, aws) = (Deployments.Single(), new FakeAws());
        var outcome = await new PipelineService(Deployments.Planner(settings), settings, aws, aws).ProvisionAsync(
            Encoding.UTF8.GetBytes(request.ToJsonString()),
            new ProvisionOptions(),
            CancellationToken.None
        );
        Assert.That(outcome, Is.TypeOf<Provisioned>(), (outcome as Refused)?.Findings[0].ToString());
        return aws;
    }

    private static string Parameter(FakeAws aws, string kind, string name)
    {
        var pipeline = kind == "model_training" ? "modeltraining" : "tunertraining";
        var package = TemplatePackageTests.Unzip(aws.Packages($"mlops-pipeline-my-model-{pipeline}")[^1]);
        return (string)JsonNode.Parse(package["pipeline.json"])!["Parameters"]![name]!;
    }
}
