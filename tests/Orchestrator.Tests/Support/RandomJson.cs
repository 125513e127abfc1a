using System.Globalization;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.Tests.Fakes;

namespace Mlops.Orchestrator.Tests.Support;

/// <summary>JSON as text, so that it can have what no object model holds: a key twice, half of a character, any number.</summary>
internal static class RandomJson
{
    private const int Deepest = 6;

    private static readonly string[] Words =
    [
        "null",
        "true",
        "false",
        "0",
        "-0",
        "1e400",
        "-1E+2147483648",
        "0.1e-999999",
        new('9', 400),
        "\"\"",
        "\" \"",
        "\"..\"",
        "\"a/../b\"",
        "\"s3://\"",
        "\"ml.\"",
        "\"ml.m5.large\"",
        "\"arn:aws:kms:us-east-1:123456789012:key/\"",
        "\"byom_realtime_custom\"",
        "\"latest\"",
        $"\"{new string('x', 5_000)}\"",
    ];

    /// <summary>A value of any shape.</summary>
    public static Gen<string> Value() => Value(Deepest);

    /// <summary>An example with some of its values replaced, and some keys added, maybe such as there are already.</summary>
    public static Gen<string> Request()
    {
        var examples = Directory
            .EnumerateFiles(Deployments.BlueprintFolder, "*.json", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(Path.GetDirectoryName(file)) == "examples")
            .Order(StringComparer.Ordinal)
            .Select(file => JsonNode.Parse(File.ReadAllText(file))!.AsObject())
            .ToArray();
        var keys = BlueprintCatalog
            .Open(Deployments.BlueprintFolder)
            .All()
            .SelectMany(blueprint => blueprint.Manifest.Keys)
            .Select(key => $"\"{key.Name}\"")
            .Distinct()
            .ToArray();
        var structured = examples
            .SelectMany(example => example)
            .Where(member => member.Value is JsonObject)
            .Select(member => (Key: $"\"{member.Key}\"", Value: member.Value!.AsObject()))
            .ToArray();
        var replaced = Gen.Frequency(
            (3, Gen.Zip(Gen.Frequency((6, Gen.Elements(keys)), (1, Text())), Value())),
            (1, Gen.Elements(structured).SelectMany(one => Inside(one.Value).Select(value => (one.Key, value))))
        );
        return from example in Gen.Elements(examples)
            from members in Gen.Choose(1, 3).SelectMany(count => replaced.ArrayOf(count))
            from isTwice in Gen.Frequency((9, Gen.Constant(false)), (1, Gen.Constant(true)))
            select Object(
                example
                    .Select(member => (Key: $"\"{member.Key}\"", Value: member.Value!.ToJsonString()))
                    .Where(member => isTwice || members.All(other => other.Item1 != member.Key))
                    .Concat(members.Select(member => (Key: member.Item1, Value: member.Item2)))
                    .Select(member => $"{member.Key}:{member.Value}")
            );
    }

    /// <summary>A good object with one of its members replaced, as itself or as text.</summary>
    private static Gen<string> Inside(JsonObject good) =>
        from name in Gen.Elements(good.Select(member => member.Key).ToArray())
        from value in Value()
        from isText in Gen.Elements(false, true)
        let text = Object(
            good.Select(member =>
                $"{JsonValue.Create(member.Key).ToJsonString()}:{(member.Key == name ? value : member.Value?.ToJsonString() ?? "null")}"
            )
        )
        select isText ? JsonValue.Create(text)!.ToJsonString() : text;

    private static Gen<string> Value(int levels)
    {
        var scalars = Gen.Frequency((3, Gen.Elements(Words)), (2, Text()), (1, Number()));
        return levels == 0
            ? scalars
            : Gen.Frequency(
                (3, scalars),
                (1, Few(Value(levels - 1)).Select(items => $"[{string.Join(',', items)}]")),
                (1, Few(Member(Targets(), levels - 1)).Select(Object))
            );
    }

    private static Gen<string> Targets() =>
        Gen.Frequency((3, Gen.Elements("\"dev\"", "\"staging\"", "\"prod\"", "\"pipeline\"", "\"Dev\"")), (1, Text()));

    private static Gen<string> Member(Gen<string> keys, int levels) =>
        from key in keys
        from value in Value(levels)
        select $"{key}:{value}";

    /// <summary>Escapes of any 16 bits, so half characters and controls, too.</summary>
    private static Gen<string> Text() =>
        Gen.Choose(0, 0xFFFF).Select(unit => $"\\u{unit:x4}").ArrayOf().Select(units => $"\"{string.Concat(units)}\"");

    private static Gen<string> Number() =>
        ArbMap
            .Default.GeneratorFor<double>()
            .Where(double.IsFinite)
            .Select(number => number.ToString("R", CultureInfo.InvariantCulture));

    private static Gen<string[]> Few(Gen<string> items) => Gen.Choose(0, 4).SelectMany(count => items.ArrayOf(count));

    private static string Object(IEnumerable<string> members) => $"{{{string.Join(',', members)}}}";
}
