using System.Text.Json.Nodes;
using Mlops.Infra.Publishing;

namespace Mlops.Infra.Tests.Publishing;

public sealed class OwnBlueprintsTests
{
    private string _checkout = null!;

    [SetUp]
    public void MakeCheckout()
    {
        _checkout = Directory.CreateTempSubdirectory("mlops-checkout-").FullName;
        Write("blueprints/ours", "ours", "our_type");
    }

    [TearDown]
    public void RemoveCheckout() => Directory.Delete(_checkout, recursive: true);

    [Test]
    public void A_folder_beside_the_checkout_or_in_it_is_taken()
    {
        Write("mine/forecast", "forecast", "forecast");
        Write("mine/score", "score", "score");

        Assert.That(
            OwnBlueprints.Find(_checkout, ["mine/forecast", Path.Combine(_checkout, "mine/score")]),
            Is.EqualTo([Path.Combine(_checkout, "mine/forecast"), Path.Combine(_checkout, "mine/score")])
        );
    }

    [Test]
    public void Manifest_and_templates_are_packed_beside_ours_and_nothing_else()
    {
        Write("mine/forecast", "forecast", "forecast");
        File.WriteAllText(Path.Combine(_checkout, "mine/forecast/notes.txt"), "private");
        var package = Path.Combine(_checkout, "package");

        OwnBlueprints.Copy(OwnBlueprints.Find(_checkout, ["mine/forecast"]), package);

        Assert.That(
            Directory
                .EnumerateFiles(package, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(package, file)),
            Is.EquivalentTo(["forecast/blueprint.json", "forecast/template.yaml"])
        );
    }

    [Test]
    public async Task Another_template_makes_another_package()
    {
        Write("mine/forecast", "forecast", "forecast");
        var own = OwnBlueprints.Find(_checkout, ["mine/forecast"]);
        var before = await SourcesHash.OfAsync(_checkout, [], own, CancellationToken.None);
        await File.AppendAllTextAsync(Path.Combine(_checkout, "mine/forecast/template.yaml"), "# more");

        Assert.That(await SourcesHash.OfAsync(_checkout, [], own, CancellationToken.None), Is.Not.EqualTo(before));
    }

    [Test]
    public void All_that_is_wrong_is_told_at_once_with_the_way_out()
    {
        Write("mine/ours", "ours", "our_type");
        Write("mine/other-folder", "score", "score");
        Write("mine/empty", "empty", "empty");
        File.Delete(Path.Combine(_checkout, "mine/empty/template.yaml"));

        var problems = Assert
            .Throws<StackSettingsException>(() =>
                OwnBlueprints.Find(_checkout, ["mine/ours", "mine/none", "mine/other-folder", "mine/empty"])
            )!
            .Problems;

        Assert.That(
            problems,
            Is.EqualTo([
                Told(0, "mine/ours", "a blueprint is called ours already (ours)"),
                Told(0, "mine/ours", "the pipeline type our_type is declared already (ours)"),
                Told(1, "mine/none", "there is no such folder"),
                Told(2, "mine/other-folder", "the folder is not named as its blueprint, score"),
                Told(3, "mine/empty", "its template template.yaml is not there"),
            ])
        );
    }

    [Test]
    public void A_manifest_that_contradicts_itself_is_told()
    {
        Write("mine/forecast", "forecast", "Forecast");

        Assert.That(
            Assert
                .Throws<StackSettingsException>(() => OwnBlueprints.Find(_checkout, ["mine/forecast"]))!
                .Problems.Single(),
            Does.Contain("the pipeline type \"Forecast\" is not of lower-case letters, digits and underscores")
        );
    }

    private static string Told(int index, string path, string problem) =>
        $"  mlops:blueprintPaths[{index}]: {path}: {problem}. Run: ./mlops blueprint check {path}, or pulumi config rm --path 'mlops:blueprintPaths[{index}]'";

    private void Write(string folder, string name, string type)
    {
        var whole = Path.Combine(_checkout, folder);
        Directory.CreateDirectory(whole);
        File.WriteAllText(Path.Combine(whole, "template.yaml"), "Parameters: {}\n");
        File.WriteAllText(
            Path.Combine(whole, "blueprint.json"),
            new JsonObject
            {
                ["name"] = name,
                ["summary"] = "A blueprint",
                ["pipelineTypes"] = new JsonArray(
                    new JsonObject
                    {
                        ["type"] = type,
                        ["postfix"] = "x",
                        ["summary"] = "A type",
                    }
                ),
                ["keys"] = new JsonArray(
                    new JsonObject
                    {
                        ["name"] = "model_name",
                        ["type"] = "modelName",
                        ["description"] = "Its name",
                        ["required"] = true,
                    }
                ),
                ["parts"] = new JsonArray(new JsonObject { ["name"] = "main", ["parameters"] = new JsonArray() }),
            }.ToJsonString()
        );
    }
}
