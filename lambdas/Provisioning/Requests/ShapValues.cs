using System.Globalization;
using System.Text.Json.Nodes;
using Mlops.Provisioning.Blueprints;

namespace Mlops.Provisioning.Requests;

/// <summary>
/// Judges how Clarify is told to compute feature attributions, as clients of the SageMaker Python SDK write it (its
/// SHAPConfig and TextConfig).
/// </summary>
internal static class ShapValues
{
    private const string Baseline = "baseline";
    private const string Clusters = "num_clusters";
    private const string Features = "features_to_explain";
    private const string Text = "text_config";
    private const string Image = "image_config";

    private static readonly string[] Members =
    [
        Baseline,
        "num_samples",
        "agg_method",
        "use_logit",
        "save_local_shap_values",
        "seed",
        Clusters,
        Features,
        Text,
        Image,
    ];

    private static readonly string[] TextMembers = ["granularity", "language"];

    /// <summary>The configuration as JSON, with the key of its baseline's file as it is in the assets bucket.</summary>
    public static string? Config(KeyDefinition key, RequestValue value, ValidationScope scope, out Problem? problem)
    {
        if (StructuredValues.Read(key, value, out problem) is not { } text)
        {
            return null;
        }

        var config = JsonNode.Parse(text)!.AsObject();
        if (config[Baseline] is not JsonValue file)
        {
            return text;
        }

        var found = S3Values.Key(file.GetValue<string>(), scope.AssetsBucket, out problem);
        if (problem is not null)
        {
            problem =
                value.Kind == RequestValueKind.Object ? problem with { Within = Place(value, Baseline) } : problem;
            return null;
        }

        config[Baseline] = found;
        return config.ToJsonString();
    }

    public static Problem? Judge(KeyDefinition key, RequestValue root)
    {
        var members = new ClarifyMembers(key, root);
        return Problem.All(
            members.Unknown(Members),
            members.Check(Baseline, IsBaseline, "a list of rows, or the key of a file in the assets bucket"),
            Rows(key, root),
            members.Check("num_samples", value => ClarifyMembers.IsWhole(value, 1), "a whole number from 1 on"),
            members.Check("agg_method", IsOneOf("mean_abs", "median", "mean_sq"), "mean_abs, median or mean_sq"),
            members.Check("use_logit", IsFlag, "true or false"),
            members.Check("save_local_shap_values", IsFlag, "true or false"),
            members.Check("seed", value => ClarifyMembers.IsWhole(value, 0), "a whole number from 0 on"),
            members.Check(Clusters, value => ClarifyMembers.IsWhole(value, 1), "a whole number from 1 on"),
            members.Check(Features, ClarifyMembers.IsColumns, "a list of columns"),
            members.Check(Text, IsObject, "an object"),
            TextConfig(key, root),
            NoImages(key, root),
            Both(key, root, Baseline, Clusters, "The clusters are what a baseline is made of where none is given"),
            Both(key, root, Features, Text, "Features are chosen of tabular data only")
        );
    }

    private static Problem? TextConfig(KeyDefinition key, RequestValue root)
    {
        if (!root.Members.TryGetValue(Text, out var text) || !IsObject(text))
        {
            return null;
        }

        var members = new ClarifyMembers(key, text, Text);
        return Problem.All(
            members.Unknown(TextMembers),
            members.Missing(TextMembers),
            members.Check("granularity", IsOneOf("token", "sentence", "paragraph"), "token, sentence or paragraph"),
            members.Check(
                "language",
                ShapLanguages.Has,
                "a language that Clarify knows, for example english or en, or multi-language"
            )
        );
    }

    /// <summary>
    /// Clarify explains images of a folder of images (Amazon SageMaker, "Image data requirements"), not of the CSV file that
    /// a baseline is here.
    /// </summary>
    private static Problem? NoImages(KeyDefinition key, RequestValue root) =>
        IsGiven(root, Image)
            ? new Problem(
                FindingCodes.NotAllowed,
                "tabular data or text",
                $"{Quote.Text(key.Name)} has {Quote.Text(Image)}, and the baseline data is CSV: images are not explained.",
                $"Leave {Quote.Text(Image)} out."
            )
            {
                Within = Place(root, Image),
            }
            : null;

    /// <summary>Rows are of one length, and of texts, numbers or null.</summary>
    private static Problem? Rows(KeyDefinition key, RequestValue root)
    {
        var rows = root.Members.TryGetValue(Baseline, out var baseline) && IsBaseline(baseline) ? baseline.Items : [];
        var place = new ClarifyMembers(key, root).Place(Baseline);
        return Problem.All(
            rows.Select(
                (row, index) =>
                    Row(key, rows[0], row, index)
                        ?.Placed(_ => (Quote.Pointer(place, index.ToString(CultureInfo.InvariantCulture)), row))
            )
        );
    }

    private static Problem? Row(KeyDefinition key, RequestValue first, RequestValue row, int index)
    {
        var wanted =
            row.Items.Count == 0 || !row.Items.All(IsCell) ? "a list of texts, numbers or null"
            : row.Items.Count != first.Items.Count ? "as long as the first row"
            : null;
        return wanted is null
            ? null
            : StructuredValues.WrongKind(
                key,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"row {index} of {Quote.Text(Baseline)} in {Quote.Text(key.Name)}"
                ),
                wanted
            );
    }

    private static Problem? Both(KeyDefinition key, RequestValue root, string one, string other, string because) =>
        IsGiven(root, one) && IsGiven(root, other)
            ? new Problem(
                FindingCodes.Contradiction,
                $"{one} or {other}",
                $"{Quote.Text(key.Name)} has both {Quote.Text(one)} and {Quote.Text(other)}.",
                $"Leave one of the two out. {because}."
            )
            {
                Within = Place(root, other),
            }
            : null;

    private static bool IsGiven(RequestValue root, string name) =>
        root.Members.TryGetValue(name, out var value) && value.Kind != RequestValueKind.Null;

    private static (string, RequestValue) Place(RequestValue root, string name) =>
        (Quote.Pointer("", name), root.Members[name]);

    private static bool IsBaseline(RequestValue value) =>
        value.Kind == RequestValueKind.Text
            ? value.Text.Trim().Length > 0
            : value.Items.Count > 0 && value.Items.All(row => row.Kind == RequestValueKind.Array);

    private static bool IsCell(RequestValue value) =>
        value.Kind is RequestValueKind.Text or RequestValueKind.Number or RequestValueKind.Null;

    private static bool IsFlag(RequestValue value) =>
        value.Kind == RequestValueKind.Boolean
        || (value.Kind == RequestValueKind.Text && bool.TryParse(value.Text, out _));

    private static bool IsObject(RequestValue value) => value.Kind == RequestValueKind.Object;

    private static Func<RequestValue, bool> IsOneOf(params string[] words) =>
        value => value.Kind == RequestValueKind.Text && words.Contains(value.Text);
}
