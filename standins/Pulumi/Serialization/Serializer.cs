using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;

namespace Pulumi.Serialization;

/// <summary>
/// Turns what a program hands over into wire values: null, bool, double, string, ImmutableArray and ImmutableDictionary,
/// where assets, secrets and resources are marked dictionaries and an unknown value is a marked text.
/// </summary>
internal sealed class Serializer(bool keepResources)
{
    /// <summary>The resources that were met on the way.</summary>
    public HashSet<Resource> Dependencies { get; } = [];

    public async Task<object?> SerializeAsync(string context, object? value) =>
        value switch
        {
            null or bool or double or string => value,
            int number => (double)number,
            InputArgs args => await SerializeMapAsync(context, args.ToDictionary()),
            AssetOrArchive asset => await SerializeAssetAsync(context, asset),
            Task => throw new InvalidOperationException(
                $"Tasks are not allowed inside ResourceArgs. Please wrap your Task in an Output:\n\t{context}"
            ),
            IInput input => await SerializeOutputAsync(context, input.ToOutput()),
            IUnion union => await SerializeAsync(context, union.Value),
            JsonElement element => SerializeJson(element),
            IOutput output => await SerializeOutputAsync(context, output),
            Resource resource => await SerializeResourceAsync(context, resource),
            IDictionary dictionary => await SerializeMapAsync(context, dictionary),
            IList list => await SerializeListAsync(context, list),
            Enum number when number.GetTypeCode() == TypeCode.Int32 => (double)(int)value,
            ValueTuple => null,
            _ => await SerializeAnnotatedAsync(context, value),
        };

    private async Task<object?> SerializeOutputAsync(string context, IOutput output)
    {
        var data = await output.GetDataAsync();
        Dependencies.UnionWith(data.Resources);

        if (!data.IsKnown)
        {
            return WireNames.Unknown;
        }

        var value = await SerializeAsync($"{context}.id", data.Value);
        return data.IsSecret ? Marked(WireNames.SecretSignature, WireNames.Value, value) : value;
    }

    private async Task<object?> SerializeAssetAsync(string context, AssetOrArchive asset) =>
        asset switch
        {
            InvalidAsset => throw new InvalidOperationException("Cannot serialize invalid asset"),
            InvalidArchive => throw new InvalidOperationException("Cannot serialize invalid archive"),
            _ => Marked(asset.Signature, asset.Name, await SerializeAsync($"{context}.{asset.Name}", asset.Value)),
        };

    private async Task<object?> SerializeResourceAsync(string context, Resource resource)
    {
        if (resource is CustomResource custom)
        {
            Dependencies.Add(custom);
            var id = await SerializeAsync($"{context}.id", custom.Id);

            if (!keepResources)
            {
                return id;
            }

            var reference = Marked(
                WireNames.ResourceSignature,
                WireNames.Urn,
                await SerializeAsync($"{context}.urn", custom.Urn)
            );
            return reference.Add(WireNames.Id, id is WireNames.Unknown ? "" : id);
        }

        // A component is only its name: its own properties may lead back to whatever is being serialized.
        var urn = await SerializeAsync($"{context}.urn", resource.Urn);
        return keepResources ? Marked(WireNames.ResourceSignature, WireNames.Urn, urn) : urn;
    }

    private async Task<ImmutableDictionary<string, object?>> SerializeMapAsync(string context, IDictionary map)
    {
        var result = ImmutableDictionary.CreateBuilder<string, object?>();

        foreach (var key in map.Keys)
        {
            if (key is not string name)
            {
                throw new InvalidOperationException($"Dictionaries are only supported with string keys:\n\t{context}");
            }

            if (await SerializeAsync($"{context}.{name}", map[name]) is { } value)
            {
                result[name] = value;
            }
        }

        return result.ToImmutable();
    }

    private async Task<ImmutableArray<object?>> SerializeListAsync(string context, IList list)
    {
        if (IsDefaultArray(list))
        {
            return [];
        }

        var result = ImmutableArray.CreateBuilder<object?>(list.Count);

        for (var index = 0; index < list.Count; index++)
        {
            result.Add(await SerializeAsync($"{context}[{index}]", list[index]));
        }

        return result.MoveToImmutable();
    }

    private async Task<object?> SerializeAnnotatedAsync(string context, object value)
    {
        var type = value.GetType();

        if (type.IsValueType && type.IsDefined(typeof(EnumTypeAttribute)))
        {
            return Unwrap(context, type, value);
        }

        if (!type.IsDefined(typeof(OutputTypeAttribute)))
        {
            throw new InvalidOperationException($"{type.FullName} is not a supported argument type.\n\t{context}");
        }

        var result = ImmutableDictionary.CreateBuilder<string, object?>();

        foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
        {
            if (field.IsInitOnly)
            {
                var name = LowerFirst(field.Name);
                result[name] = await SerializeAsync($"{context}.{name}", field.GetValue(value));
            }
        }

        return result.ToImmutable();
    }

    private static object? Unwrap(string context, Type type, object value)
    {
        var conversion = type.GetMethod("op_Explicit", BindingFlags.Public | BindingFlags.Static, [type]);

        return conversion?.ReturnType == typeof(string) || conversion?.ReturnType == typeof(double)
            ? conversion.Invoke(null, [value])
            : throw new InvalidOperationException(
                $"Expected {type.FullName} to have an explicit conversion operator to String or Double.\n\t{context}"
            );
    }

    private static object? SerializeJson(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.String => element.GetString(),
            JsonValueKind.Number => element.GetDouble(),
            JsonValueKind.True or JsonValueKind.False => element.GetBoolean(),
            JsonValueKind.Array => element.EnumerateArray().Select(SerializeJson).ToImmutableArray(),
            JsonValueKind.Object => element
                .EnumerateObject()
                .Aggregate(
                    ImmutableDictionary<string, object?>.Empty,
                    (map, property) => map.SetItem(property.Name, SerializeJson(property.Value))
                ),
            _ => null,
        };

    private static ImmutableDictionary<string, object?> Marked(string signature, string name, object? value) =>
        ImmutableDictionary<string, object?>.Empty.Add(WireNames.Signature, signature).Add(name, value);

    private static string LowerFirst(string fieldName) => char.ToLowerInvariant(fieldName[0]) + fieldName[1..];

    private static bool IsDefaultArray(IList list) =>
        list.GetType() is { IsGenericType: true } type
        && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>)
        && (bool)type.GetProperty(nameof(ImmutableArray<int>.IsDefault))!.GetValue(list)!;
}
