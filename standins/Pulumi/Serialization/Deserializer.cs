using System.Collections.Immutable;

namespace Pulumi.Serialization;

/// <summary>Turns wire values back into plain ones: assets and resources are objects again, secrets and unknowns flags.</summary>
internal static class Deserializer
{
    public static OutputData<object?> Deserialize(object? value)
    {
        var isSecret = false;

        while (SignatureOf(value) == WireNames.SecretSignature)
        {
            isSecret = true;
            value = Map(value).TryGetValue(WireNames.Value, out var inner)
                ? inner
                : throw new InvalidOperationException("Secrets must have a field called 'value'");
        }

        if (value is WireNames.Unknown)
        {
            return new([], null, IsKnown: false, isSecret);
        }

        var data = SignatureOf(value) switch
        {
            WireNames.AssetSignature => OutputData.Known<object?>(Asset(Map(value))),
            WireNames.ArchiveSignature => OutputData.Known<object?>(Archive(Map(value))),
            WireNames.ResourceSignature => OutputData.Known<object?>(Reference(Map(value))),
            _ => Plain(value),
        };

        return data with
        {
            IsSecret = isSecret || data.IsSecret,
        };
    }

    private static OutputData<object?> Plain(object? value) =>
        value switch
        {
            ImmutableArray<object?> list => List(list),
            ImmutableDictionary<string, object?> map => Entries(map),
            _ => OutputData.Known(value),
        };

    private static OutputData<object?> List(ImmutableArray<object?> list)
    {
        var elements = list.Select(Deserialize).ToList();
        return Combined(elements.Select(element => element.Value).ToImmutableArray(), elements);
    }

    private static OutputData<object?> Entries(ImmutableDictionary<string, object?> map)
    {
        // Two underscores mark what is the engine's own and no part of the value.
        var entries = map.Where(entry => !entry.Key.StartsWith("__", StringComparison.Ordinal))
            .Select(entry => KeyValuePair.Create(entry.Key, Deserialize(entry.Value)))
            .ToList();

        return Combined(
            entries.ToImmutableDictionary(entry => entry.Key, entry => entry.Value.Value),
            entries.ConvertAll(entry => entry.Value)
        );
    }

    private static OutputData<object?> Combined(object value, List<OutputData<object?>> parts) =>
        new([], value, parts.TrueForAll(part => part.IsKnown), parts.Exists(part => part.IsSecret));

    private static Asset Asset(ImmutableDictionary<string, object?> map) =>
        Text(map, WireNames.Path) is { } path ? new FileAsset(path)
        : Text(map, WireNames.Uri) is { } uri ? new RemoteAsset(uri)
        : Text(map, WireNames.Text) is { } text ? new StringAsset(text)
        : throw new InvalidOperationException("Value was marked as Asset, but did not conform to required shape.");

    private static Archive Archive(ImmutableDictionary<string, object?> map) =>
        Text(map, WireNames.Path) is { } path ? new FileArchive(path)
        : Text(map, WireNames.Uri) is { } uri ? new RemoteArchive(uri)
        : map.GetValueOrDefault(WireNames.Assets) is ImmutableDictionary<string, object?> assets
            ? new AssetArchive(assets.ToImmutableDictionary(entry => entry.Key, entry => ArchiveElement(entry.Value)))
        : throw new InvalidOperationException("Value was marked as Archive, but did not conform to required shape.");

    private static AssetOrArchive ArchiveElement(object? value) =>
        Deserialize(value).Value as AssetOrArchive
        ?? throw new InvalidOperationException(
            "AssetArchive contained an element that wasn't itself an Asset or Archive."
        );

    private static DependencyResource Reference(ImmutableDictionary<string, object?> map) =>
        Text(map, WireNames.Urn) is { } urn
            ? new DependencyResource(urn)
            : throw new InvalidOperationException(
                "Value was marked as a Resource, but did not conform to required shape."
            );

    private static string? SignatureOf(object? value) =>
        value is ImmutableDictionary<string, object?> map ? Text(map, WireNames.Signature) : null;

    private static ImmutableDictionary<string, object?> Map(object? value) =>
        (ImmutableDictionary<string, object?>)value!;

    private static string? Text(ImmutableDictionary<string, object?> map, string name) =>
        map.GetValueOrDefault(name) as string;
}
