using System.Text.Json.Nodes;
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
        "parameters: The part main feeds the parameter Lines, which template.yaml does not declare: declare it there, or leave it out."
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
    [TestCase(
        "blueprint.json",
        "\"type\": \"integer\"",
        "\"type\": \"int\"",
        "manifest: /keys/2/type: \"int\" is none of text, integer,"
    )]
    [TestCase(
        "blueprint.json",
        "\"minimum\": 1,",
        "\"minimun\": 1,",
        "manifest: /keys/2: \"minimun\" means nothing here. Did you mean \"minimum\"? There are name, type,"
    )]
    [TestCase(
        "blueprint.json",
        "\"minimum\": 1,",
        "\"minimum\": \"1\",",
        "manifest: /keys/2/minimum: \"1\" is not a whole number. Smallest number."
    )]
    [TestCase(
        "blueprint.json",
        "\"summary\": \"Runs the job of mine\"",
        "\"summary\": \"\"",
        "manifest: /pipelineTypes/0/summary: \"\" has 0 characters; give 1 or more."
    )]
    [TestCase(
        "blueprint.json",
        "\"deploysTo\": \"targets\",",
        "\"deploysTo\": \"target\",",
        "manifest: /deploysTo: \"target\" is none of targets, orchestrator. Did you mean \"targets\"?"
    )]
    [TestCase(
        "blueprint.json",
        ", \"summary\": \"Runs the job of mine\"",
        "",
        "manifest: /pipelineTypes/0: \"summary\" is missing. One line for people."
    )]
    [TestCase(
        "blueprint.json",
        "\"key\": \"rows\"",
        "\"key\": \"rows\", \"literal\": \"5\"",
        "manifest: /parts/0/parameters/2: It has exactly one of key, deployment, computed, literal, part, image, stableName, requestFile, and here is key and literal."
    )]
    [TestCase(
        "blueprint.json",
        "\"key\": \"rows\"",
        "\"key\": \"row\"",
        "manifest: Parameter Rows comes from the key row, which is not declared."
    )]
    [TestCase("blueprint.json", "\"maxLength\": 128,", "\"maxLength\": 128", "manifest: It is not JSON: ")]
    [TestCase(
        "blueprint.json",
        "\"maxLength\": 128,",
        "\"maxLength\": 128, \"maxLength\": 1,",
        "manifest: /keys/0/maxLength: "
    )]
    [TestCase(
        "blueprint.json",
        "\"maxLength\": 128,",
        "\"maxLength\": 5000,",
        "manifest: /keys/0/maxLength: 5000 is out of range; give 1 to 4096."
    )]
    [TestCase("template.yaml", "Path: /mlops/", "Path: /", "roles: JobRole: a role has the Path /mlops/")]
    [TestCase(
        "template.yaml",
        "PermissionsBoundary: !Ref PermissionsBoundary",
        "PermissionsBoundary: arn:aws:iam::aws:policy/AdministratorAccess",
        "roles: JobRole: a role has the PermissionsBoundary of the deployment; CloudFormation may make no other: write PermissionsBoundary: !Ref PermissionsBoundary."
    )]
    [TestCase(
        "template.yaml",
        "- xray:PutTraceSegments",
        "- xray:*",
        "actions: JobRole: the action xray:* has a wildcard; name the actions."
    )]
    [TestCase(
        "template.yaml",
        "- xray:PutTraceSegments",
        "- xray:PutTraceSegment?",
        "actions: JobRole: the action xray:PutTraceSegment? has a wildcard; name the actions."
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
    [TestCase(
        "template.yaml",
        "StartAt: Look",
        "StartAt: Listen",
        "state-machines: Job: StartAt names no state; there are Look."
    )]
    [TestCase(
        "template.yaml",
        "            End: true",
        "            Next: Tell",
        "state-machines: Job: the state Look leads to Tell, which is not there; there are Look."
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
        Change(file, good, bad);

        var found = BlueprintConformance.Check(folder).Problems.Select(problem => $"{problem.Rule}: {problem.Message}");

        Assert.That(found.Count(), Is.EqualTo(problems.Length), string.Join('\n', found));
        foreach (var (one, expected) in found.Zip(problems))
        {
            Assert.That(one, Does.StartWith(expected));
        }
    }

    [TestCase("blueprint.json", "\"type\": \"integer\"", "\"type\": \"int\"", "blueprint.json:27")]
    [TestCase("blueprint.json", "\"maxLength\": 128,", "\"maxLength\": 128", "blueprint.json:15")]
    [TestCase("template.yaml", "- xray:PutTraceSegments", "- xray:*", "template.yaml:64")]
    [TestCase("template.yaml", "Path: /mlops/", "Path: /", "template.yaml:33")]
    [TestCase("template.yaml", "      Path: /mlops/\n", "", "template.yaml:24")]
    [TestCase("template.yaml", "StateMachineType: STANDARD", "StateMachineType: EXPRESS", "template.yaml:80")]
    [TestCase("template.yaml", "            End: true", "            Next: Tell", "template.yaml:101")]
    [TestCase("template.yaml", "Resources:", "Resources: [", "template.yaml:24")]
    [TestCase("examples/mine.json", "\"rows\": 5000", "\"rows\": 0", "examples/mine.json:5")]
    public void Tells_the_line(string file, string good, string bad, string place)
    {
        Change(file, good, bad);

        Assert.That(BlueprintConformance.Check(folder).Problems.Select(problem => problem.Place), Is.EqualTo([place]));
    }

    [Test]
    public void Every_word_of_the_manifests_schema_is_one_that_the_check_understands()
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        Collect(ManifestSchema.Read());

        Assert.That(
            words.Order(StringComparer.Ordinal),
            Is.EqualTo([
                "$defs",
                "$ref",
                "$schema",
                "additionalProperties",
                "description",
                "enum",
                "items",
                "maxLength",
                "maximum",
                "minItems",
                "minLength",
                "minProperties",
                "minimum",
                "not",
                "oneOf",
                "pattern",
                "properties",
                "required",
                "title",
                "type",
                "uniqueItems",
            ])
        );

        void Collect(JsonNode? node)
        {
            foreach (var (word, value) in node as JsonObject ?? [])
            {
                words.Add(word);
                foreach (var inner in Inner(word, value))
                {
                    Collect(inner);
                }
            }
        }

        static IEnumerable<JsonNode?> Inner(string word, JsonNode? value) =>
            word is "properties" or "$defs" ? value!.AsObject().Select(member => member.Value)
            : value is JsonArray list ? list.AsEnumerable()
            : Enumerable.Repeat(value, 1);
    }

    [Test]
    public void A_role_with_more_policies_than_IAM_takes_is_told()
    {
        Change(
            "template.yaml",
            "                  - xray:PutTraceSegments\n",
            string.Concat(Enumerable.Range(0, 500).Select(i => $"                  - xray:PutTraceSegments{i:000}\n"))
        );

        Assert.That(
            BlueprintConformance.Check(folder).Problems.Single(),
            Has.Property("Rule")
                .EqualTo("size")
                .And.Property("Message")
                .Contains("IAM takes 10240 of a role's together.")
        );
    }

    [Test]
    public void A_folder_without_a_manifest_is_told()
    {
        File.Delete(Path.Combine(folder, "blueprint.json"));

        Assert.That(
            BlueprintConformance.Check(folder).Problems.Single().Message,
            Is.EqualTo("It is missing: a blueprint is a folder with a manifest (mlops blueprint new writes one).")
        );
    }

    [Test]
    public void A_type_without_an_example_is_told()
    {
        File.Move(Path.Combine(folder, "examples/mine.json"), Path.Combine(folder, "examples/other.json"));

        Assert.That(
            BlueprintConformance.Check(folder).Problems.Select(problem => problem.Message),
            Is.EqualTo([
                "It is missing: the pipeline type mine needs an example. Its shortest request: mlops explain mine --blueprints mine",
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

    private void Change(string file, string good, string bad)
    {
        var path = Path.Combine(folder, file);
        var text = File.ReadAllText(path);
        Assume.That(text, Does.Contain(good));
        File.WriteAllText(path, text.Replace(good, bad, StringComparison.Ordinal));
    }
}
