using System.Diagnostics.CodeAnalysis;

namespace Pulumi;

/// <summary>The name of a resource that is unique in a stack: <c>urn:pulumi:stack::project::type$chain::name</c>.</summary>
public readonly struct Urn : IEquatable<Urn>
{
    private readonly string _value;

    /// <summary>A URN from its text, which may not be empty.</summary>
    public Urn(string value) =>
        _value = string.IsNullOrEmpty(value)
            ? throw new ArgumentException("URN cannot be null or empty.", nameof(value))
            : value;

    /// <summary>
    /// The URN that a resource of this name and type has under a parent (one of resource and URN, or none), in this project
    /// and stack unless others are given.
    /// </summary>
    public static Output<string> Create(
        Input<string> name,
        Input<string> type,
        Resource? parent = null,
        Input<string>? parentUrn = null,
        Input<string>? project = null,
        Input<string>? stack = null
    )
    {
        if (parent is not null && parentUrn is not null)
        {
            throw new ArgumentException("Only one of 'parent' and 'parentUrn' can be non-null.");
        }

        var prefix = (parent is not null ? parent.Urn : parentUrn?.ToOutput()) is { } above
            ? above.Apply(urn => string.Concat(urn.AsSpan(0, urn.LastIndexOf("::", StringComparison.Ordinal)), "$"))
            : Output.Format(
                $"urn:pulumi:{stack ?? Deployment.Instance.StackName}::{project ?? Deployment.Instance.ProjectName}::"
            );

        return Output.Format($"{prefix}{type}::{name}");
    }

    /// <summary>The text.</summary>
    public static implicit operator string(Urn value) => value._value;

    /// <summary>The text.</summary>
    public override string ToString() => _value;

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is Urn other && Equals(other);

    /// <inheritdoc/>
    public bool Equals(Urn other) => string.Equals(_value, other._value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => _value.GetHashCode(StringComparison.Ordinal);

    /// <summary>Same text.</summary>
    public static bool operator ==(Urn left, Urn right) => left.Equals(right);

    /// <summary>Other text.</summary>
    public static bool operator !=(Urn left, Urn right) => !left.Equals(right);
}
