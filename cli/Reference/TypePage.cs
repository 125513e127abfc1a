using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.Descriptions;

namespace Mlops.Cli.Reference;

/// <summary>A pipeline type in Markdown.</summary>
internal static class TypePage
{
    public static string Of(BlueprintDescription blueprint, TypeDescription type)
    {
        var (where, source) = blueprint.DeploysTo switch
        {
            DeploysTo.Orchestrator => (
                " It deploys into the orchestrator account.",
                $"blueprints/{blueprint.Name}/blueprint.json"
            ),
            DeploysTo.Targets => (" It deploys into every target.", $"blueprints/{blueprint.Name}/blueprint.json"),
            _ => ("", "lambdas/Provisioning/ModelCards/model-cards.json"),
        };
        var page = new StringBuilder();
        page.Append($"# {type.Type}\n\n{type.Summary}. {blueprint.Summary}.{where}\n\n");
        page.Append($"Written by `./mlops reference` from `{source}`.\n\n");
        page.Append("## What happens\n\n");
        foreach (var step in type.Steps)
        {
            page.Append($"- {step}\n");
        }

        page.Append("\n## The shortest request\n\n```json\n");
        page.Append(ReferenceFiles.Text(type.Example));
        page.Append("\n```\n\n## Keys\n\n");
        page.Append("| key | required | values | default | each target | what it is for |\n");
        page.Append("| --- | --- | --- | --- | --- | --- |\n");
        page.Append("| `pipeline_type` | yes | `").Append(type.Type).Append("` | | | which pipeline |\n");
        foreach (var key in type.Keys)
        {
            Append(page, key, "");
        }

        if (type.Rules.Count > 0)
        {
            page.Append("\n## What keys ask of each other\n\n");
            foreach (var rule in type.Rules)
            {
                page.Append($"- {rule}\n");
            }
        }

        return page.ToString();
    }

    /// <summary>A bar would end the cell.</summary>
    public static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    private static void Append(StringBuilder page, KeyDescription key, string parent)
    {
        page.Append(Row(key, parent));
        foreach (var field in key.Fields ?? [])
        {
            Append(page, field, $"{parent}{key.Name}.");
        }
    }

    private static string Row(KeyDescription key, string parent)
    {
        var required =
            key.Required ? "yes"
            : key.RequiredWhen is { } when ? $"where {when}"
            : "no";
        var otherwise =
            key.Default is null ? ""
            : key.Default.Contains(' ', StringComparison.Ordinal) ? key.Default
            : $"`{key.Default}`";
        var example = key.Example is { } value ? $" Example: `{Inline(value)}`." : "";
        string[] cells =
        [
            $"`{parent}{key.Name}`",
            required,
            key.Values,
            otherwise,
            key.PerTarget ? "yes" : "",
            key.Description + example,
        ];
        return $"|{string.Concat(cells.Select(cell => cell.Length == 0 ? " |" : $" {Cell(cell)} |"))}\n";
    }

    private static string Inline(JsonNode value) =>
        value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();
}
