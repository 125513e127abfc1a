using Mlops.Provisioning.Blueprints;

namespace Mlops.Architecture.Tests;

/// <summary>The tables of keys in docs/types, against the manifests. Those of the monitors and of real-time inference have tests of their own.</summary>
[TestFixture("model-training")]
[TestFixture("model-tuning")]
[TestFixture("autopilot-training")]
[TestFixture("batch-transform")]
[TestFixture("image-builder")]
[TestFixture("scoring-service")]
public sealed class KeyTablesTests(string blueprint)
{
    private readonly BlueprintManifest manifest = Blueprint
        .Read(Path.Combine(Checkout.Root, "blueprints", blueprint))
        .Manifest;

    private readonly string text = Checkout.Read($"docs/types/{blueprint}.md");

    [Test]
    public void Every_key_has_its_row_which_says_what_the_manifest_says()
    {
        foreach (var key in manifest.Keys)
        {
            var row = text.Split('\n').Where(line => line.StartsWith($"| `{key.Name}` |", StringComparison.Ordinal));

            Assert.That(row.Count(), Is.EqualTo(1), key.Name);
            var cells = row.Single().Split('|', StringSplitOptions.TrimEntries);
            Assert.That(cells[3], Does.StartWith(Without(key)), key.Name);
            Assert.That(row.Single(), Does.EndWith($"| {key.Description} |"), key.Name);
            foreach (var value in key.Allowed ?? [])
            {
                Assert.That(cells[2], Does.Contain($"`{value}`"), key.Name);
            }
        }
    }

    private static string Without(KeyDefinition key) =>
        key.Required || key.RequiredWhen is not null ? "required" : key.Default ?? "none";
}
