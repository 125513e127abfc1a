using Mlops.Cli.Conformance;
using Mlops.Cli.Tests.Support;

namespace Mlops.Cli.Tests.Conformance;

/// <summary>The rules over our own blueprints, and each rule over a blueprint that breaks it.</summary>
internal sealed class BlueprintConformanceTests
{
    private string folder = null!;

    private static IEnumerable<string?> Ours() =>
        Directory
            .EnumerateDirectories(Checkout.Folder("blueprints"))
            .Select(Path.GetFileName)
            .Order(StringComparer.Ordinal);

    [SetUp]
    public void Begin()
    {
        folder = Path.Combine(Directory.CreateTempSubdirectory("mlops-blueprint-").FullName, "mine");
        NewBlueprint.Write(folder, "mine");
    }

    [TearDown]
    public void CleanUp() => Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);

    [TestCaseSource(nameof(Ours))]
    public void Each_of_ours_conforms(string name)
    {
        var result = BlueprintConformance.Check(Checkout.Folder($"blueprints/{name}"));

        Assert.That(result.Problems, Is.Empty);
        Assert.That(result.Examples, Is.Not.Empty);
    }

    [Test]
    public void A_new_one_conforms()
    {
        var result = BlueprintConformance.Check(folder);

        Assert.That(result.Problems, Is.Empty);
        Assert.That(result.Examples, Is.EqualTo(["mine.json"]));
    }

    [TestCase(
        "blueprint.json",
        "\"name\": \"Rows\", \"key\": \"rows\"",
        "\"name\": \"Lines\", \"key\": \"rows\"",
        "parameters: Nothing feeds the parameter Rows",
        "parameters: The part main feeds the parameter Lines, which template.yaml does not declare."
    )]
    [TestCase(
        "blueprint.json",
        "\"key\": \"rows\"",
        "\"literal\": \"5\"",
        "keys: Nothing uses the key rows: feed a parameter with it, or leave it out."
    )]
    [TestCase(
        "blueprint.json",
        "\"name\": \"mine\"",
        "\"name\": \"yours\"",
        "name: The folder is called mine, its blueprint yours"
    )]
    [TestCase("blueprint.json", "\"type\": \"integer\"", "\"type\": \"int\"", "manifest: ")]
    [TestCase("blueprint.json", "\"minimum\": 1,", "\"smallest\": 1,", "manifest: ")]
    [TestCase("template.yaml", "Path: /mlops/", "Path: /", "roles: JobRole: a role has the Path /mlops/")]
    [TestCase(
        "template.yaml",
        "PermissionsBoundary: !Ref PermissionsBoundary",
        "PermissionsBoundary: arn:aws:iam::aws:policy/AdministratorAccess",
        "roles: JobRole: a role has the PermissionsBoundary that comes from the deployment"
    )]
    [TestCase(
        "template.yaml",
        "- xray:PutTraceSegments",
        "- xray:*",
        "actions: JobRole: the action xray:* has a wildcard; name the actions."
    )]
    [TestCase(
        "template.yaml",
        "Action: sts:AssumeRole",
        "NotAction: sts:AssumeRole",
        "actions: JobRole: NotAction allows"
    )]
    [TestCase(
        "template.yaml",
        "Type: AWS::Logs::LogGroup",
        "Type: AWS::IAM::ManagedPolicy",
        "roles: JobLogs: a stack may have no AWS::IAM::ManagedPolicy"
    )]
    [TestCase(
        "template.yaml",
        "StateMachineType: STANDARD",
        "StateMachineType: EXPRESS",
        "state-machines: Job: StateMachineType is STANDARD"
    )]
    [TestCase(
        "template.yaml",
        "StateMachineName: !Ref AWS::StackName",
        "StateMachineName: job",
        "state-machines: The part has a job: one state machine has the name of the stack"
    )]
    [TestCase("template.yaml", "StartAt: Look", "StartAt: Listen", "state-machines: Job: StartAt names no state.")]
    [TestCase(
        "template.yaml",
        "            End: true",
        "            Next: Tell",
        "state-machines: Job: the state Look leads to Tell, which is not there."
    )]
    [TestCase("template.yaml", "Parameters:\n  ModelName:", "Parameters: [\n  ModelName:", "template: ")]
    [TestCase(
        "template.yaml",
        "MinValue: 1",
        "MinValue: 6000",
        "examples: CloudFormation would refuse the parameter Rows of template.yaml in pipeline: 5000 is smaller or larger than it allows."
    )]
    [TestCase("examples/mine.json", "\"rows\": 5000", "\"rows\": 0", "examples: MLP")]
    [TestCase("examples/mine.json", "my-bucket/data", "", "examples: MLP")]
    public void Tells(string file, string good, string bad, params string[] problems)
    {
        var path = Path.Combine(folder, file);
        var text = File.ReadAllText(path);
        Assume.That(text, Does.Contain(good));
        File.WriteAllText(path, text.Replace(good, bad, StringComparison.Ordinal));

        var found = BlueprintConformance.Check(folder).Problems.Select(problem => $"{problem.Rule}: {problem.Message}");

        Assert.That(found.Count(), Is.EqualTo(problems.Length), string.Join('\n', found));
        foreach (var (one, expected) in found.Zip(problems))
        {
            Assert.That(one, Does.StartWith(expected));
        }
    }

    [Test]
    public void A_type_without_an_example_is_told()
    {
        File.Move(Path.Combine(folder, "examples/mine.json"), Path.Combine(folder, "examples/other.json"));

        Assert.That(
            BlueprintConformance.Check(folder).Problems.Select(problem => problem.Message),
            Is.EqualTo([
                "It is missing: the pipeline type mine needs an example.",
                "Its name does not begin with its pipeline type, mine.",
            ])
        );
    }

    [Test]
    public void A_template_that_is_not_there_is_told()
    {
        File.Delete(Path.Combine(folder, "template.yaml"));

        Assert.That(BlueprintConformance.Check(folder).Problems.Single().Rule, Is.EqualTo("template"));
    }

    [Test]
    public void A_template_that_CloudFormation_would_not_take_is_told()
    {
        File.AppendAllText(Path.Combine(folder, "template.yaml"), $"# {new string('x', 1_000_000)}\n");

        Assert.That(BlueprintConformance.Check(folder).Problems.Single().Rule, Is.EqualTo("size"));
    }
}
