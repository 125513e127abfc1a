using System.ComponentModel;

namespace Pulumi.AwsNative.Ecr;

[EnumType]
public readonly struct RepositoryEncryptionType : IEquatable<RepositoryEncryptionType>
{
    private readonly string _value;

    private RepositoryEncryptionType(string value) => _value = value ?? throw new ArgumentNullException(nameof(value));

    public static RepositoryEncryptionType Aes256 { get; } = new("AES256");
    public static RepositoryEncryptionType Kms { get; } = new("KMS");
    public static RepositoryEncryptionType KmsDsse { get; } = new("KMS_DSSE");

    public static bool operator ==(RepositoryEncryptionType left, RepositoryEncryptionType right) => left.Equals(right);

    public static bool operator !=(RepositoryEncryptionType left, RepositoryEncryptionType right) =>
        !left.Equals(right);

    public static explicit operator string(RepositoryEncryptionType value) => value._value;

    [EditorBrowsable(EditorBrowsableState.Never)]
    public override bool Equals(object? obj) => obj is RepositoryEncryptionType other && Equals(other);

    public bool Equals(RepositoryEncryptionType other) => string.Equals(_value, other._value, StringComparison.Ordinal);

    [EditorBrowsable(EditorBrowsableState.Never)]
    public override int GetHashCode() => _value?.GetHashCode(StringComparison.Ordinal) ?? 0;

    public override string ToString() => _value;
}

[EnumType]
public readonly struct RepositoryImageTagMutability : IEquatable<RepositoryImageTagMutability>
{
    private readonly string _value;

    private RepositoryImageTagMutability(string value) =>
        _value = value ?? throw new ArgumentNullException(nameof(value));

    public static RepositoryImageTagMutability Mutable { get; } = new("MUTABLE");
    public static RepositoryImageTagMutability Immutable { get; } = new("IMMUTABLE");
    public static RepositoryImageTagMutability MutableWithExclusion { get; } = new("MUTABLE_WITH_EXCLUSION");
    public static RepositoryImageTagMutability ImmutableWithExclusion { get; } = new("IMMUTABLE_WITH_EXCLUSION");

    public static bool operator ==(RepositoryImageTagMutability left, RepositoryImageTagMutability right) =>
        left.Equals(right);

    public static bool operator !=(RepositoryImageTagMutability left, RepositoryImageTagMutability right) =>
        !left.Equals(right);

    public static explicit operator string(RepositoryImageTagMutability value) => value._value;

    [EditorBrowsable(EditorBrowsableState.Never)]
    public override bool Equals(object? obj) => obj is RepositoryImageTagMutability other && Equals(other);

    public bool Equals(RepositoryImageTagMutability other) =>
        string.Equals(_value, other._value, StringComparison.Ordinal);

    [EditorBrowsable(EditorBrowsableState.Never)]
    public override int GetHashCode() => _value?.GetHashCode(StringComparison.Ordinal) ?? 0;

    public override string ToString() => _value;
}
