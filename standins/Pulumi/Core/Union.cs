namespace Pulumi;

internal interface IUnion
{
    object Value { get; }
}

/// <summary>A value of one of two types.</summary>
public readonly struct Union<T0, T1> : IEquatable<Union<T0, T1>>, IUnion
{
    private readonly bool _isSecond;
    private readonly T0 _first;
    private readonly T1 _second;

    private Union(bool isSecond, T0 first, T1 second) => (_isSecond, _first, _second) = (isSecond, first, second);

    /// <summary>The value as the first type; fails when it is of the second.</summary>
    public T0 AsT0 => IsT0 ? _first : throw new InvalidOperationException("Cannot return as T0 as result is T1");

    /// <summary>The value as the second type; fails when it is of the first.</summary>
    public T1 AsT1 => IsT1 ? _second : throw new InvalidOperationException("Cannot return as T1 as result is T0");

    /// <summary>Whether the value is of the first type.</summary>
    public bool IsT0 => !_isSecond;

    /// <summary>Whether the value is of the second type.</summary>
    public bool IsT1 => _isSecond;

    /// <summary>The value, whatever its type.</summary>
    public object Value => _isSecond ? _second! : _first!;

    /// <summary>A union of the first type.</summary>
    public static Union<T0, T1> FromT0(T0 input) => new(isSecond: false, input, default!);

    /// <summary>A union of the second type.</summary>
    public static Union<T0, T1> FromT1(T1 input) => new(isSecond: true, default!, input);

    /// <summary>The same union with another first type.</summary>
    public Union<TResult, T1> MapT0<TResult>(Func<T0, TResult> mapFunc) =>
        _isSecond ? Union<TResult, T1>.FromT1(_second) : Union<TResult, T1>.FromT0(mapFunc(_first));

    /// <summary>The same union with another second type.</summary>
    public Union<T0, TResult> MapT1<TResult>(Func<T1, TResult> mapFunc) =>
        _isSecond ? Union<T0, TResult>.FromT1(mapFunc(_second)) : Union<T0, TResult>.FromT0(_first);

    /// <summary>The same union with two other types.</summary>
    public Union<TResult0, TResult1> Bimap<TResult0, TResult1>(
        Func<T0, TResult0> mapFunc0,
        Func<T1, TResult1> mapFunc1
    ) =>
        _isSecond
            ? Union<TResult0, TResult1>.FromT1(mapFunc1(_second))
            : Union<TResult0, TResult1>.FromT0(mapFunc0(_first));

    /// <summary>What the function for the value's type makes of it.</summary>
    public TResult Match<TResult>(Func<T0, TResult> f0, Func<T1, TResult> f1) => _isSecond ? f1(_second) : f0(_first);

    /// <summary>Does what the value's type asks for.</summary>
    public void Switch(Action<T0> f0, Action<T1> f1)
    {
        if (_isSecond)
        {
            f1(_second);
        }
        else
        {
            f0(_first);
        }
    }

    /// <summary>Takes the value when it is of the first type, else leaves the other in <paramref name="remainder"/>.</summary>
    public bool TryPickT0(out T0 value, out T1 remainder)
    {
        (value, remainder) = (_first, _second);
        return IsT0;
    }

    /// <summary>Takes the value when it is of the second type, else leaves the other in <paramref name="remainder"/>.</summary>
    public bool TryPickT1(out T1 value, out T0 remainder)
    {
        (value, remainder) = (_second, _first);
        return IsT1;
    }

    /// <inheritdoc/>
    public bool Equals(Union<T0, T1> other) => _isSecond == other._isSecond && Equals(Value, other.Value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Union<T0, T1> union && Equals(union);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_isSecond, Value);

    /// <summary>The full name of the type and the value.</summary>
    public override string ToString() => $"{(_isSecond ? typeof(T1) : typeof(T0)).FullName}: {Value}";

    /// <summary>A union of the first type.</summary>
    public static implicit operator Union<T0, T1>(T0 t) => FromT0(t);

    /// <summary>A union of the second type.</summary>
    public static implicit operator Union<T0, T1>(T1 t) => FromT1(t);

    /// <summary>Same type and equal values.</summary>
    public static bool operator ==(Union<T0, T1> left, Union<T0, T1> right) => left.Equals(right);

    /// <summary>Another type, or values that are not equal.</summary>
    public static bool operator !=(Union<T0, T1> left, Union<T0, T1> right) => !left.Equals(right);
}
