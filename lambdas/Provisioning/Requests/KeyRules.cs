using System.Globalization;
using Mlops.Provisioning.Blueprints;

namespace Mlops.Provisioning.Requests;

/// <summary>Judges what a manifest says that its keys ask of each other, in each target.</summary>
internal sealed class KeyRules(
    PipelineRequest request,
    IReadOnlyDictionary<string, KeyValue> given,
    IReadOnlyDictionary<string, KeyValue> filled,
    ValidationScope scope
)
{
    /// <summary>One finding for a rule that does not hold, of the first target where it does not.</summary>
    public IEnumerable<Finding> Broken(BlueprintManifest manifest)
    {
        foreach (var rule in manifest.Rules.Where(rule => !IsUnreadable(rule)))
        {
            foreach (var target in scope.Targets.Where(target => rule.When.All(when => Holds(when, target))))
            {
                if (Difference(rule.Then, target) is { } difference)
                {
                    yield return Find(rule, difference, target, manifest);
                    break;
                }
            }
        }
    }

    /// <summary>A key whose value is a finding already says nothing about the others.</summary>
    private bool IsUnreadable(KeyRule rule)
    {
        string?[] names = [.. rule.When.Select(when => when.Key), rule.Then.Key, rule.Then.AtMost];
        return names.Any(name => name is not null && request.Find(name) is not null && !given.ContainsKey(name));
    }

    private bool Holds(GivenKey when, string target) =>
        (when.OrDefault ? filled : given).TryGetValue(when.Key, out var value)
        && value.In(target) is { Length: > 0 } text
        && (when.Values is null || when.Values.Contains(text));

    /// <summary>What is wrong and what to do about it, or null.</summary>
    private (string Wrong, string Remedy)? Difference(NeededKey needed, string target)
    {
        var name = Quote.Text(needed.Key);
        var text = Filled(needed.Key, target);
        if (text.Length == 0)
        {
            var mayBeEmpty = needed.AtMost is not null || needed.MaxItems is not null || needed.Not is not null;
            return mayBeEmpty ? null : ($"{name} is missing", $"Add {name}");
        }

        if (needed.Values is { } values && !values.Contains(text))
        {
            var asked = string.Join(" or ", values.Select(Quote.Text));
            return ($"{name} is {Quote.Text(text)} instead of {asked}", $"Give {name}: {asked}");
        }

        if (needed.Minimum is { } minimum && Number(text) < minimum)
        {
            return ($"{name} is {text}, less than {minimum}", $"Give {name}: {minimum} or more");
        }

        if (needed.AtMost is { } other && Number(text) > Number(Filled(other, target)))
        {
            return (
                $"{name}, {text}, is more than {Quote.Text(other)}, {Filled(other, target)}",
                $"Make {name} smaller or {Quote.Text(other)} larger"
            );
        }

        if (needed.MaxItems is { } limit && text.Split(',').Length > limit)
        {
            return ($"{name} has {text.Split(',').Length} items, more than {limit}", $"Give {limit} items at most");
        }

        return needed.Matcher?.IsMatch(text) == true ? ($"{name} is {Quote.Text(text)}", $"Give another {name}") : null;
    }

    private Finding Find(
        KeyRule rule,
        (string Wrong, string Remedy) difference,
        string target,
        BlueprintManifest manifest
    )
    {
        var first = rule.When[0].Key;
        string?[] places = [rule.Then.Key, rule.Then.AtMost, .. rule.When.Select(when => when.Key)];
        var place = places.First(name => name is not null && given.ContainsKey(name))!;
        var where = string.Join(" and ", rule.When.Select(when => Given(when, target)));
        var inTarget = scope.Targets.Count > 1 ? $" for the target {Quote.Text(target)}" : "";
        var example = manifest.Keys.FirstOrDefault(key => key.Name == rule.Then.Key)?.Example;
        var asExample = difference.Remedy.StartsWith("Add", StringComparison.Ordinal) && example is not null;
        var wayOut = first == rule.Then.Key || rule.When[0].OrDefault ? "" : $", or leave out {Quote.Text(first)}";
        return new Problem(
            FindingCodes.Contradiction,
            rule.Because,
            $"{difference.Wrong} where {where}{inTarget}: {rule.Because}.",
            $"{difference.Remedy}{(asExample ? $", for example {Quote.Text(example!)}" : "")}{wayOut}."
        ).At(Quote.Pointer("", place), request.Keys[place]);
    }

    private string Given(GivenKey when, string target) =>
        when.Values is null
            ? $"{Quote.Text(when.Key)} is given"
            : $"{Quote.Text(when.Key)} is {Quote.Text(Filled(when.Key, target))}";

    private string Filled(string key, string target) => filled.TryGetValue(key, out var value) ? value.In(target) : "";

    /// <summary>Not a number compares as neither smaller nor larger.</summary>
    private static double Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;
}
