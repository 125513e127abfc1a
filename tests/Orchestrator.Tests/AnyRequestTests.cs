using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Mlops.Orchestrator.Tests.Support;
using Mlops.Provisioning;
using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Tests.Fakes;

namespace Mlops.Orchestrator.Tests;

/// <summary>Whatever a client sends: an answer below 500, and nothing written unless it is a success.</summary>
public sealed class AnyRequestTests
{
    private static readonly (ProvisioningSettings Settings, RequestPlanner Planner)[] Deployed =
    [
        .. new[] { Deployments.Single(), Deployments.Single(registry: true), Deployments.Multi() }.Select(settings =>
            (settings, Deployments.Planner(settings))
        ),
    ];

    [Test]
    public void Any_text() => Holds(300, ArbMap.Default.ArbFor<string?>(), text => AnswerAsync(text));

    [Test]
    public void Any_bytes() =>
        Holds(300, ArbMap.Default.ArbFor<byte[]>(), bytes => AnswerAsync(Convert.ToBase64String(bytes), base64: true));

    [Test]
    public void Any_JSON() => Holds(300, RandomJson.Value().ToArbitrary(), text => AnswerAsync(text));

    [Test]
    public void Any_JSON_in_the_place_of_any_value() =>
        Holds(2_000, RandomJson.Request().ToArbitrary(), text => AnswerAsync(text));

    [TestCase("[", "]")]
    [TestCase("""{"a":""", "}")]
    [TestCase("""{"pipeline_type":[""", "]}")]
    public async Task Thousands_of_levels(string open, string close)
    {
        foreach (var levels in (int[])[31, 32, 33, 64, 65, 10_000])
        {
            var nested = $"{Times(open, levels)}1{Times(close, levels)}";

            Assert.That(await AnswerAsync(nested), Is.True, $"{levels}");
            Assert.That(await AnswerAsync(Times(open, levels)), Is.True, $"{levels}, never closed");
            Assert.That(
                await AnswerAsync($$"""{"pipeline_type":"byom_realtime_builtin","model_name":{{nested}}}"""),
                Is.True,
                $"{levels}, in a key"
            );
        }
    }

    [TestCase("""{"model_name": "\ud800"}""", Description = "half of a character")]
    [TestCase("""{"\udc00": 1}""", Description = "the other half, as a key")]
    [TestCase("""{"pipeline_type": {"a": ["\udc00\ud800"]}}""")]
    public async Task Halves_of_characters(string request) => Assert.That(await AnswerAsync(request), Is.True);

    [Test]
    public async Task An_answer_to_the_largest_request_fits_into_what_Lambda_may_return()
    {
        const int limit = 6 * 1024 * 1024;
        string[] requests =
        [
            Large(i => $"\"k{i}\":\"\""),
            Large(_ => "\"twice\":1"),
            Large(i => $"\"k{i}\":\"\\ud83d\\ude00\""),
            $$"""{"pipeline_type":"byom_realtime_builtin","inference_instance":{{Large(i => $"\"t{i}\":\"\"")}}}""",
            $$"""{"pipeline_type":"{{new string('\u0001', 1)}}"}""",
            $$"""{"pipeline_type":"{{Times("\\u0001", 100_000)}}"}""",
        ];

        foreach (var (settings, planner) in Deployed)
        {
            foreach (var request in requests)
            {
                var answer = await new Invoked(settings, planner).PostAsync(Invoked.Provision, request);

                Assert.That(answer.StatusCode, Is.EqualTo(400));
                Assert.That(answer.Body, Has.Length.LessThan(limit / 10));
            }
        }
    }

    private static async Task<bool> AnswerAsync(string? body, bool base64 = false)
    {
        var isRight = true;
        foreach (var (settings, planner) in Deployed)
        {
            var orchestrator = new Invoked(settings, planner);
            orchestrator.Aws.Assets["baselines/my-model/training-data.csv"] = "label,age\n"u8.ToArray();
            var provisioned = await orchestrator.PostAsync(Invoked.Provision, body, base64);
            isRight &= provisioned.StatusCode switch
            {
                200 => provisioned.Text("pipeline_id") is { Length: > 0 },
                >= 400 and < 500 => IsExplained(provisioned.Json()) && !orchestrator.Aws.Writes.Any(),
                _ => false,
            };
            var status = await orchestrator.PostAsync(Invoked.Status, body, base64);
            isRight &=
                status.StatusCode == 200 || (status.StatusCode is >= 400 and < 500 && IsExplained(status.Json()));
        }

        return isRight;
    }

    private static bool IsExplained(JsonObject problem) =>
        problem["message"] is not null
        && problem["errors"] is JsonArray { Count: > 0 } errors
        && errors.All(error =>
            error!["code"] is not null
            && ((string)error["message"]!).Length > 0
            && ((string)error["remedy"]!).Length > 0
        );

    private static void Holds<T>(int times, Arbitrary<T> any, Func<T, Task<bool>> property) =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(times),
            Prop.ForAll(any, value => property(value).GetAwaiter().GetResult())
        );

    private static string Large(Func<int, string> member) =>
        $"{{{string.Join(',', Enumerable.Range(0, 40_000).Select(member))}}}";

    private static string Times(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
}
