using System.Text;
using System.Text.Json;
using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.Requests;
using Mlops.Provisioning.Tests.Fakes;
using YamlDotNet.RepresentationModel;

namespace Mlops.Provisioning.Tests.Blueprints;

/// <summary>What every blueprint that we ship has to hold.</summary>
public sealed class BlueprintFoldersTests
{
    private static IEnumerable<Blueprint> Blueprints() => BlueprintCatalog.Open(Deployments.BlueprintFolder).All();

    private static IEnumerable<string> Examples() =>
        Directory
            .EnumerateFiles(Deployments.BlueprintFolder, "*.json", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(Path.GetDirectoryName(file)) == "examples")
            .Select(file => Path.GetRelativePath(Deployments.BlueprintFolder, file));

    [Test]
    public void Every_folder_is_named_as_its_blueprint() =>
        Assert.That(
            Blueprints().Select(blueprint => blueprint.Manifest.Name),
            Is.EquivalentTo(Directory.EnumerateDirectories(Deployments.BlueprintFolder).Select(Path.GetFileName))
        );

    [TestCaseSource(nameof(Blueprints))]
    public void Every_parameter_of_a_template_is_fed_and_nothing_else(Blueprint blueprint)
    {
        foreach (var part in blueprint.Manifest.Parts)
        {
            using var text = new StreamReader(new MemoryStream(blueprint.ReadTemplate(part).ToArray()));
            var template = new YamlStream();
            template.Load(text);
            var declared = (YamlMappingNode)template.Documents[0].RootNode["Parameters"];

            Assert.That(
                part.Parameters.Select(parameter => parameter.Name),
                Is.EquivalentTo(declared.Children.Keys.Select(name => ((YamlScalarNode)name).Value))
            );
        }
    }

    [TestCaseSource(nameof(Blueprints))]
    public void Every_insertion_has_its_line_and_every_line_its_insertion(Blueprint blueprint)
    {
        foreach (var part in blueprint.Manifest.Parts)
        {
            var markers = Encoding
                .UTF8.GetString(blueprint.ReadTemplate(part).Span)
                .Split('\n')
                .Where(line => line.Contains("# insert:", StringComparison.Ordinal))
                .Select(line => line.Trim().Split(": {} # insert: ")[^1])
                .Distinct();

            Assert.That(markers, Is.EquivalentTo(part.Insertions.Select(insertion => insertion.Marker)));
        }
    }

    [TestCaseSource(nameof(Blueprints))]
    public void Every_type_has_an_example(Blueprint blueprint) =>
        Assert.That(
            blueprint.Manifest.PipelineTypes.Select(type =>
                Path.Combine(blueprint.Manifest.Name, "examples", $"{type.Type}.json")
            ),
            Is.SubsetOf(Examples())
        );

    [TestCaseSource(nameof(Examples))]
    public void Every_example_can_be_provisioned(string file)
    {
        var registry = file.EndsWith(".registry.json", StringComparison.Ordinal);
        var deployment = file.EndsWith(".multi.json", StringComparison.Ordinal)
            ? Deployments.Multi()
            : Deployments.Single(registry);
        var request = File.ReadAllText(Path.Combine(Deployments.BlueprintFolder, file));

        Assert.That(Judged.By(request, deployment.Scope).Findings, Is.Empty);
        Assert.That(
            Path.GetFileName(file),
            Does.StartWith(JsonDocument.Parse(request).RootElement.GetProperty("pipeline_type").GetString()!)
        );
    }

    [TestCaseSource(nameof(Blueprints))]
    public void The_example_of_every_key_is_a_value_of_it(Blueprint blueprint)
    {
        foreach (var key in blueprint.Manifest.Keys.Where(key => key.Example is not null))
        {
            var value = new RequestValue(RequestValueKind.Text, key.Example!, 1, 1);

            Assert.That(
                KeyReader.Read(key, value, ValidationScope.Offline, out var problem),
                Is.EqualTo(key.Example),
                key.Name
            );
            Assert.That(problem, Is.Null, key.Name);
        }
    }
}
