using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Requests;
using Mlops.Provisioning.Tests.Fakes;

namespace Mlops.Provisioning.Tests.Requests;

/// <summary>Whatever the bytes: a plan or findings of one line each, never an exception.</summary>
public sealed class AnyBytesTests
{
    private static readonly string[] Pieces =
    [
        "null",
        "true",
        "-0",
        "1e999",
        "123456789012345678901234567890",
        "\"\"",
        "\" \"",
        "\"\\u0000\"",
        "\"x\\n::error::y\"",
        "\"arn:aws:kms:us-east-1:123456789012:alias/\\u001b[2J\"",
        "{\"x\\n::error::y\": 1}",
        "\"\\ud83d\\ude00\"",
        "\"../..\"",
        "\"s3://\"",
        "\"s3:///\"",
        "\"ml..\"",
        "\"ml.a1.\"",
        "\"arn:::::\"",
        "\"arn:aws:sagemaker:us-east-1:123456789012:model-package/g/1\"",
        "\"latest\"",
        "\"pytorch\"",
        "[]",
        "{}",
        "{\"dev\": null}",
        "{\"dev\": {}, \"staging\": [], \"prod\": \"\"}",
        "{\"pipeline\": \"ml.m5.large\"}",
        "[[[[[[]]]]]]",
    ];

    private static readonly RequestPlanner[] Planners =
    [
        Deployments.Planner(Deployments.Single()),
        Deployments.Planner(Deployments.Single(registry: true)),
        Deployments.Planner(Deployments.Multi()),
    ];

    [Test]
    public void Random_bytes_are_findings() =>
        Check.One(Config(), Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes => IsAnswered(bytes)));

    /// <summary>The reader of JSON repeats what it cannot read.</summary>
    [Test]
    public void What_is_no_JSON_is_told_on_one_line() =>
        Assert.That(IsAnswered([(byte)'f', 0]) && IsAnswered([(byte)'n', (byte)'\n']), Is.True);

    [Test]
    public void Random_texts_in_any_key_are_answered() =>
        Check.One(
            Config(),
            Prop.ForAll(
                ArbMap.Default.ArbFor<string?>(),
                Keys().ToArbitrary(),
                (value, key) => IsAnswered(Bytes(key, JsonValue.Create(value)))
            )
        );

    [Test]
    public void Odd_values_in_any_keys_are_answered() =>
        Check.One(
            Config(),
            Prop.ForAll(
                Gen.Zip(Keys(), Gen.Elements(Pieces)).ArrayOf().ToArbitrary(),
                changes =>
                {
                    var request = Example();
                    foreach (var (key, piece) in changes)
                    {
                        request[key] = JsonNode.Parse(piece);
                    }

                    return IsAnswered(Encoding.UTF8.GetBytes(request.ToJsonString()));
                }
            )
        );

    [Test]
    public void A_request_with_any_bytes_changed_is_answered() =>
        Check.One(
            Config(),
            Prop.ForAll(
                Gen.Zip(Gen.Choose(0, 10_000), Gen.Choose(0, 255)).ArrayOf().ToArbitrary(),
                changes =>
                {
                    var bytes = Encoding.UTF8.GetBytes(Deployments.Example("byom_realtime_builtin"));
                    foreach (var (at, value) in changes)
                    {
                        bytes[at % bytes.Length] = (byte)value;
                    }

                    return IsAnswered(bytes);
                }
            )
        );

    private static bool IsAnswered(byte[] bytes) =>
        Planners.All(planner =>
        {
            var plan = planner.Plan(bytes, out var findings);
            return plan is null
                ? findings.Count > 0 && findings.All(IsOneLine)
                : findings.Count == 0 && plan.Definition.Name.Length <= 100;
        });

    private static bool IsOneLine(Finding finding) =>
        finding is { Message.Length: > 0, Remedy.Length: > 0 } && !finding.ToString().Any(char.IsControl);

    private static Gen<string> Keys() =>
        Gen.Elements(
            Example()
                .Select(member => member.Key)
                .Concat([
                    "kms_key_arn",
                    "endpoint_name",
                    "custom_image_uri",
                    "model_package_name",
                    "unknown",
                    "un\nknown",
                ])
                .ToArray()
        );

    private static byte[] Bytes(string key, JsonNode? value)
    {
        var request = Example();
        request[key] = value;
        return JsonSerializer.SerializeToUtf8Bytes(request);
    }

    private static JsonObject Example() => JsonNode.Parse(Deployments.Example("byom_realtime_builtin"))!.AsObject();

    private static Config Config() => FsCheck.Config.QuickThrowOnFailure.WithMaxTest(2_000);
}
