using System.Collections;
using System.Collections.Immutable;

namespace Pulumi;

/// <summary>A map from text whose values may be plain or outputs, or a map that is itself an output.</summary>
public sealed class InputMap<TValue>
    : Input<ImmutableDictionary<string, TValue>>,
        IEnumerable,
        IAsyncEnumerable<Input<KeyValuePair<string, TValue>>>
{
    /// <summary>An empty map.</summary>
    public InputMap()
        : base(Output.Create(ImmutableDictionary<string, TValue>.Empty)) { }

    private InputMap(Output<ImmutableDictionary<string, TValue>> output)
        : base(output) { }

    /// <summary>Adds a value; the same key twice is allowed only with equal values.</summary>
    public void Add(string key, Input<TValue> value) =>
        _output = Output.Tuple(_output, (Output<TValue>)value).Apply(both => Added(both.Item1, key, both.Item2));

    /// <summary>Adds the values of another map, which must have other keys.</summary>
    public void Add(InputMap<TValue> values) => AddRange(values);

    /// <summary>Adds the values of another map, which must have other keys.</summary>
    public void AddRange(InputMap<TValue> values) =>
        _output = Output.Tuple(_output, values._output).Apply(both => AddedAll(both.Item1, both.Item2));

    /// <summary>Adds a value; the same key twice is allowed only with equal values.</summary>
    public Input<TValue> this[string key]
    {
        set => Add(key, value);
    }

    /// <summary>A new map with the values of both, the second's where both have a key.</summary>
    public static InputMap<TValue> Merge(InputMap<TValue> first, InputMap<TValue> second) =>
        new(Output.Tuple(first._output, second._output).Apply(both => both.Item1.SetItems(both.Item2)));

    /// <summary>Enumerates the entries when the map is known; an unknown map is empty.</summary>
    public async IAsyncEnumerator<Input<KeyValuePair<string, TValue>>> GetAsyncEnumerator(
        CancellationToken cancellationToken
    )
    {
        foreach (var entry in await _output.GetValueAsync(whenUnknown: ImmutableDictionary<string, TValue>.Empty))
        {
            yield return entry;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() =>
        throw new NotSupportedException(
            $"A {GetType().FullName} cannot be synchronously enumerated. Use {nameof(GetAsyncEnumerator)} instead."
        );

    public static implicit operator InputMap<TValue>(Dictionary<string, TValue> values) => Output.Create(values);

    public static implicit operator InputMap<TValue>(ImmutableDictionary<string, TValue> values) =>
        Output.Create(values);

    public static implicit operator InputMap<TValue>(Output<Dictionary<string, TValue>> values) =>
        values.Apply(ImmutableDictionary.CreateRange);

    public static implicit operator InputMap<TValue>(Output<IDictionary<string, TValue>> values) =>
        values.Apply(ImmutableDictionary.CreateRange);

    public static implicit operator InputMap<TValue>(Output<ImmutableDictionary<string, TValue>> values) => new(values);

    private static ImmutableDictionary<string, TValue> Added(
        ImmutableDictionary<string, TValue> map,
        string key,
        TValue value
    ) =>
        map.TryGetValue(key, out var existing) && !EqualityComparer<TValue>.Default.Equals(existing, value)
            ? throw new ArgumentException($"Key '{key}' already exists in the map with a different value.")
            : map.SetItem(key, value);

    private static ImmutableDictionary<string, TValue> AddedAll(
        ImmutableDictionary<string, TValue> map,
        ImmutableDictionary<string, TValue> more
    )
    {
        var taken = more.Keys.FirstOrDefault(map.ContainsKey);
        return taken is null
            ? map.AddRange(more)
            : throw new ArgumentException(
                $"An element with the same key but a different value already exists. Key: '{taken}'"
            );
    }
}
