using System.Text.Json.Nodes;
using static Mlops.Local.Tests.CodePipelines.Definitions;

namespace Mlops.Local.Tests.CodePipelines;

/// <summary>Counts, lengths and names (quotas and pipeline structure reference): just beyond each limit is refused.</summary>
public sealed class DefinitionLimitTests
{
    private const string Structure = "InvalidStructureException";
    private const string Action = "InvalidActionDeclarationException";
    private const string Stage = "InvalidStageDeclarationException";
    private const string Shape = "ValidationException";

    private Bench bench = null!;

    [OneTimeSetUp]
    public async Task Start() => bench = await Bench.StartAsync();

    [OneTimeTearDown]
    public async Task End() => await bench.DisposeAsync();

    private static IEnumerable<TestCaseData> Definitions() =>
        [
            Case("a stage's name of 101 characters", Shape, p => StageOf(p)["name"] = Long(101)),
            Case("a stage's name with a space", Shape, p => StageOf(p)["name"] = "Deploy it"),
            Case("51 stages", Structure, p => Stages(p, 50)),
            Case("an action's name of 101 characters", Shape, p => ActionOf(p, 0)["name"] = Long(101)),
            Case("an action's name with a slash", Shape, p => ActionOf(p, 0)["name"] = "a/b"),
            Case("51 actions in a stage", Stage, p => Actions(p, 1, 51)),
            Case(
                "501 actions",
                "LimitExceededException",
                p =>
                {
                    Stages(p, 11);
                    foreach (var stage in Enumerable.Range(1, 10))
                    {
                        Actions(p, stage, 50);
                    }
                }
            ),
            Case("run order 1000", Shape, p => ActionOf(p, 0)["runOrder"] = 1000),
            Case("an approval of 4 minutes", Shape, p => ActionOf(p, 2)["timeoutInMinutes"] = 4),
            Case("an approval of more than 60 days", Shape, p => ActionOf(p, 2)["timeoutInMinutes"] = 86_401),
            Case("a link that opens no page", Action, p => Configuration(p, 2)["ExternalEntityLink"] = "s3://b/k"),
            Case("an approval with an artifact", Action, p => Inputs(ActionOf(p, 2), "Package")),
            Case("a namespace of 101 characters", Shape, p => ActionOf(p, 0)["namespace"] = Long(101)),
            Case("a namespace with a dot", Shape, p => ActionOf(p, 0)["namespace"] = "a.b"),
            Case(
                "a namespace of two actions",
                Action,
                p =>
                {
                    ActionOf(p, 0)["namespace"] = "One";
                    ActionOf(p, 1)["namespace"] = "One";
                }
            ),
            Case("a configuration key of 51 characters", Shape, p => Configuration(p, 0)[Long(51)] = "x"),
            Case("an empty configuration value", Shape, p => Configuration(p, 0)["UserParameters"] = ""),
            Case("an artifact's name of 101 characters", Shape, p => Inputs(ActionOf(p, 0), Long(101))),
            Case("an artifact's name with a dot", Shape, p => Inputs(ActionOf(p, 0), "a.b")),
            Case("an artifact named twice", Action, p => Inputs(ActionOf(p, 0), "Package", "Package")),
            Case(
                "an artifact of an action beside it",
                Structure,
                p =>
                {
                    ActionOf(p, 0)["outputArtifacts"] = new JsonArray(new JsonObject { ["name"] = "Made" });
                    ActionOf(p, 1)["runOrder"] = 1;
                    Inputs(ActionOf(p, 1), "Package", "Made");
                }
            ),
            Case(
                "a stack that makes two artifacts",
                Action,
                p =>
                    ActionOf(p, 1)["outputArtifacts"] = new JsonArray(
                        new JsonObject { ["name"] = "A" },
                        new JsonObject { ["name"] = "B" }
                    )
            ),
            Case("a template that is a file only", Action, p => Configuration(p, 1)["TemplatePath"] = "template.yaml"),
            Case("a role of an action that is none", Shape, p => ActionOf(p, 1)["roleArn"] = "deliver"),
            Case("an action in another region", Action, p => ActionOf(p, 1)["region"] = "eu-west-1"),
            Case("two ways to name the store", Structure, p => p["artifactStores"] = new JsonObject()),
            Case("a key by its alias", Structure, p => Key(p, "alias/artifacts", "KMS")),
            Case("a key that is not KMS's", Shape, p => Key(p, "key", "HSM")),
            Case("an empty key", Shape, p => Key(p, "", "KMS")),
            Case("a store that is no bucket", Shape, p => p["artifactStore"]!["location"] = "a/b"),
            Case("51 variables", Shape, p => Variables(p, 51)),
            Case(
                "a default of 1,001 characters",
                Shape,
                p =>
                {
                    Variables(p, 1);
                    p["variables"]![0]!["defaultValue"] = Long(1001);
                }
            ),
            Case(
                "a variable, and type V1",
                Structure,
                p =>
                {
                    Variables(p, 1);
                    p["pipelineType"] = "V1";
                }
            ),
            Case(
                "a queue of executions, and the type left out, which is V1",
                Structure,
                p =>
                {
                    p["executionMode"] = "QUEUED";
                    p.Remove("pipelineType");
                }
            ),
        ];

    [TestCaseSource(nameof(Definitions))]
    public async Task Refuses(string code, Action<JsonObject> spoil)
    {
        var definition = Good();
        spoil(definition);

        var answer = await CreateAsync(definition);

        Assert.That((answer.Status, answer.Error), Is.EqualTo((400, code)), answer.Message);
        Assert.That((await bench.Api.CallAsync("ListPipelines", []))["pipelines"]!.AsArray(), Is.Empty);
    }

    [Test]
    public async Task Refuses_stacks_in_a_China_region()
    {
        var body = new JsonObject { ["pipeline"] = Good() };

        var answer = await bench.Api.SendAsync("CreatePipeline", body.ToJsonString(), region: "cn-north-1");

        Assert.That((answer.Status, answer.Error), Is.EqualTo((400, Action)), answer.Message);
        Assert.That(answer.Message, Does.Contain("in action 'Deploy' is not available in region 'cn-north-1'"));
    }

    [Test]
    public async Task Refuses_a_role_that_does_not_trust_CodePipeline()
    {
        var definition = Good();
        definition["roleArn"] = bench.StackRole;

        var answer = await CreateAsync(definition);

        Assert.That((answer.Status, answer.Error), Is.EqualTo((400, Structure)), answer.Message);
        Assert.That(answer.Message, Does.EndWith("its trust policy does not name codepipeline.amazonaws.com"));
    }

    private Task<Answer> CreateAsync(JsonObject definition) =>
        bench.Api.SendAsync("CreatePipeline", new JsonObject { ["pipeline"] = definition });

    private JsonObject Good() =>
        Of(bench, ("Deploy", [Lambda("Prepare", 1, "f"), Deploy(bench, "CREATE_UPDATE", 2), Approval("Ask", 3)]));

    private static TestCaseData Case(string name, string code, Action<JsonObject> spoil) =>
        new TestCaseData(code, spoil).SetArgDisplayNames(name);

    private static string Long(int length) => new('a', length);

    private static JsonObject StageOf(JsonObject pipeline) => pipeline["stages"]![1]!.AsObject();

    private static JsonObject ActionOf(JsonObject pipeline, int action) =>
        StageOf(pipeline)["actions"]![action]!.AsObject();

    private static JsonObject Configuration(JsonObject pipeline, int action) =>
        ActionOf(pipeline, action)["configuration"]!.AsObject();

    private static void Inputs(JsonObject action, params string[] names) =>
        action["inputArtifacts"] = new JsonArray([.. names.Select(name => new JsonObject { ["name"] = name })]);

    private static void Key(JsonObject pipeline, string id, string type) =>
        pipeline["artifactStore"]!["encryptionKey"] = new JsonObject { ["id"] = id, ["type"] = type };

    private static void Variables(JsonObject pipeline, int count) =>
        pipeline["variables"] = new JsonArray([
            .. Enumerable
                .Range(0, count)
                .Select(number => new JsonObject { ["name"] = $"v{number}", ["defaultValue"] = "x" }),
        ]);

    /// <summary>The stage after the source, this often.</summary>
    private static void Stages(JsonObject pipeline, int count)
    {
        foreach (var number in Enumerable.Range(2, count - 1))
        {
            var stage = StageOf(pipeline).DeepClone();
            stage["name"] = $"Deploy{number}";
            pipeline["stages"]!.AsArray().Add(stage);
        }
    }

    /// <summary>The first action of a stage, this often.</summary>
    private static void Actions(JsonObject pipeline, int stage, int count)
    {
        var one = pipeline["stages"]![stage]!["actions"]![0]!;
        pipeline["stages"]![stage]!["actions"] = new JsonArray([
            .. Enumerable
                .Range(0, count)
                .Select(number =>
                {
                    var action = one.DeepClone();
                    action["name"] = $"Action{number}";
                    return action;
                }),
        ]);
    }
}
