using System.Collections.Concurrent;

namespace Mlops.Local.Stacks;

/// <summary>Something that was declared and that the local AWS does not have.</summary>
/// <param name="Type">As CloudFormation spells it, or for Pulumi.Aws its token's last part.</param>
/// <param name="Property">The property, or <c>*</c> for the whole resource.</param>
/// <param name="Name">The logical name of the resource.</param>
public sealed record NotCarriedOut(string Type, string Property, string Name)
{
    /// <summary>All of the resource, not one property.</summary>
    public const string Everything = "*";

    /// <summary>It is there, but could not be compared with what was declared.</summary>
    public const string Unread = "(not read back)";

    /// <inheritdoc />
    public override string ToString() => Property == Everything ? $"{Type} ({Name})" : $"{Type}.{Property} ({Name})";
}

/// <summary>Gathers what was not carried out, from creations that run side by side; each thing once.</summary>
public sealed class NotCarriedOutList
{
    private readonly ConcurrentDictionary<NotCarriedOut, byte> entries = new();

    /// <summary>Sorted by type, property and name.</summary>
    public IReadOnlyList<NotCarriedOut> All =>
        [
            .. entries
                .Keys.OrderBy(entry => entry.Type, StringComparer.Ordinal)
                .ThenBy(entry => entry.Property, StringComparer.Ordinal)
                .ThenBy(entry => entry.Name, StringComparer.Ordinal),
        ];

    /// <summary>Adds one; false when it was known.</summary>
    public bool Add(NotCarriedOut entry) => entries.TryAdd(entry, 0);
}
