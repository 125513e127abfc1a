using System.Globalization;
using Mlops.Provisioning.Blueprints;

namespace Mlops.Provisioning.Requests;

/// <summary>
/// Judges what a tuner is told, as clients of the SageMaker Python SDK write it, by the limits of SageMaker's API reference
/// (HyperParameterTuningJobConfig, ParameterRanges, ResourceLimits).
/// </summary>
internal static class TuningValues
{
    /// <summary>Of all kinds together (ParameterRanges).</summary>
    private const int RangeLimit = 30;
    private const int MetricLimit = 40;
    private const string Metrics = "metric_definitions";
    private const string Metric = "objective_metric_name";

    /// <summary>Each argument with the texts that it may be; no texts for a number, which is in its range.</summary>
    private static readonly Dictionary<string, (string[] Words, long Minimum, long Maximum)> Known = new(
        StringComparer.Ordinal
    )
    {
        ["strategy"] = (["Bayesian", "Random", "Hyperband", "Grid"], 0, 0),
        ["objective_type"] = (["Maximize", "Minimize"], 0, 0),
        ["early_stopping_type"] = (["Off", "Auto"], 0, 0),
        ["max_jobs"] = ([], 1, int.MaxValue),
        ["max_parallel_jobs"] = ([], 1, int.MaxValue),
        ["max_runtime_in_seconds"] = ([], 120, 15_768_000),
        ["random_seed"] = ([], 0, int.MaxValue),
    };

    /// <summary>Names that have no range, and are not in <see cref="Known"/>.</summary>
    private static readonly string[] Others = [Metric, Metrics, "base_tuning_job_name"];

    public static Problem? Ranges(KeyDefinition key, RequestValue root)
    {
        var wrong = Problem.All(root.Members.Select(range => At(range, Range(key, range.Key, range.Value))));
        return wrong
            ?? (
                root.Members.Count == 0
                    ? StructuredValues.WrongKind(key, Quote.Text(key.Name), "an object of at least one range")
                    : StructuredValues.TooMany(key, root.Members.Count, RangeLimit)
            );
    }

    public static Problem? Arguments(KeyDefinition key, RequestValue root) =>
        Problem.All(
            root.Members.Where(argument => argument.Value.Kind != RequestValueKind.Null)
                .Select(argument => At(argument, Argument(key, argument.Key, argument.Value)))
                .Prepend(WrongMetric(key, root))
                .Append(TooManyAtOnce(key, root))
                .Append(StopsHyperband(key, root))
        );

    private static Problem? WrongMetric(KeyDefinition key, RequestValue root)
    {
        if (!root.Members.TryGetValue(Metric, out var metric) || metric.Kind == RequestValueKind.Null)
        {
            return new Problem(
                FindingCodes.MissingKey,
                "required",
                $"{Quote.Text(Metric)} in {Quote.Text(key.Name)} is missing.",
                $"Add {Quote.Text(Metric)}, for example \"validation:auc\"."
            )
            {
                Within = (Quote.Pointer("", Metric), root),
            };
        }

        return metric.Kind == RequestValueKind.Text && metric.Text.Length is > 0 and <= 255
            ? null
            : StructuredValues.WrongKind(
                key,
                $"{Quote.Text(Metric)} in {Quote.Text(key.Name)}",
                "a name of 1 to 255 characters"
            ) with
            {
                Within = (Quote.Pointer("", Metric), metric),
            };
    }

    private static Problem? TooManyAtOnce(KeyDefinition key, RequestValue root) =>
        root.Members.TryGetValue("max_parallel_jobs", out var parallel)
        && Whole(parallel) > (root.Members.TryGetValue("max_jobs", out var jobs) ? Whole(jobs) : 1)
        && !(root.Members.TryGetValue("strategy", out var strategy) && strategy.Text == "Grid")
            ? new Problem(
                FindingCodes.Contradiction,
                "max_parallel_jobs is not more than max_jobs",
                $"\"max_parallel_jobs\" in {Quote.Text(key.Name)} is more than \"max_jobs\", which is 1 unless it is given.",
                "Make \"max_parallel_jobs\" smaller or \"max_jobs\" larger."
            )
            {
                Within = ("/max_parallel_jobs", parallel),
            }
            : null;

    /// <summary>Hyperband stops jobs itself (HyperParameterTuningJobConfig, HyperbandStrategyConfig).</summary>
    private static Problem? StopsHyperband(KeyDefinition key, RequestValue root) =>
        root.Members.TryGetValue("strategy", out var strategy)
        && strategy.Text == "Hyperband"
        && root.Members.TryGetValue("early_stopping_type", out var stopping)
        && stopping.Text == "Auto"
            ? new Problem(
                FindingCodes.Contradiction,
                "early_stopping_type is Off where strategy is Hyperband",
                $"\"early_stopping_type\" in {Quote.Text(key.Name)} is \"Auto\", and Hyperband stops jobs itself.",
                "Leave \"early_stopping_type\" out."
            )
            {
                Within = ("/early_stopping_type", stopping),
            }
            : null;

    private static Problem? At(KeyValuePair<string, RequestValue> member, Problem? problem) =>
        problem?.Placed(wrong => wrong.Within ?? (Quote.Pointer("", member.Key), member.Value));

    private static Problem? Range(KeyDefinition key, string name, RequestValue range)
    {
        var what = $"{Quote.Text(name)} in {Quote.Text(key.Name)}";
        if (
            range.Kind != RequestValueKind.Array
            || range.Items.Count != 2
            || range.Items[0].Kind != RequestValueKind.Text
            || range.Items[1].Kind != RequestValueKind.Array
            || name.Length is 0 or > 256
        )
        {
            return StructuredValues.WrongKind(
                key,
                what,
                "a range: [\"continuous\" or \"integer\", [min, max]] or [\"categorical\", [values]]"
            );
        }

        var limits = range.Items[1];
        var at = (Quote.Pointer(Quote.Pointer("", name), "1"), limits);
        switch (range.Items[0].Text)
        {
            case "categorical":
                return limits.Items.Count is > 0 and <= 30 && limits.Items.All(IsCategory)
                    ? null
                    : StructuredValues.WrongKind(
                        key,
                        what,
                        "a list of 1 to 30 texts or numbers, each of 1 to 256 characters"
                    ) with
                    {
                        Within = at,
                    };
            case "continuous" or "integer":
                var whole = range.Items[0].Text == "integer";
                var numbers = limits.Items.Select(item => whole ? Whole(item) : Number(item)).ToList();
                return numbers is [{ } low, { } high] && low <= high
                    ? null
                    : StructuredValues.WrongKind(
                        key,
                        what,
                        $"a range of two {(whole ? "whole " : "")}numbers, the smaller one first"
                    ) with
                    {
                        Within = at,
                    };
            case var kind:
                return new Problem(
                    FindingCodes.NotAllowed,
                    "one of continuous, integer, categorical",
                    $"{Quote.Text(kind)} is no kind of range.",
                    "Give one of \"continuous\", \"integer\", \"categorical\"."
                )
                {
                    Within = (Quote.Pointer(Quote.Pointer("", name), "0"), range.Items[0]),
                };
        }
    }

    private static Problem? Argument(KeyDefinition key, string name, RequestValue value)
    {
        var what = $"{Quote.Text(name)} in {Quote.Text(key.Name)}";
        if (name == Metrics)
        {
            return
                value.Kind == RequestValueKind.Array
                && value.Items.Count is > 0 and <= MetricLimit
                && value.Items.All(IsMetric)
                ? null
                : StructuredValues.WrongKind(
                    key,
                    what,
                    $"a list of 1 to {MetricLimit} objects with the texts \"Name\" and \"Regex\""
                );
        }

        if (!Known.TryGetValue(name, out var rule))
        {
            return Others.Contains(name) ? null : Unknown(key, name);
        }

        if (rule.Words.Length > 0)
        {
            return rule.Words.Contains(value.Text)
                ? null
                : new Problem(
                    FindingCodes.NotAllowed,
                    $"one of {string.Join(", ", rule.Words)}",
                    $"{what} is none of its values.",
                    $"Give one of {string.Join(", ", rule.Words.Select(Quote.Text))}."
                );
        }

        var range = rule.Maximum == int.MaxValue ? $"{rule.Minimum} or more" : $"{rule.Minimum} to {rule.Maximum}";
        return Whole(value) is { } number
            ? number >= rule.Minimum && number <= rule.Maximum
                ? null
                : new Problem(FindingCodes.Range, range, $"{what} is out of range.", $"Give a number: {range}.")
            : StructuredValues.WrongKind(key, what, "a whole number");
    }

    private static Problem Unknown(KeyDefinition key, string name)
    {
        string[] all = [.. Others, .. Known.Keys];
        var known = string.Join(", ", all);
        return new Problem(
            FindingCodes.NotAllowed,
            $"one of {known}",
            $"{Quote.Text(name)} in {Quote.Text(key.Name)} is not carried out.",
            Nearest.To(name, all) is { } meant
                ? $"Did you mean {Quote.Text(meant)}? There are {known}."
                : $"Leave it out. There are {known}."
        );
    }

    private static bool IsMetric(RequestValue value) =>
        value.Members.Count == 2
        && value.Members.TryGetValue("Name", out var name)
        && value.Members.TryGetValue("Regex", out var regex)
        && name is { Kind: RequestValueKind.Text, Text.Length: > 0 and <= 255 }
        && regex is { Kind: RequestValueKind.Text, Text.Length: > 0 and <= 500 };

    private static bool IsScalar(RequestValue value) =>
        value is { Kind: RequestValueKind.Text or RequestValueKind.Number or RequestValueKind.Boolean };

    /// <summary>As long as CategoricalParameterRange allows.</summary>
    private static bool IsCategory(RequestValue value) =>
        IsScalar(value) && (value.Kind == RequestValueKind.Boolean || value.Text.Length is > 0 and <= 256);

    private static double? Whole(RequestValue value) =>
        value.Kind is RequestValueKind.Text or RequestValueKind.Number
        && long.TryParse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static double? Number(RequestValue value) =>
        value.Kind is RequestValueKind.Text or RequestValueKind.Number
        && double.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number)
            ? number
            : null;
}
