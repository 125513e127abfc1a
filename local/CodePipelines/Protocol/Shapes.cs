using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Mlops.Local.CodePipelines.Protocol;

/// <summary>One constraint of the service model that a request does not meet, in the words AWS uses.</summary>
internal sealed record Violation(string Path, string Value, string Constraint)
{
    public override string ToString() => $"Value {Value} at '{Path}' failed to satisfy constraint: {Constraint}";
}

/// <summary>A shape of CodePipeline's service model: what a JSON value must look like before the service looks into it.</summary>
internal abstract record Shape
{
    public abstract void Check(string path, JsonNode value, List<Violation> found);

    protected static ServiceException WrongType(string path, string expected) =>
        new("SerializationException", $"The value at '{path}' cannot be read as {expected}");
}

internal sealed record TextShape(int Min = 0, int Max = int.MaxValue, string? Pattern = null, params string[] Values)
    : Shape
{
    public override void Check(string path, JsonNode value, List<Violation> found)
    {
        if (value.GetValueKind() is not JsonValueKind.String)
        {
            throw WrongType(path, "a string");
        }

        var text = value.GetValue<string>();
        foreach (var constraint in Broken(text))
        {
            found.Add(new Violation(path, $"'{text}'", constraint));
        }
    }

    public IEnumerable<string> Broken(string text)
    {
        if (Values.Length > 0 && !Values.Contains(text, StringComparer.Ordinal))
        {
            yield return $"Member must satisfy enum value set: [{string.Join(", ", Values)}]";
        }

        if (text.Length < Min)
        {
            yield return $"Member must have length greater than or equal to {Min}";
        }

        if (text.Length > Max)
        {
            yield return $"Member must have length less than or equal to {Max}";
        }

        if (
            Pattern is not null
            && !Regex.IsMatch(text, $@"\A(?:{Pattern})\z", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
        )
        {
            yield return $"Member must satisfy regular expression pattern: {Pattern}";
        }
    }
}

internal sealed record NumberShape(int Min = int.MinValue, int Max = int.MaxValue) : Shape
{
    public override void Check(string path, JsonNode value, List<Violation> found)
    {
        if (value is not JsonValue number || !number.TryGetValue<int>(out var whole))
        {
            throw WrongType(path, "an integer");
        }

        if (whole < Min || whole > Max)
        {
            var constraint =
                whole < Min
                    ? $"Member must have value greater than or equal to {Min}"
                    : $"Member must have value less than or equal to {Max}";
            found.Add(new Violation(path, $"'{whole.ToString(CultureInfo.InvariantCulture)}'", constraint));
        }
    }
}

internal sealed record FlagShape : Shape
{
    public override void Check(string path, JsonNode value, List<Violation> found)
    {
        if (value.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False))
        {
            throw WrongType(path, "a boolean");
        }
    }
}

/// <summary>What the emulator reads on (or not at all) and so does not check.</summary>
internal sealed record AnyShape : Shape
{
    public override void Check(string path, JsonNode value, List<Violation> found) { }
}

internal sealed record ListShape(Shape Member, int Min = 0, int Max = int.MaxValue) : Shape
{
    public override void Check(string path, JsonNode value, List<Violation> found)
    {
        if (value is not JsonArray list)
        {
            throw WrongType(path, "a list");
        }

        if (list.Count < Min || list.Count > Max)
        {
            var constraint =
                list.Count < Min
                    ? $"Member must have length greater than or equal to {Min}"
                    : $"Member must have length less than or equal to {Max}";
            found.Add(new Violation(path, $"'[{list.Count} members]'", constraint));
        }

        for (var index = 0; index < list.Count; index++)
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"{path}.{index + 1}.member");
            if (list[index] is { } member)
            {
                Member.Check(at, member, found);
            }
            else
            {
                found.Add(new Violation(at, "null", "Member must not be null"));
            }
        }
    }
}

internal sealed record MapShape(TextShape Key, TextShape Value) : Shape
{
    public override void Check(string path, JsonNode value, List<Violation> found)
    {
        if (value is not JsonObject map)
        {
            throw WrongType(path, "a map");
        }

        foreach (var (key, member) in map)
        {
            if (member?.GetValueKind() is not JsonValueKind.String)
            {
                throw WrongType($"{path}.{key}", "a string");
            }

            Broken(path, key, "key", Key.Broken(key), found);
            Broken(path, key, "value", Value.Broken(member.GetValue<string>()), found);
        }
    }

    private static void Broken(string path, string key, string part, IEnumerable<string> broken, List<Violation> found)
    {
        var constraints = broken.ToList();
        if (constraints.Count > 0)
        {
            found.Add(
                new Violation(
                    path,
                    $"'{key}'",
                    $"Map {part} must satisfy constraint: [{string.Join(", ", constraints)}]"
                )
            );
        }
    }
}

/// <summary>A structure. Members that it does not name are passed over, as the service does.</summary>
internal sealed record StructureShape(params Member[] Members) : Shape
{
    public override void Check(string path, JsonNode value, List<Violation> found)
    {
        if (value is not JsonObject structure)
        {
            throw WrongType(path, "a structure");
        }

        foreach (var member in Members)
        {
            var at = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
            if (structure[member.Name] is { } present)
            {
                member.Shape.Check(at, present, found);
            }
            else if (member.Required)
            {
                found.Add(new Violation(at, "null", "Member must not be null"));
            }
        }
    }

    /// <summary>Refuses a request that does not have this shape, with every violation at once, as the service does.</summary>
    /// <exception cref="ServiceException">ValidationException, or SerializationException for a wrong JSON type.</exception>
    public void Require(JsonObject input)
    {
        var found = new List<Violation>();
        Check("", input, found);
        if (found.Count > 0)
        {
            var errors = found.Count == 1 ? "error" : "errors";
            throw new ServiceException(
                "ValidationException",
                $"{found.Count} validation {errors} detected: {string.Join("; ", found)}"
            );
        }
    }
}

/// <summary>A member of a structure.</summary>
internal sealed record Member(string Name, Shape Shape, bool Required = false);
