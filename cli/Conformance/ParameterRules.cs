using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Mlops.Provisioning.Blueprints;

namespace Mlops.Cli.Conformance;

/// <summary>Template and manifest have the same parameters, and what is fed is what the template takes.</summary>
internal static class ParameterRules
{
    public static IEnumerable<ConformanceProblem> Problems(PartDefinition part, Template template)
    {
        var declared = Declared(template.Root).Select(parameter => parameter.Key).ToHashSet(StringComparer.Ordinal);
        var fed = part.Parameters.Select(parameter => parameter.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var name in declared.Except(fed))
        {
            yield return template.Problem(
                "parameters",
                $"Nothing feeds the parameter {name}: add it to the part {part.Name} in {Blueprint.ManifestFile}.",
                Declared(template.Root)[name]
            );
        }

        foreach (var name in fed.Except(declared))
        {
            yield return new(
                Blueprint.ManifestFile,
                "parameters",
                $"The part {part.Name} feeds the parameter {name}, which {part.Template} does not declare: declare it there, or leave it out."
            );
        }
    }

    /// <summary>What CloudFormation would refuse of a value, or null.</summary>
    public static string? Refusal(Template template, string name, string value)
    {
        if (Declared(template.Root)[name] is not JsonObject parameter)
        {
            return null;
        }

        if (parameter["AllowedValues"] is JsonArray allowed && !allowed.Any(one => (string?)one == value))
        {
            return $"\"{value}\" is none of its AllowedValues";
        }

        if ((string?)parameter["AllowedPattern"] is { } pattern && !Matches(pattern, value))
        {
            return $"\"{value}\" does not match its AllowedPattern, {pattern}";
        }

        if (Number(parameter["MinLength"]) > value.Length || Number(parameter["MaxLength"]) < value.Length)
        {
            return $"\"{value}\" is shorter or longer than it allows";
        }

        if ((string?)parameter["Type"] == "Number")
        {
            return Number(value) is not { } number ? $"\"{value}\" is not a number"
                : Number(parameter["MinValue"]) > number || Number(parameter["MaxValue"]) < number
                    ? $"{value} is smaller or larger than it allows"
                : null;
        }

        return null;
    }

    private static JsonObject Declared(JsonObject template) => template["Parameters"] as JsonObject ?? [];

    private static bool Matches(string pattern, string value)
    {
        try
        {
            return Regex.IsMatch(value, $"^(?:{pattern})$", RegexOptions.None, TimeSpan.FromSeconds(1));
        }
        catch (Exception problem) when (problem is ArgumentException or RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private static double? Number(JsonNode? node) =>
        double.TryParse((string?)node, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
