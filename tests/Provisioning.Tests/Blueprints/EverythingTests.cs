using System.Text;
using System.Text.Json.Nodes;
using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Packaging;
using Mlops.Provisioning.Requests;
using Mlops.Provisioning.Tests.Fakes;
using Mlops.Provisioning.Tests.Packaging;

namespace Mlops.Provisioning.Tests.Blueprints;

/// <summary>A blueprint of somebody else's, with two parts, a job, and every kind of key: a folder, no code.</summary>
public sealed class EverythingTests
{
    private static string Folder => Path.Combine(AppContext.BaseDirectory, "TestBlueprints");

    [TestCase("text", "\"short\"", "short")]
    [TestCase("text", "20", "20", Description = "a number is a text to a client")]
    [TestCase("text", "null", "otherwise")]
    [TestCase("allowed", "\"Gzip\"", "Gzip")]
    [TestCase("pattern", "\"abc-12\"", "abc-12")]
    [TestCase("integer", "20", "20")]
    [TestCase("integer", "\"20\"", "20")]
    [TestCase("integer", "\" 7 \"", "7")]
    [TestCase("number", "0.5", "0.5")]
    [TestCase("number", "\"1e3\"", "1e3")]
    [TestCase("boolean", "true", "True")]
    [TestCase("boolean", "\"True\"", "True")]
    [TestCase("boolean", "\"false\"", "False")]
    [TestCase("json", "{ \"a\" : [1, \"ü\"] }", """{"a":[1,"\u00FC"]}""")]
    [TestCase("list", "[\"a\", \" b \", 3]", "a,b,3")]
    [TestCase("list", "\" a ,b\"", "a,b")]
    [TestCase("map", "{\"B\": 1, \"A\": true}", """{"A": "true", "B": "1"}""", Description = "sorted")]
    [TestCase("map", "\"{\\\"A\\\": \\\"b\\\"}\"", """{"A": "b"}""", Description = "as text")]
    [TestCase("other", "null", "3")]
    [TestCase("json", "\"{ \\\"a\\\" : 1 }\"", """{ "a" : 1 }""", Description = "as text it is passed on unchanged")]
    public void Values_are_typed(string key, string json, string passed)
    {
        var judged = Judge(key, json);

        Assert.That(judged.Findings, Is.Empty);
        Assert.That(judged.Request!.Text(key, "pipeline"), Is.EqualTo(passed));
    }

    [TestCase("text", "\"much too long\"", FindingCodes.TooLong)]
    [TestCase("text", "\"a\\u0000\"", FindingCodes.Pattern)]
    [TestCase("allowed", "\"gzip\"", FindingCodes.NotAllowed)]
    [TestCase("pattern", "\"abc-12-\"", FindingCodes.Pattern)]
    [TestCase("pattern", "\"a-1\\n\"", FindingCodes.Pattern, Description = "the whole value, its last line break too")]
    [TestCase("integer", "0", FindingCodes.Range)]
    [TestCase("integer", "21", FindingCodes.Range)]
    [TestCase("integer", "1.5", FindingCodes.WrongType)]
    [TestCase("integer", "99999999999999999999", FindingCodes.WrongType)]
    [TestCase("integer", "true", FindingCodes.WrongType)]
    [TestCase("number", "-1", FindingCodes.Range)]
    [TestCase("number", "1e999", FindingCodes.WrongType)]
    [TestCase("number", "\"NaN\"", FindingCodes.WrongType)]
    [TestCase("boolean", "1", FindingCodes.WrongType)]
    [TestCase("boolean", "\"yes\"", FindingCodes.WrongType)]
    [TestCase("json", "\"text\"", FindingCodes.WrongType)]
    [TestCase("json", "\"{\"", FindingCodes.WrongType)]
    [TestCase("json", "1", FindingCodes.WrongType)]
    [TestCase("list", "[]", FindingCodes.EmptyValue)]
    [TestCase("list", "\"a,,b\"", FindingCodes.EmptyValue)]
    [TestCase("list", "[\"a,b\"]", FindingCodes.Pattern)]
    [TestCase("list", "[\"a\", \" a\"]", FindingCodes.Items)]
    [TestCase("list", "\"a,b,c,d\"", FindingCodes.Items)]
    [TestCase("list", "\"a,longer\"", FindingCodes.TooLong)]
    [TestCase("list", "[\"a\", null]", FindingCodes.WrongType)]
    [TestCase("list", "[[\"a\"]]", FindingCodes.WrongType)]
    [TestCase("list", "true", FindingCodes.WrongType)]
    [TestCase("map", "{}", FindingCodes.EmptyValue)]
    [TestCase("map", "[\"A\"]", FindingCodes.WrongType)]
    [TestCase("map", "\"A=b\"", FindingCodes.WrongType)]
    [TestCase("map", "{\"A\": null}", FindingCodes.WrongType)]
    [TestCase("map", "{\"A\": [1]}", FindingCodes.WrongType)]
    [TestCase("map", "{\"A-B\": \"\"}", FindingCodes.Pattern)]
    [TestCase("map", "{\"A\\n\": \"\"}", FindingCodes.Pattern)]
    [TestCase("map", "{\"Ref\": \"Other\"}", FindingCodes.Pattern, Description = "a function of CloudFormation's")]
    [TestCase("map", "{\"A\": \"{{resolve:ssm:x}}\"}", FindingCodes.Pattern)]
    [TestCase("map", "{\"A\": \"a\\u0085\"}", FindingCodes.Pattern)]
    [TestCase("map", "{\"A\": \"much too long\"}", FindingCodes.TooLong)]
    [TestCase("map", "{\"A\": \"1\", \"B\": \"2\", \"C\": \"3\"}", FindingCodes.Items)]
    [TestCase("map", "{\"pipeline\": {\"A\": \"b\"}}", FindingCodes.OneValueOnly)]
    public void Others_are_findings(string key, string json, string code) =>
        Assert.That(Judge(key, json).Findings.Select(finding => finding.Code), Is.EqualTo((string[])[code]));

    [TestCase("7", "7")]
    [TestCase("\"\"", "3")]
    public void A_default_may_be_the_value_of_another_key(string json, string passed) =>
        Assert.That(Judge("integer", json).Request!.Text("other", "pipeline"), Is.EqualTo(passed));

    [Test]
    public void A_map_is_written_into_the_template_and_its_line_left_out_without_one()
    {
        var with = Template(Request("map", """{"A": "say \"hi\""}"""));
        var without = Template(Request("text", "\"a\""));

        Assert.That(with, Does.EndWith("        Image: any\n        Environment: {\"A\": \"say \\\"hi\\\"\"}\n"));
        Assert.That(without, Does.Not.Contain("Environment"));
        Assert.That(Template(Request("map", """{"A": "say \"hi\""}""")), Is.EqualTo(with));
    }

    [TestCase(
        "    Map: {} # insert: map",
        "    Map: {\"A\": \"b\"}",
        "",
        Description = "the last line, without its end"
    )]
    [TestCase("Map: {} # insert: map\r\nB: 1\r\n", "Map: {\"A\": \"b\"}\r\nB: 1\r\n", "B: 1\r\n")]
    [TestCase(
        "A: {} # insert: mapping\nB: {} # insert: map\nC: {} # insert: map\nD: 1\n",
        "A: {} # insert: mapping\nB: {\"A\": \"b\"}\nC: {\"A\": \"b\"}\nD: 1\n",
        "A: {} # insert: mapping\nD: 1\n"
    )]
    public void Every_marked_line_and_no_other_is_written(string template, string with, string without)
    {
        var part = BlueprintCatalog.Open(Folder).All().Single().Manifest.Parts[0];
        string Apply(string json) =>
            Encoding.UTF8.GetString(
                TemplateInsertions.Apply(Encoding.UTF8.GetBytes(template), part, Judge("map", json).Request!).Span
            );

        Assert.That(Apply("""{"A": "b"}"""), Is.EqualTo(with));
        Assert.That(Apply("null"), Is.EqualTo(without));
    }

    [Test]
    public void A_template_without_the_marked_line_is_a_broken_blueprint()
    {
        var part = BlueprintCatalog.Open(Folder).All().Single().Manifest.Parts[0];

        Assert.That(
            () => TemplateInsertions.Apply("A: 1\n"u8.ToArray(), part, Judge("text", "1").Request!),
            Throws
                .TypeOf<BlueprintException>()
                .With.Message.EqualTo("template.yaml has no line that ends with \"{} # insert: map\".")
        );
    }

    [Test]
    public void Each_part_has_its_stack_its_files_and_its_actions()
    {
        var settings = Deployments.Single();

        var plan = Deployments
            .Planner(settings, Folder)
            .Plan(Encoding.UTF8.GetBytes(Request("place", "\"s3://bucket/prefix/\"")), out _)!;

        Assert.That(
            plan.Targets.Single().Parts.Select(part => part.StackName),
            Is.EqualTo((string[])["mlops-pipeline-my-model-everything-baseline", "mlops-pipeline-my-model-everything"])
        );
        Assert.That(
            plan.Targets.Single().Parts[1].Parameters.Select(parameter => $"{parameter.Key}={parameter.Value}"),
            Is.EqualTo(
                (string[])
                    [
                        "Bucket=bucket",
                        "Place=bucket/prefix/",
                        "Text=otherwise",
                        "Image=205585389593.dkr.ecr.us-east-1.amazonaws.com/sagemaker-clarify-processing:1.0",
                        "Name=my-model-thing-e4280594",
                        "Under=a/my-model-thing-e4280594",
                    ]
            )
        );
        Assert.That(
            TemplatePackageTests.Unzip(plan.Package).Keys,
            Is.EqualTo((string[])["baseline.yaml", "pipeline.baseline.json", "pipeline.schedule.json", "schedule.yaml"])
        );
        Assert.That(
            plan.Definition.Stages[1].Actions.Select(action => $"{action.RunOrder} {action.Name}"),
            Is.EqualTo(
                (string[])
                    [
                        "1 PrepareBaseline",
                        "2 DeployBaseline",
                        "3 RunBaseline",
                        "4 VerifyBaseline",
                        "5 PrepareSchedule",
                        "6 DeploySchedule",
                        "7 VerifySchedule",
                    ]
            )
        );
        Assert.That(
            plan.Definition.Stages[1].Actions[2].Configuration["StateMachineArn"],
            Is.EqualTo("arn:aws:states:us-east-1:123456789012:stateMachine:mlops-pipeline-my-model-everything-baseline")
        );
    }

    [Test]
    public async Task The_same_request_again_runs_the_job_again()
    {
        var (aws, settings) = (new FakeAws(), Deployments.Single());
        var service = new PipelineService(Deployments.Planner(settings, Folder), settings, aws, aws);
        var request = Encoding.UTF8.GetBytes(Request("text", "\"a\""));

        for (var times = 1; times <= 3; times++)
        {
            await service.ProvisionAsync(request, new ProvisionOptions(), CancellationToken.None);
            aws.Finish();

            Assert.That(aws.Pipeline("mlops-pipeline-my-model-everything")!.Executions, Has.Count.EqualTo(times));
        }

        Assert.That(aws.Packages("mlops-pipeline-my-model-everything"), Has.Count.EqualTo(1));
    }

    private static string Template(string request)
    {
        var plan = Deployments.Planner(Deployments.Single(), Folder).Plan(Encoding.UTF8.GetBytes(request), out _)!;
        return TemplatePackageTests.Unzip(plan.Package)["baseline.yaml"];
    }

    private static Judged Judge(string key, string json) => Judged.By(Request(key, json), folder: Folder);

    private static string Request(string key, string json) =>
        new JsonObject
        {
            ["pipeline_type"] = "everything",
            ["model_name"] = "my-model",
            [key] = JsonNode.Parse(json),
        }.ToJsonString();
}
