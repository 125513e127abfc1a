using System.Text.Json.Nodes;
using static Mlops.Local.Tests.CodePipelines.Definitions;

namespace Mlops.Local.Tests.CodePipelines;

/// <summary>What AWS would refuse is refused, by the name of the error in the service model.</summary>
public sealed class RefusalTests
{
    private Bench bench = null!;

    [OneTimeSetUp]
    public async Task Start() => bench = await Bench.StartAsync();

    [OneTimeTearDown]
    public async Task End() => await bench.DisposeAsync();

    private static IEnumerable<TestCaseData> Structures()
    {
        const string Structure = "InvalidStructureException";
        const string Action = "InvalidActionDeclarationException";
        const string Stage = "InvalidStageDeclarationException";
        const string Shape = "ValidationException";
        return
        [
            Case(
                "a name with a space",
                Shape,
                "'pipeline.name' failed to satisfy constraint: Member must satisfy regular expression pattern: [A-Za-z0-9.@\\-_]+",
                p => p["name"] = "a b"
            ),
            Case(
                "a name of 101 characters",
                Shape,
                "Member must have length less than or equal to 100",
                p => p["name"] = new string('a', 101)
            ),
            Case(
                "no role",
                Shape,
                "Value null at 'pipeline.roleArn' failed to satisfy constraint: Member must not be null",
                p => p.Remove("roleArn")
            ),
            Case(
                "a role that is none",
                Shape,
                "'pipeline.roleArn'",
                p => p["roleArn"] = "arn:aws:iam::123456789012:user/me"
            ),
            Case(
                "a role that nobody made",
                Structure,
                "CodePipeline is not authorized to perform AssumeRole on role",
                p => p["roleArn"] = "arn:aws:iam::123456789012:role/nobody"
            ),
            Case(
                "a role of another account",
                "AccessDeniedException",
                "Cross-account pass role is not allowed.",
                p => p["roleArn"] = "arn:aws:iam::210987654321:role/other"
            ),
            Case(
                "a stage name that is a number",
                "SerializationException",
                "cannot be read as a string",
                p => p["stages"]![0]!["name"] = 1
            ),
            Case(
                "a long literal value",
                Shape,
                "Map value must satisfy constraint: [Member must have length less than or equal to 1000]",
                p => Configuration(p, 1, 0)["UserParameters"] = new string('x', 1001)
            ),
            Case(
                "run order 0",
                Shape,
                "Member must have value greater than or equal to 1",
                p => ActionOf(p, 1, 0)["runOrder"] = 0
            ),
            Case(
                "an unknown category",
                Shape,
                "Member must satisfy enum value set: [Source, Build, Deploy, Test, Invoke, Approval, Compute]",
                p => ActionOf(p, 1, 0)["actionTypeId"]!["category"] = "Magic"
            ),
            Case(
                "no artifact store",
                Structure,
                "either artifactStore or artifactStores",
                p => p.Remove("artifactStore")
            ),
            Case("one stage", Structure, "1 stage(s)", p => p["stages"]!.AsArray().RemoveAt(1)),
            Case(
                "two stages of one name",
                Structure,
                "'Source' is declared more than once",
                p => p["stages"]![1]!["name"] = "Source"
            ),
            Case("a stage without actions", Stage, "0 action(s)", p => p["stages"]![1]!["actions"] = new JsonArray()),
            Case(
                "two actions of one name",
                Stage,
                "'Prepare' is declared more than once",
                p => ActionOf(p, 1, 1)["name"] = "Prepare"
            ),
            Case(
                "a first stage without source",
                Structure,
                "The first stage must have source actions only",
                p => p["stages"]!.AsArray().RemoveAt(0),
                stages: 3
            ),
            Case(
                "a source in a later stage",
                Structure,
                "Only the first stage may have source actions",
                p => ActionOf(p, 1, 0)["actionTypeId"] = ActionOf(p, 0, 0)["actionTypeId"]!.DeepClone()
            ),
            Case(
                "an artifact that nobody makes",
                Structure,
                "Input artifact 'Parcel' of action 'Prepare'",
                p => ActionOf(p, 1, 0)["inputArtifacts"]![0]!["name"] = "Parcel"
            ),
            Case(
                "an artifact made twice",
                Structure,
                "'Package' of action 'Prepare' is declared more than once",
                p => ActionOf(p, 1, 0)["outputArtifacts"] = new JsonArray(new JsonObject { ["name"] = "Package" })
            ),
            Case(
                "a source without output",
                Action,
                "Action Source declares 0 output artifacts which is less than the minimum count (1)",
                p => ActionOf(p, 0, 0)["outputArtifacts"] = new JsonArray(),
                input: false
            ),
            Case(
                "an unknown action type",
                Action,
                "is not available in region 'us-east-1'",
                p => ActionOf(p, 1, 0)["actionTypeId"]!["provider"] = "Nomad"
            ),
            Case(
                "a source without its key",
                Action,
                "missing required configuration 'S3ObjectKey'",
                p => Configuration(p, 0, 0).Remove("S3ObjectKey")
            ),
            Case(
                "an unknown configuration key",
                Action,
                "contains unknown configuration 'Function'",
                p => Configuration(p, 1, 0)["Function"] = "x"
            ),
            Case(
                "an unknown action mode",
                Action,
                "ActionMode 'CREATE'",
                p => Configuration(p, 1, 1)["ActionMode"] = "CREATE"
            ),
            Case(
                "a stack without role",
                Action,
                "missing required configuration 'RoleArn'",
                p => Configuration(p, 1, 1).Remove("RoleArn")
            ),
            Case(
                "a stack without template",
                Action,
                "missing required configuration 'TemplatePath'",
                p => Configuration(p, 1, 1).Remove("TemplatePath")
            ),
            Case(
                "a change set without name",
                Action,
                "missing required configuration 'ChangeSetName'",
                p => Configuration(p, 1, 1)["ActionMode"] = "CHANGE_SET_EXECUTE"
            ),
            Case(
                "a template of no artifact",
                Action,
                "names 'Other', which is not one of its input artifacts",
                p => Configuration(p, 1, 1)["TemplatePath"] = "Other::t.yaml"
            ),
            Case(
                "an unknown capability",
                Action,
                "unknown capability 'CAPABILITY_ALL'",
                p => Configuration(p, 1, 1)["Capabilities"] = "CAPABILITY_ALL"
            ),
            Case(
                "a timeout for a function",
                Action,
                "timeoutInMinutes",
                p => ActionOf(p, 1, 0)["timeoutInMinutes"] = 10
            ),
            Case(
                "the service's namespace",
                Action,
                "The namespace 'codepipeline'",
                p => ActionOf(p, 1, 0)["namespace"] = "codepipeline"
            ),
            Case(
                "an artifact's name as namespace",
                Action,
                "The namespace 'Package'",
                p => ActionOf(p, 1, 0)["namespace"] = "Package"
            ),
            Case(
                "a variable of a later action",
                Action,
                "#{Later.Name}",
                p =>
                {
                    Configuration(p, 1, 0)["UserParameters"] = "#{Later.Name}";
                    ActionOf(p, 1, 1)["namespace"] = "Later";
                }
            ),
            Case(
                "a variable of an action beside it",
                Action,
                "#{Beside.Name}",
                p =>
                {
                    Configuration(p, 1, 0)["UserParameters"] = "#{Beside.Name}";
                    ActionOf(p, 1, 1)["namespace"] = "Beside";
                    ActionOf(p, 1, 1)["runOrder"] = 1;
                }
            ),
            Case(
                "a variable that nobody declared",
                Action,
                "#{variables.model}",
                p => Configuration(p, 1, 0)["UserParameters"] = "#{variables.model}"
            ),
            Case(
                "what is not emulated",
                Stage,
                "onFailure, which is not emulated locally",
                p => p["stages"]![1]!["onFailure"] = new JsonObject { ["result"] = "ROLLBACK" }
            ),
        ];
    }

    [TestCaseSource(nameof(Structures))]
    public async Task Refuses_a_structure_with(
        string code,
        string message,
        Action<JsonObject> spoil,
        int stages,
        bool input
    )
    {
        var definition = Good(stages, input);
        spoil(definition);

        var answer = await bench.Api.SendAsync("CreatePipeline", new JsonObject { ["pipeline"] = definition });

        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That(answer.Error, Is.EqualTo(code), answer.Message);
        Assert.That(answer.Message, Does.Contain(message));
        var list = await bench.Api.CallAsync("ListPipelines", []);
        Assert.That(list["pipelines"]!.AsArray(), Is.Empty);
    }

    private JsonObject Good(int stages, bool input)
    {
        var functions = Lambda("Prepare", 1, "f");
        if (!input)
        {
            functions.Remove("inputArtifacts");
        }

        var definition = Of(
            bench,
            ("Deploy", input ? [functions, Deploy(bench, "CREATE_UPDATE", 2)] : [functions]),
            ("More", [Lambda("Again", 1, "f")])
        );
        if (stages == 2)
        {
            definition["stages"]!.AsArray().RemoveAt(2);
        }

        return definition;
    }

    private static TestCaseData Case(
        string name,
        string code,
        string message,
        Action<JsonObject> spoil,
        int stages = 2,
        bool input = true
    ) => new TestCaseData(code, message, spoil, stages, input).SetArgDisplayNames(name);

    private static JsonObject ActionOf(JsonObject pipeline, int stage, int action) =>
        pipeline["stages"]![stage]!["actions"]![action]!.AsObject();

    private static JsonObject Configuration(JsonObject pipeline, int stage, int action) =>
        ActionOf(pipeline, stage, action)["configuration"]!.AsObject();
}
