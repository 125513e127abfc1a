using System.Globalization;
using System.Text.Json.Nodes;
using Mlops.Provisioning.Blueprints;

namespace Mlops.Orchestrator.Tests.BadInput;

/// <summary>Every mistake that one can make with a key, made of what its manifest says about it.</summary>
internal static class BadValues
{
    private const int ParameterLimit = 4_096;

    /// <summary>Mistakes with the value itself.</summary>
    /// <param name="key">The key.</param>
    /// <param name="good">A value that is right.</param>
    public static IEnumerable<BadValue> Of(KeyDefinition key, JsonNode good) =>
        [
            BadValue.Missing,
            .. LeftOut(),
            .. WrongTypes(),
            .. Ranges(key),
            .. Long(key),
            .. Forms(key),
            .. Others(key),
            .. NestedValues.Of(key.Type, good),
        ];

    /// <summary>Mistakes with a value for each target.</summary>
    public static IEnumerable<BadValue> ByTarget(KeyDefinition key, JsonNode good, IReadOnlyList<string> targets)
    {
        JsonObject All(params (string Name, JsonNode? Value)[] others)
        {
            var value = new JsonObject(
                targets.Select(target => KeyValuePair.Create(target, (JsonNode?)good.DeepClone()))
            );
            foreach (var (name, other) in others)
            {
                value[name] = other;
            }

            return value;
        }

        BadValue Make(string what, JsonNode value, string? within) =>
            new(Kinds.Targets, what, value) { Within = within };

        if (!key.PerTarget)
        {
            return [Make("one for each target", All(), null)];
        }

        var last = targets[^1];
        var without = All();
        without.Remove(last);
        return
        [
            Make("one target missing", without, $"/{last}"),
            Make("no target", new JsonObject(), null),
            Make("an unknown target", All(("nowhere", good.DeepClone())), "/nowhere"),
            Make("null in a target", All((last, null)), $"/{last}"),
            Make("an empty text in a target", All((last, "")), $"/{last}"),
            Make("an object in a target", All((last, All())), $"/{last}"),
            .. Of(key, good)
                .Where(bad => bad.Kind is Kinds.Range or Kinds.Form or Kinds.NotAllowed or Kinds.TooLong)
                .Select(bad => Make($"{bad.What} in a target", All((last, bad.Json?.DeepClone())), $"/{last}")),
        ];
    }

    private static IEnumerable<BadValue> LeftOut() =>
        [
            new(Kinds.LeftOut, "null", null) { Within = "" },
            new(Kinds.LeftOut, "an empty text", "") { Within = "" },
            new(Kinds.LeftOut, "a blank text", " \t ") { Within = "" },
        ];

    private static IEnumerable<BadValue> WrongTypes() =>
        [
            BadValue.Of(Kinds.WrongType, "a number", "1.5"),
            BadValue.Of(Kinds.WrongType, "true", "true"),
            BadValue.Of(Kinds.WrongType, "a text", "\"nonsense\""),
            BadValue.Of(Kinds.WrongType, "an empty list", "[]"),
            BadValue.Of(Kinds.WrongType, "a list of a text", "[\"nonsense\"]"),
            BadValue.Of(Kinds.WrongType, "a list of null", "[null]"),
            BadValue.Of(Kinds.WrongType, "a list of lists", "[[1], [2]]"),
            BadValue.Of(Kinds.WrongType, "an empty object", "{}"),
            BadValue.Of(Kinds.WrongType, "an object of a text", "{\"nonsense\": \"nonsense\"}"),
            BadValue.Of(Kinds.WrongType, "an object of an object", "{\"nonsense\": {\"nonsense\": 1}}"),
            BadValue.Of(Kinds.WrongType, "text of a list", "\"[1, 2]\""),
            BadValue.Of(Kinds.WrongType, "text of an object", "\"{\\\"nonsense\\\": \\\"nonsense\\\"}\""),
            BadValue.Of(Kinds.WrongType, "text of half an object", "\"{\\\"nonsense\\\":\""),
        ];

    private static IEnumerable<BadValue> Ranges(KeyDefinition key)
    {
        if (key.Type is not (KeyType.Integer or KeyType.Number))
        {
            yield break;
        }

        foreach (var limit in new[] { key.Minimum - 1, key.Maximum + 1 }.OfType<long>())
        {
            var number = limit.ToString(CultureInfo.InvariantCulture);
            yield return BadValue.Of(Kinds.Range, number, number);
            yield return BadValue.Of(Kinds.Range, $"{number} as text", $"\"{number}\"");
        }

        yield return BadValue.Of(Kinds.Range, "larger than any number", "1e400");
        yield return BadValue.Of(Kinds.Range, "not a number", "\"NaN\"");
        yield return BadValue.Of(Kinds.Range, "infinity", "\"Infinity\"");
        if (key.Type == KeyType.Integer)
        {
            yield return BadValue.Of(Kinds.Range, "with more digits than a number has", $"{new string('9', 25)}");
            yield return BadValue.Of(Kinds.Range, "with an exponent", "1e1");
            yield return BadValue.Of(Kinds.Range, "with a comma", "\"1,000\"");
        }
    }

    private static IEnumerable<BadValue> Long(KeyDefinition key)
    {
        if (key.MaxLength is { } limit)
        {
            yield return new BadValue(Kinds.TooLong, "one character too many", new string('a', limit + 1));
        }

        // The last letter has two bytes.
        yield return new BadValue(Kinds.TooLong, "one byte too many", $"{new string('a', ParameterLimit - 1)}ü");
        yield return new BadValue(Kinds.TooLong, "a book", new string('a', 100_000));
        if (key.MaxItems is { } items)
        {
            var names = Enumerable.Range(0, items + 1).Select(index => $"n{index}");
            yield return key.Type == KeyType.TextMap
                ? new BadValue(
                    Kinds.TooLong,
                    "one item too many",
                    new JsonObject(names.Select(name => KeyValuePair.Create(name, (JsonNode?)"")))
                )
                : new BadValue(
                    Kinds.TooLong,
                    "one item too many",
                    new JsonArray([.. names.Select(name => (JsonNode?)name)])
                );
        }
    }

    private static IEnumerable<BadValue> Forms(KeyDefinition key)
    {
        yield return new BadValue(Kinds.Form, "a control character", "a\u0001b");
        foreach (var text in Malformed(key))
        {
            yield return new BadValue(Kinds.Form, $"\"{text}\"", text);
        }
    }

    private static string[] Malformed(KeyDefinition key) =>
        key.Type switch
        {
            _ when key.Pattern is not null => ["!", "a b", "ünsinn", $"{key.Example} {key.Example}"],
            KeyType.ModelName => ["my model", "a/b", "-", "*"],
            KeyType.SageMakerName => ["my name", "a_b", "-a", "a-", new('a', 64)],
            KeyType.ImageTag => ["-a", ".a", "a b", "a:b", new('a', 129)],
            KeyType.InstanceType => ["m5.large", "ml.m5", "ml.", "ML.M5.LARGE", "ml.m5.large,ml.m5.xlarge"],
            KeyType.S3Location =>
            [
                "s3://",
                "UPPER/key",
                "ab/key",
                "bucket/../key",
                "bucket/*",
                "bucket//key",
                "192.168.0.1/key",
                "https://bucket/key",
            ],
            KeyType.S3Key =>
            [
                "/key",
                "a//b",
                "a/../b",
                "a/*",
                "a/${b}",
                "s3://other-bucket/key",
                "s3://",
                new('k', 1_025),
            ],
            KeyType.KmsKeyArn =>
            [
                "alias/mine",
                "1234abcd-12ab-34cd-56ef-1234567890ab",
                "arn:aws:kms:us-east-1:123456789012:alias/mine",
                "arn:aws:kms:us-east-1:12345:key/1",
            ],
            KeyType.ImageUri =>
            [
                "nginx:latest",
                "123456789012.dkr.ecr.us-east-1.amazonaws.com/",
                "public.ecr.aws/a/b:1",
                $"123456789012.dkr.ecr.us-east-1.amazonaws.com/{new string('a', 250)}:1",
            ],
            KeyType.ModelPackageArn =>
            [
                "my-group/1",
                "arn:aws:sagemaker:us-east-1:123456789012:model-package-group/my-group",
                "arn:aws:sagemaker:us-east-1:123456789012:model-package/",
            ],
            KeyType.Boolean => ["yes", "1", "wahr"],
            KeyType.Integer or KeyType.Number => ["many", "0x10", "one"],
            _ => [],
        };

    private static IEnumerable<BadValue> Others(KeyDefinition key)
    {
        if (key.Allowed is not { } allowed)
        {
            yield break;
        }

        var upper = allowed[0].ToUpperInvariant();
        var other = upper == allowed[0] ? allowed[0].ToLowerInvariant() : upper;
        foreach (var text in (string[])["no-such-value", other, $"{allowed[0]}x", $"{allowed[0]},{allowed[0]}"])
        {
            yield return new BadValue(Kinds.NotAllowed, $"\"{text}\"", text);
        }
    }
}
