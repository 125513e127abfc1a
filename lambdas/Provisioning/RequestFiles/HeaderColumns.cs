using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.Requests;

namespace Mlops.Provisioning.RequestFiles;

/// <summary>Judges the columns that a request names by the header of its baseline data.</summary>
internal static class HeaderColumns
{
    private const string Facet = "facet_name";
    private const string Group = "group_name";
    private const string Features = "features_to_explain";
    private const string Baseline = "baseline";

    /// <summary>What does not fit, all of it. The keys have one value for all targets.</summary>
    public static IEnumerable<Finding> Problems(ValidatedRequest request, string target, IReadOnlyList<string> header)
    {
        var bias = AnalysisConfig.Parse(request.Text(RequestKeys.BiasConfig, target));
        var shap = AnalysisConfig.Parse(request.Text(RequestKeys.ShapConfig, target));
        return
        [
            .. Columns(RequestKeys.BiasConfig, Facet, bias[Facet], header, first: 0),
            .. Columns(RequestKeys.BiasConfig, Group, bias[Group], header, first: 0),
            .. Columns(RequestKeys.ShapConfig, Features, shap[Features], header, first: 1),
            .. Rows(shap[Baseline], header),
        ];
    }

    /// <summary>A column's name, where it is an index the header's.</summary>
    public static string Name(JsonNode column, IReadOnlyList<string> header) =>
        Index(column) is { } index ? header[index] : $"{column}".Trim();

    private static IEnumerable<Finding> Columns(
        string key,
        string member,
        JsonNode? columns,
        IReadOnlyList<string> header,
        int first
    )
    {
        var pointer = Quote.Pointer(Quote.Pointer("", key), member);
        return columns is JsonArray list
                ? list.Select((column, index) => Column(Quote.Pointer(pointer, Text(index)), column!, header, first))
                    .OfType<Finding>()
            : columns is null ? []
            : new[] { Column(pointer, columns, header, first) }.OfType<Finding>();
    }

    private static Finding? Column(string pointer, JsonNode column, IReadOnlyList<string> header, int first)
    {
        var place = Index(column) ?? header.ToList().IndexOf($"{column}".Trim());
        if (place >= first && place < header.Count)
        {
            return null;
        }

        var all = Listed(header.Skip(first));
        var name = Quote.Text($"{column}");
        return new Finding(
            FindingCodes.Column,
            pointer,
            Finding.Shortened($"{column}"),
            first == 0 ? "a column of the baseline data" : "a column of the baseline data that is not the label",
            place >= 0 && place < first
                ? $"{name} is the label of the baseline data, which is its first column."
                : $"The baseline data has no column {name}.",
            Index(column) is null && Nearest.To($"{column}", [.. header.Skip(first)]) is { } meant
                ? $"Did you mean {Quote.Text(meant)}? There are {all}."
                : $"There are {all}."
        );
    }

    /// <summary>A row of a SHAP baseline has all features, and no label.</summary>
    private static IEnumerable<Finding> Rows(JsonNode? baseline, IReadOnlyList<string> header)
    {
        // All rows are of one length.
        if (baseline is JsonArray rows && rows[0]!.AsArray().Count is var count && count != header.Count - 1)
        {
            yield return new Finding(
                FindingCodes.Column,
                Quote.Pointer(Quote.Pointer(Quote.Pointer("", RequestKeys.ShapConfig), Baseline), "0"),
                Finding.Shortened(rows[0]!.ToJsonString()),
                $"{header.Count - 1} values, one for each feature",
                $"A row of {Quote.Text(Baseline)} in {Quote.Text(RequestKeys.ShapConfig)} has {count} values; the baseline data has {header.Count - 1} features.",
                $"Give one value for each of {Listed(header.Skip(1))}; the label is left out."
            );
        }
    }

    private static int? Index(JsonNode column) =>
        column.GetValueKind() == JsonValueKind.Number
            ? int.Parse(column.ToString(), NumberStyles.None, CultureInfo.InvariantCulture)
            : null;

    /// <summary>A header may have thousands of columns.</summary>
    private static string Listed(IEnumerable<string> names)
    {
        const int most = 20;
        var all = names.ToList();
        var shown = string.Join(", ", all.Take(most).Select(Quote.Text));
        return all.Count > most ? $"{shown} and {all.Count - most} more" : shown;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
