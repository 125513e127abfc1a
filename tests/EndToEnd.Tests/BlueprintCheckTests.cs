using System.Text.Json.Nodes;

namespace Mlops.EndToEnd.Tests;

/// <summary><c>./mlops blueprint new</c> and <c>check</c>, with the local AWS.</summary>
[TestFixture, Platform(Exclude = "Win")]
public sealed class BlueprintCheckTests
{
    private string folder = null!;

    [SetUp]
    public void Begin() => folder = Directory.CreateTempSubdirectory("mlops-own-").FullName;

    [TearDown]
    public void CleanUp() => Directory.Delete(folder, recursive: true);

    [Test]
    public async Task A_new_blueprint_is_provisioned_and_a_job_that_fails_there_is_a_problem_with_its_reason()
    {
        await MlopsAsync("blueprint new drift-report");

        var (code, answer) = await MlopsAsync("blueprint check drift-report --output json");

        Assert.That(code, Is.Zero, $"{answer}");
        var provisioned = answer["provisioned"]!.AsArray().Single()!;
        Assert.That((string?)provisioned["example"], Is.EqualTo("drift_report.json"));
        Assert.That((string?)provisioned["status"], Is.EqualTo("Succeeded"));
        Assert.That(
            answer["notCarriedOut"]!.AsArray().Select(thing => (string?)thing),
            Is.EqualTo(["AWS::IAM::Role.Policies (JobRole)"])
        );

        var template = Path.Combine(folder, "drift-report", "template.yaml");
        var text = await File.ReadAllTextAsync(template);
        var state = text.IndexOf("            Type: Pass", StringComparison.Ordinal);
        await File.WriteAllTextAsync(
            template,
            // Every parameter is still used, or cfn-lint would say so.
            $"{text[..state]}            Type: Fail\n            Error: NoRows\n            Cause: !Sub There are not ${{Rows}} rows in ${{DataLocation}}.\n"
        );

        (code, answer) = await MlopsAsync("blueprint check drift-report --output json");

        Assert.That(code, Is.EqualTo(1), $"{answer}");
        var problem = answer["problems"]!.AsArray().Single()!;
        Assert.That((string?)problem["rule"], Is.EqualTo("local"));
        Assert.That((string?)problem["file"], Is.EqualTo("examples/drift_report.json"));
        Assert.That((string?)problem["message"], Does.Contain("There are not 5000 rows in my-bucket/data"));
    }

    private async Task<(int Code, JsonNode Answer)> MlopsAsync(string command)
    {
        await using var mlops = Running.Start("bash", ["-c", $"cd '{folder}' && '{Repository.Entry}' {command}"]);
        var code = await mlops.ExitAsync(TimeSpan.FromMinutes(10));
        var line = mlops.Output.Trim().Split('\n')[^1];
        return (code, line.StartsWith('{') ? JsonNode.Parse(line)! : new JsonObject { ["text"] = mlops.Errors });
    }
}
