using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.Descriptions;
using Mlops.Provisioning.ModelCards;
using Mlops.Provisioning.Schemas;

namespace Mlops.Cli.Reference;

/// <summary>The files of docs/reference: a page for each pipeline type, a list of them, and the schema of requests.</summary>
public static class ReferenceFiles
{
    /// <summary>The schema that editors are given for <c>mlops-config.json</c>.</summary>
    public const string SchemaFile = "mlops-config.schema.json";

    private const string IndexFile = "README.md";

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Name and text of each.</summary>
    /// <exception cref="BlueprintException">A blueprint is broken.</exception>
    public static IReadOnlyDictionary<string, string> Of(BlueprintCatalog catalog)
    {
        var blueprints = catalog.All().Select(BlueprintDescription.Of).Append(CardDescriptions.Whole).ToList();
        var files = blueprints
            .SelectMany(blueprint =>
                blueprint.PipelineTypes.Select(type =>
                    KeyValuePair.Create($"{type.Type}.md", TypePage.Of(blueprint, type))
                )
            )
            .ToDictionary();
        files[IndexFile] = Index(blueprints);
        files[SchemaFile] = Text(RequestSchema.OfAll(catalog, new SchemaScope())) + "\n";
        return files;
    }

    /// <summary>For people.</summary>
    internal static string Text(JsonNode node) => node.ToJsonString(Indented);

    private static string Index(IEnumerable<BlueprintDescription> blueprints) =>
        $"""
            # Pipeline types

            Written by `./mlops reference` from the manifests under `blueprints/` and from `model-cards.json`. The schema of all requests, and of config files that have several, for editors:
            [{SchemaFile}]({SchemaFile}).

            | pipeline type | blueprint | what it does |
            | --- | --- | --- |
            {string.Join(
                '\n',
                blueprints.SelectMany(blueprint =>
                    blueprint.PipelineTypes.Select(type =>
                        $"| [`{type.Type}`]({type.Type}.md) | {blueprint.Name} | {TypePage.Cell(type.Summary)} |"
                    )
                )
            )}

            """.ReplaceLineEndings(
            "\n"
        );
}
