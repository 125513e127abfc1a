using Mlops.Provisioning.Blueprints;

namespace Mlops.Provisioning.Requests;

/// <summary>Reads a key's value: one for all targets, or an object with one for each.</summary>
internal static class TargetValues
{
    public static KeyValue? Read(KeyDefinition key, RequestValue value, ValidationScope scope, List<Finding> findings)
    {
        var pointer = Quote.Pointer("", key.Name);
        if (value.Kind != RequestValueKind.Object || !key.PerTarget)
        {
            var text = ReadOne(key, value, pointer, scope, findings);
            return text is null ? null : new KeyValue(text);
        }

        if (scope.AccountMode == AccountMode.Single)
        {
            findings.Add(OneValueOnly(key, value).At(pointer, value));
            return null;
        }

        var before = findings.Count;
        UnknownTargets(value, pointer, scope, findings);
        var texts = new Dictionary<string, string>();
        foreach (var target in scope.Targets)
        {
            if (!value.Members.TryGetValue(target, out var member) || IsEmpty(member) && IsNeeded(key))
            {
                findings.Add(TargetMissing(key, target).At(Quote.Pointer(pointer, target), member ?? value));
            }
            else if (IsEmpty(member))
            {
                texts[target] = "";
            }
            else if (ReadOne(key, member, Quote.Pointer(pointer, target), scope, findings) is { } text)
            {
                texts[target] = text;
            }
        }

        return findings.Count == before ? new KeyValue("", texts) : null;
    }

    private static string? ReadOne(
        KeyDefinition key,
        RequestValue value,
        string pointer,
        ValidationScope scope,
        List<Finding> findings
    )
    {
        var text = KeyReader.Read(key, value, scope, out var problem);
        if (problem is not null)
        {
            findings.AddRange(problem.AllAt(pointer, value));
        }

        return text;
    }

    private static void UnknownTargets(
        RequestValue value,
        string pointer,
        ValidationScope scope,
        List<Finding> findings
    )
    {
        var targets = string.Join(", ", scope.Targets);
        foreach (
            var (name, member) in value
                .Members.Where(member => !scope.Targets.Contains(member.Key))
                .Take(scope.Targets.Count + 1)
        )
        {
            var meant = Nearest.To(name, scope.Targets);
            findings.Add(
                new Problem(
                    FindingCodes.UnknownTarget,
                    $"one value for each of {targets}",
                    $"There is no target {Quote.Text(name)}.",
                    meant is null
                        ? $"The targets are {targets}."
                        : $"Did you mean {Quote.Text(meant)}? The targets are {targets}."
                ).At(Quote.Pointer(pointer, name), member)
            );
        }
    }

    private static Problem OneValueOnly(KeyDefinition key, RequestValue value)
    {
        var example =
            value.Members.Values.FirstOrDefault(member => member.Kind == RequestValueKind.Text)?.Text ?? key.Example;
        return new Problem(
            FindingCodes.OneValueOnly,
            "one value",
            $"{Quote.Text(key.Name)} has a value per target, but there is only one target: the orchestrator account.",
            $"Give one value{(example is null ? "" : $": {Quote.Text(key.Name)}: {Quote.Text(example)}")}."
        );
    }

    private static Problem TargetMissing(KeyDefinition key, string target) =>
        new(
            FindingCodes.TargetMissing,
            "one value for each target",
            $"{Quote.Text(key.Name)} has no value for the target {Quote.Text(target)}.",
            $"Add {Quote.Text(target)}{(key.Example is null ? "" : $", for example {Quote.Text(key.Example)}")}, or give one value for all targets."
        );

    private static bool IsEmpty(RequestValue value) =>
        value.Kind == RequestValueKind.Null
        || value.Kind == RequestValueKind.Text && string.IsNullOrWhiteSpace(value.Text);

    private static bool IsNeeded(KeyDefinition key) => key.Required || key.RequiredWhen is not null;
}
