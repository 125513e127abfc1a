using Mlops.Provisioning.Blueprints;

namespace Mlops.Architecture.Tests;

/// <summary>docs/types/monitors.md against the manifests of the monitors.</summary>
public sealed class MonitorsPageTests
{
    private static readonly string Page = Checkout.Read("docs/types/monitors.md");

    private static IEnumerable<Blueprint> Monitors() =>
        BlueprintCatalog
            .Open(Path.Combine(Checkout.Root, "blueprints"))
            .All()
            .Where(blueprint => blueprint.Manifest.Name.EndsWith("-monitor", StringComparison.Ordinal));

    [TestCaseSource(nameof(Monitors))]
    public void Every_key_has_its_row(Blueprint blueprint)
    {
        foreach (var key in blueprint.Manifest.Keys)
        {
            var row = Page.Split('\n')
                .FirstOrDefault(line => line.StartsWith($"| `{key.Name}` |", StringComparison.Ordinal));

            Assert.That(row, Is.Not.Null, key.Name);
            var cells = row!.Split(" | ");
            Assert.That(cells[3], Does.StartWith(key.Required ? "required" : key.Default ?? "none"), key.Name);
            Assert.That(cells[4], Is.EqualTo(key.PerTarget ? "yes" : "no"), key.Name);
        }
    }

    [TestCaseSource(nameof(Monitors))]
    public void Every_pipeline_type_is_named(Blueprint blueprint)
    {
        foreach (var type in blueprint.Manifest.PipelineTypes)
        {
            Assert.That(Page, Does.Contain($"| `{type.Type}` |"));
        }
    }
}
