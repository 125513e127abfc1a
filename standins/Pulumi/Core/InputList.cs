using System.Collections;
using System.Collections.Immutable;

namespace Pulumi;

/// <summary>A list whose elements may be plain values or outputs, or a list that is itself an output.</summary>
public sealed class InputList<T> : Input<ImmutableArray<T>>, IEnumerable, IAsyncEnumerable<Input<T>>
{
    /// <summary>An empty list.</summary>
    public InputList()
        : base(Output.Create(ImmutableArray<T>.Empty)) { }

    private InputList(Output<ImmutableArray<T>> output)
        : base(output) { }

    /// <summary>Adds elements at the end.</summary>
    public void Add(params Input<T>[] inputs) => AddRange(inputs);

    /// <summary>Adds the elements of another list at the end.</summary>
    public void Add(InputList<T> inputs) => AddRange(inputs);

    /// <summary>Adds the elements of another list at the end.</summary>
    public void AddRange(InputList<T> inputs) => _output = Concat(inputs)._output;

    /// <summary>A new list: this one's elements, then the other's.</summary>
    public InputList<T> Concat(InputList<T> other) =>
        new(Output.Tuple(_output, other._output).Apply(both => both.Item1.AddRange(both.Item2)));

    internal InputList<T> Clone() => new(_output);

    /// <summary>Enumerates the elements when the list is known; an unknown list is empty.</summary>
    public async IAsyncEnumerator<Input<T>> GetAsyncEnumerator(CancellationToken cancellationToken)
    {
        foreach (var value in await _output.GetValueAsync(whenUnknown: ImmutableArray<T>.Empty))
        {
            yield return value;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() =>
        throw new NotSupportedException(
            $"A {GetType().FullName} cannot be synchronously enumerated. Use {nameof(GetAsyncEnumerator)} instead."
        );

    public static implicit operator InputList<T>(T value) => ImmutableArray.Create<Input<T>>(value);

    public static implicit operator InputList<T>(Output<T> value) => ImmutableArray.Create<Input<T>>(value);

    public static implicit operator InputList<T>(Input<T> value) => ImmutableArray.Create(value);

    public static implicit operator InputList<T>(T[] values) => new(Output.Create(ImmutableArray.CreateRange(values)));

    public static implicit operator InputList<T>(Output<T>[] values) => new(Output.All(values));

    public static implicit operator InputList<T>(Input<T>[] values) => new(Output.All(values));

    public static implicit operator InputList<T>(List<T> values) =>
        new(Output.Create(ImmutableArray.CreateRange(values)));

    public static implicit operator InputList<T>(List<Output<T>> values) => new(Output.All(values));

    public static implicit operator InputList<T>(List<Input<T>> values) => new(Output.All(values));

    public static implicit operator InputList<T>(ImmutableArray<T> values) => new(Output.Create(values));

    public static implicit operator InputList<T>(ImmutableArray<Output<T>> values) =>
        values.IsDefault ? Absent : new(Output.All<T>(values));

    public static implicit operator InputList<T>(ImmutableArray<Input<T>> values) =>
        values.IsDefault ? Absent : new(Output.All<T>(values));

    public static implicit operator InputList<T>(Output<T[]> values) => values.Apply(ImmutableArray.CreateRange);

    public static implicit operator InputList<T>(Output<List<T>> values) => values.Apply(ImmutableArray.CreateRange);

    public static implicit operator InputList<T>(Output<IEnumerable<T>> values) =>
        values.Apply(ImmutableArray.CreateRange);

    public static implicit operator InputList<T>(Output<ImmutableArray<T>> values) => new(values);

    private static InputList<T> Absent => new(Output.Create(default(ImmutableArray<T>)));
}
