using Mlops.Provisioning.Blueprints;

namespace Mlops.Architecture.Tests;

/// <summary>docs/types/realtime-inference.md against the manifest.</summary>
public sealed class RealtimePageTests
{
    private static readonly BlueprintManifest Manifest = Blueprint
        .Read(Path.Combine(Checkout.Root, "blueprints", "realtime-inference"))
        .Manifest;

    private static readonly IReadOnlyList<string[]> Rows =
    [
        .. Checkout
            .Read("docs/types/realtime-inference.md")
            .Split('\n')
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries)[1..^1])
            .Where(row => row.Length == 5),
    ];

    [Test]
    public void Every_key_is_in_the_tables_once() =>
        Assert.That(Rows.Select(row => row[0]), Is.EquivalentTo(Manifest.Keys.Select(key => $"`{key.Name}`")));

    [Test]
    public void The_tables_say_what_the_manifest_says()
    {
        foreach (var key in Manifest.Keys)
        {
            var row = Rows.Single(row => row[0] == $"`{key.Name}`");

            Assert.That(row[3], Is.EqualTo(key.PerTarget ? "yes" : "no"), key.Name);
            Assert.That(row[4], Is.EqualTo(key.Description), key.Name);
            if (key.Default is not null)
            {
                Assert.That(row[2], Does.EndWith(key.Default).IgnoreCase, key.Name);
            }

            foreach (var value in key.Allowed ?? [])
            {
                Assert.That(row[1], Does.Contain($"`{value}`"), key.Name);
            }
        }
    }
}
