using System.Text;
using System.Text.Json.Nodes;
using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Tests.Fakes;
using Mlops.Provisioning.Tests.Packaging;

namespace Mlops.Provisioning.Tests.RequestFiles;

/// <summary>
/// What Clarify is told of the examples is in checks/clarify, where checks/run holds it against the schema of what its
/// container documents.
/// </summary>
public sealed class ClarifyExamplesTests
{
    private static readonly string Checks = Path.GetFullPath(
        Path.Combine(Deployments.BlueprintFolder, "..", "checks", "clarify")
    );

    private static IEnumerable<string> Examples() =>
        Directory
            .EnumerateFiles(Deployments.BlueprintFolder, "*.json", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(Path.GetDirectoryName(file)!) == "examples")
            .Where(file => File.ReadAllText(file).Contains("\"baseline_data\"", StringComparison.Ordinal))
            .Select(file => Path.GetRelativePath(Deployments.BlueprintFolder, file));

    [TestCaseSource(nameof(Examples))]
    public async Task The_files_of_an_example_are_those_that_are_checked(string example)
    {
        var aws = new FakeAws
        {
            Assets = { ["baselines/my-model/training-data.csv"] = "label,age,prediction,probability\n"u8.ToArray() },
        };
        var settings = Deployments.Single();
        await new PipelineService(Deployments.Planner(settings), settings, aws, aws).ProvisionAsync(
            await File.ReadAllBytesAsync(Path.Combine(Deployments.BlueprintFolder, example)),
            new ProvisionOptions(),
            CancellationToken.None
        );

        var name = Path.GetFileNameWithoutExtension(example);
        var made = aws
            .Assets.Where(asset => asset.Key.EndsWith("/analysis_config.json", StringComparison.Ordinal))
            .Select(asset => WithModel(JsonNode.Parse(Encoding.UTF8.GetString(asset.Value))!.AsObject()))
            .ToList();
        var known = Directory
            .EnumerateFiles(Checks, $"{name}.*.json")
            .Select(file => JsonNode.Parse(File.ReadAllText(file))!)
            .ToList();

        Assert.That(made, Has.Count.EqualTo(known.Count));
        foreach (var config in made)
        {
            Assert.That(known.Any(one => JsonNode.DeepEquals(one, config)), Is.True, config.ToJsonString());
        }
    }

    /// <summary>As the state machine of a baseline does where attributions are computed.</summary>
    private static JsonObject WithModel(JsonObject config)
    {
        if (config["methods"]?["shap"] is not null)
        {
            config["predictor"]!["model_name"] = "my-model";
            config["predictor"]!["instance_type"] = "ml.m5.large";
            config["predictor"]!["initial_instance_count"] = 1;
        }

        return config;
    }
}
