using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Mlops.EndToEnd.Tests;

/// <summary>What is wrong is refused with the reason, and nothing is made: asked of the shipped binary over HTTP.</summary>
[TestFixture]
public sealed class BadInputTests
{
    private LocalSystem _system = null!;

    [OneTimeSetUp]
    public async Task The_system_runs_empty() => _system = await LocalSystem.StartAsync("--no-example");

    [OneTimeTearDown]
    public async Task The_system_ends() => await _system.DisposeAsync();

    private static IEnumerable<TestCaseData> Bodies()
    {
        yield return Case("nothing", "");
        yield return Case("no JSON", "model please");
        yield return Case("half a JSON", """{"pipeline_type": "byom_realtime_builtin" """);
        yield return Case("an array", "[]");
        yield return Case("a number", "7");
        yield return Case("null", "null");
        yield return Case("an empty object", "{}");
        yield return Case("an unknown type", """{"pipeline_type": "byom_realtime_bultin"}""");
        yield return Case("a type that is a number", """{"pipeline_type": 7}""");
        yield return Case("nothing but a type", """{"pipeline_type": "byom_realtime_builtin"}""");
        yield return Case(
            "nesting of thousands of levels",
            $"{string.Concat(Enumerable.Repeat("""{"a":""", 5000))}1{new string('}', 5000)}"
        );
        yield return Case(
            "arrays of thousands of levels",
            $$"""{"pipeline_type":{{new string('[', 9000)}}{{new string(']', 9000)}}}"""
        );
        yield return Case("a byte that is no text", "{\"pipeline_type\":\"\u0000\ud83d\"}");
        yield return Case("a model name that AWS cannot use", Changed("model_name", "\"über modell!\""));
        yield return Case("a model name that is null", Changed("model_name", "null"));
        yield return Case("a model name that is empty", Changed("model_name", "\"\""));
        yield return Case("a model name that is an object", Changed("model_name", "{}"));
        yield return Case("an instance type that is none", Changed("inference_instance", "\"m5.large\""));
        yield return Case("an unknown framework", Changed("model_framework", "\"abacus\""));
        yield return Case("an unknown version", Changed("model_framework_version", "\"0.0-0\""));
        yield return Case("a location that climbs", Changed("model_artifact_location", "\"../../etc/passwd\""));
        yield return Case(
            "a value that is too long",
            Changed("data_capture_location", $"\"bucket/{new string('x', 5000)}\"")
        );
    }

    [TestCaseSource(nameof(Bodies))]
    public async Task Is_refused_with_a_4xx(string body)
    {
        using var response = await _system.PostAsync("/provisionpipeline", body);
        var answer = await LocalSystem.JsonAsync(response);

        Assert.That((int)response.StatusCode, Is.InRange(400, 499), answer.ToJsonString());
        Assert.That(response.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
        Assert.That((string?)answer["message"], Is.Not.Empty.And.Not.Null);
    }

    [Test]
    public async Task A_body_over_the_limit_is_refused()
    {
        var body = Encoding.UTF8.GetBytes(
            $$"""{"pipeline_type": "byom_realtime_builtin", "x": "{{new string('x', 3_000_000)}}"}"""
        );

        using var response = await _system.PostAsync("/provisionpipeline", body);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
    }

    [Test]
    public async Task Every_finding_is_told_at_once_with_code_place_value_rule_and_remedy()
    {
        var request = JsonNode.Parse(Valid())!.AsObject();
        request["inference_instance"] = "m5.large";
        request["model_artifact_location"] = "../model.tar.gz";
        request.Remove("data_capture_location");

        using var response = await _system.PostAsync("/provisionpipeline", request);
        var errors = (await LocalSystem.JsonAsync(response))["errors"]!.AsArray();

        Assert.That(
            errors.Select(error => (string)error!["pointer"]!),
            Is.EquivalentTo(["/inference_instance", "/model_artifact_location", "/data_capture_location"])
        );
        foreach (var error in errors)
        {
            Assert.That((string)error!["code"]!, Does.Match("^MLP[0-9]{3}$"));
            Assert.That((string?)error["rule"], Is.Not.Null.And.Not.Empty);
            Assert.That((string?)error["remedy"], Is.Not.Null.And.Not.Empty);
        }

        Assert.That(
            (string)errors.Single(error => (string)error!["pointer"]! == "/inference_instance")!["value"]!,
            Is.EqualTo("m5.large")
        );
    }

    [TestCase("""{"pipeline_id": "mlops-pipeline-nobody-byompipelinerealtimebuiltin"}""", 404)]
    [TestCase("""{"pipeline_id": ""}""", 400)]
    [TestCase("""{"pipeline_id": 7}""", 400)]
    [TestCase("{}", 400)]
    [TestCase("x", 400)]
    public async Task A_status_of_nothing_is_refused(string body, int status)
    {
        using var response = await _system.PostAsync("/pipelinestatus", body);

        Assert.That((int)response.StatusCode, Is.EqualTo(status));
    }

    [TestCase("/nowhere")]
    [TestCase("/provisionpipeline/again")]
    public async Task An_unknown_route_is_refused(string route)
    {
        using var response = await _system.PostAsync(route, "{}");

        Assert.That((int)response.StatusCode, Is.InRange(400, 499));
    }

    [Test]
    public async Task A_refused_request_leaves_no_pipeline_and_no_package_behind()
    {
        foreach (var body in Bodies())
        {
            using var _ = await _system.PostAsync("/provisionpipeline", (string)body.Arguments[0]!);
        }

        var pipelines = (await _system.AwsAsync("codepipeline", "list-pipelines"))["pipelines"]!.AsArray();
        Assert.That(
            pipelines.Select(one => (string)one!["name"]!),
            Is.EqualTo([ConfigClone.Pipeline]),
            "that one is the program's"
        );
        Assert.That(await _system.PackageVersionsAsync(""), Is.Empty);
    }

    private static string Valid() => File.ReadAllText(Repository.Example("byom_realtime_builtin.json"));

    private static string Changed(string key, string json)
    {
        var request = JsonNode.Parse(Valid())!.AsObject();
        request[key] = JsonNode.Parse(json);
        return request.ToJsonString();
    }

    private static TestCaseData Case(string name, string body) =>
        new TestCaseData(body).SetName($"A request with {name} is refused with a 4xx");
}
