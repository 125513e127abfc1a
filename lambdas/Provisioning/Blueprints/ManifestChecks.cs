using System.Text.RegularExpressions;

namespace Mlops.Provisioning.Blueprints;

/// <summary>What a manifest's schema cannot say: that its names fit together.</summary>
internal static class ManifestChecks
{
    public static IReadOnlyList<string> Problems(BlueprintManifest manifest) =>
        [
            .. Types(manifest),
            .. manifest.Keys.SelectMany(key => Key(key, manifest)),
            .. Twice("key", manifest.Keys.Select(key => key.Name)),
            .. manifest.Rules.SelectMany(rule => Rule(rule, manifest)),
            .. Twice("part", manifest.Parts.Select(part => part.Name)),
            .. manifest.Parts.SelectMany(part => Part(part, manifest)),
        ];

    private static IEnumerable<string> Types(BlueprintManifest manifest)
    {
        if (manifest.PipelineTypes.Count == 0)
        {
            yield return "it has no pipeline type";
        }

        foreach (
            var type in manifest.PipelineTypes.Where(type =>
                !type.Type.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_')
            )
        )
        {
            yield return $"the pipeline type \"{type.Type}\" is not of lower-case letters, digits and underscores";
        }

        if (manifest.Parts.Count == 0)
        {
            yield return "it has no part";
        }

        var name = manifest.Keys.FirstOrDefault(key => key.Name == manifest.NameKey);
        if (name is not { Type: KeyType.ModelName or KeyType.ImageTag, Required: true, PerTarget: false })
        {
            yield return $"its name key {manifest.NameKey} is not a required key of type modelName or imageTag with one value";
        }
    }

    private static IEnumerable<string> Key(KeyDefinition key, BlueprintManifest manifest)
    {
        var types = (key.PipelineTypes ?? []).Concat(key.RequiredWhen?.PipelineTypes ?? []);
        foreach (var type in types.Where(type => manifest.PipelineTypes.All(known => known.Type != type)))
        {
            yield return $"key {key.Name} names the pipeline type {type}, which is not declared";
        }

        foreach (var other in (key.RequiredWhen?.Without ?? []).Where(other => !HasKey(manifest, other)))
        {
            yield return $"key {key.Name} names the key {other}, which is not declared";
        }

        if (key.DefaultFrom is { } source && !HasKey(manifest, source))
        {
            yield return $"key {key.Name} names the key {source}, which is not declared";
        }

        if (key is { Required: true, RequiredWhen: not null })
        {
            yield return $"key {key.Name} is required always and sometimes";
        }

        if (
            key is
            {
                PerTarget: true,
                Type: KeyType.Json
                    or KeyType.TextMap
                    or KeyType.Hyperparameters
                    or KeyType.HyperparameterRanges
                    or KeyType.TunerArguments
                    or KeyType.BiasConfig
                    or KeyType.PredictedLabelConfig
                    or KeyType.ShapConfig
                    or KeyType.ModelScores
            }
        )
        {
            yield return $"key {key.Name} is JSON, so an object in it cannot be one value per target";
        }

        if (key.Large && !IsStructured(key.Type))
        {
            yield return $"key {key.Name} is large, which only an object of a known form can be";
        }

        if (key.Pattern is not null && !IsPattern(key.Pattern))
        {
            yield return $"key {key.Name} has a pattern that is not a regular expression, or looks around";
        }
    }

    private static IEnumerable<string> Rule(KeyRule rule, BlueprintManifest manifest)
    {
        if (rule.When.Count == 0)
        {
            yield return $"the rule on {rule.Then.Key} does not say when";
        }

        string?[] names = [.. rule.When.Select(given => given.Key), rule.Then.Key, rule.Then.AtMost];
        foreach (var name in names.Where(name => name is not null && !HasKey(manifest, name)))
        {
            yield return $"a rule names the key {name}, which is not declared";
        }

        if (rule.Then.Not is { } pattern && !IsPattern(pattern))
        {
            yield return $"the rule on {rule.Then.Key} has a pattern that is not a regular expression, or looks around";
        }
    }

    private static IEnumerable<string> Part(PartDefinition part, BlueprintManifest manifest)
    {
        foreach (var parameter in part.Parameters)
        {
            object?[] all =
            [
                parameter.Key,
                parameter.Deployment,
                parameter.Computed,
                parameter.Literal,
                parameter.Part,
                parameter.Image,
                parameter.StableName,
                parameter.RequestFile,
            ];
            var sources = all.Count(source => source is not null);
            if (sources != 1)
            {
                yield return $"parameter {parameter.Name} comes from {sources} sources instead of one";
            }

            if (parameter.Key is not null && !HasKey(manifest, parameter.Key))
            {
                yield return $"parameter {parameter.Name} comes from the key {parameter.Key}, which is not declared";
            }

            if (manifest.Keys.Any(key => key.Name == parameter.Key && key.Type == KeyType.TextMap))
            {
                yield return $"parameter {parameter.Name} comes from the key {parameter.Key}, which no parameter can hold";
            }
        }

        foreach (var problem in References(part, manifest))
        {
            yield return problem;
        }

        if (part.Job is null && part.Parameters.Any(parameter => parameter.Computed is ComputedValue.JobNamePrefix))
        {
            yield return $"part {part.Name} names jobs, and has none";
        }

        foreach (
            var insertion in part.Insertions.Where(insertion =>
                !manifest.Keys.Any(key => key.Name == insertion.Key && key.Type == KeyType.TextMap)
            )
        )
        {
            yield return $"insertion {insertion.Marker} comes from {insertion.Key}, which is not a key of type textMap";
        }

        foreach (var problem in Twice("parameter", part.Parameters.Select(parameter => parameter.Name)))
        {
            yield return problem;
        }

        if (Path.GetFileName(part.Template) != part.Template)
        {
            yield return $"the template {part.Template} is not in the blueprint's folder";
        }
    }

    /// <summary>What parameters say of other parameters.</summary>
    private static IEnumerable<string> References(PartDefinition part, BlueprintManifest manifest)
    {
        foreach (var parameter in part.Parameters)
        {
            if (parameter.Part is { } earlier)
            {
                var found = manifest
                    .Parts.TakeWhile(other => other != part)
                    .FirstOrDefault(other => other.Name == earlier);
                if (found?.Parameters.Any(other => other.Name == parameter.Name) != true)
                {
                    yield return $"parameter {parameter.Name} comes from the part {earlier}, which is not before {part.Name} or has none";
                }
            }

            var names = (parameter.StableName?.Of ?? []).Append(parameter.Append);
            foreach (var name in names.Where(name => name is not null && !IsOther(name, parameter, part)))
            {
                yield return $"parameter {parameter.Name} is made of {name}, which is no other parameter of {part.Name}";
            }
        }
    }

    private static bool IsOther(string name, ParameterDefinition parameter, PartDefinition part) =>
        name != parameter.Name && part.Parameters.Any(other => other.Name == name);

    private static bool IsStructured(KeyType type) =>
        type
            is KeyType.Hyperparameters
                or KeyType.HyperparameterRanges
                or KeyType.TunerArguments
                or KeyType.BiasConfig
                or KeyType.PredictedLabelConfig
                or KeyType.ShapConfig;

    private static bool HasKey(BlueprintManifest manifest, string name) => manifest.Keys.Any(key => key.Name == name);

    private static bool IsPattern(string pattern)
    {
        try
        {
            return KeyPattern.Of(pattern) is not null;
        }
        catch (Exception problem) when (problem is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    private static IEnumerable<string> Twice(string what, IEnumerable<string> names) =>
        names
            .GroupBy(name => name)
            .Where(group => group.Count() > 1)
            .Select(group => $"{what} {group.Key} is there twice");
}

/// <summary>Patterns of manifests: matched in time that grows with the text only, whatever the pattern.</summary>
internal static class KeyPattern
{
    public static Regex Of(string pattern) =>
        new($"^(?:{pattern})\\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
}
