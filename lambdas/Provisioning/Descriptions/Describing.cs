using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.Schemas;

namespace Mlops.Provisioning.Descriptions;

/// <summary>Puts what a manifest declares of a pipeline type into words.</summary>
internal static class Describing
{
    public static TypeDescription Type(BlueprintManifest manifest, PipelineTypeDefinition type)
    {
        var keys = manifest.Keys.Where(key => key.BelongsTo(type.Type)).ToList();
        var names = keys.Select(key => key.Name).ToHashSet(StringComparer.Ordinal);
        return new TypeDescription(
            type.Type,
            type.Summary,
            manifest.Name,
            [.. keys.Select(key => Key(key, type.Type))],
            [.. manifest.Rules.Where(rule => names.Contains(rule.Then.Key)).Select(Rule).Distinct()],
            [.. manifest.Parts.SelectMany(Steps)],
            new TypeSchema(manifest, type, new SchemaScope()).Example()
        );
    }

    private static KeyDescription Key(KeyDefinition key, string type)
    {
        var when =
            key.RequiredWhen is { } condition && condition.PipelineTypes?.Contains(type) != false ? condition : null;
        var circumstances = when is null ? "" : Circumstances(when);
        return new KeyDescription(
            key.Name,
            key.Type,
            KeyWords.Values(key),
            key.Required || (when is not null && circumstances.Length == 0),
            circumstances.Length == 0 ? null : circumstances,
            key.DefaultFrom is { } other
                ? $"the value of \"{other}\"{(key.Default is null ? "" : $", else {key.Default}")}"
                : key.Default,
            key.PerTarget,
            key.Description,
            key.Example is null ? null : KeySchema.Written(key.Type, key.Example)
        );
    }

    private static string Circumstances(KeyCondition when)
    {
        var words = new List<string>();
        if (when.Registry is { } registry)
        {
            words.Add(
                registry
                    ? "the model comes from the SageMaker Model Registry"
                    : "the model does not come from the SageMaker Model Registry"
            );
        }

        if (when.Without is { Count: > 0 } without)
        {
            words.Add($"there is no {string.Join(" and no ", without.Select(KeyWords.Quoted))}");
        }

        return string.Join(", and ", words);
    }

    private static string Rule(KeyRule rule)
    {
        var given = string.Join(
            " and ",
            rule.When.Select(when =>
                when.Values is { } values
                    ? $"{KeyWords.Quoted(when.Key)} is {KeyWords.OneOf(values)}"
                    : $"{KeyWords.Quoted(when.Key)} is given"
            )
        );
        return $"Where {given}, {Needed(rule.Then)}: {rule.Because}.";
    }

    private static string Needed(NeededKey needed)
    {
        var key = KeyWords.Quoted(needed.Key);
        return needed switch
        {
            { Values: { } values } => $"{key} is {KeyWords.OneOf(values)}",
            { Minimum: { } minimum } => $"{key} is {minimum} or more",
            { AtMost: { } other } => $"{key} is at most {KeyWords.Quoted(other)}",
            { MaxItems: { } limit } => $"{key} has {limit} items at most",
            { Not: { } pattern } => $"{key} does not match {KeyWords.Quoted(pattern)}",
            _ => $"{key} is required",
        };
    }

    private static IEnumerable<string> Steps(PartDefinition part)
    {
        var stack = part.StackSuffix.Length == 0 ? "the pipeline" : $"the pipeline, with \"-{part.StackSuffix}\"";
        yield return $"Deploys {part.Template} as a stack with the name of {stack}.";
        if (part.Job is { } job)
        {
            yield return $"Runs the stack's state machine: {job.Summary}.";
        }
    }
}
