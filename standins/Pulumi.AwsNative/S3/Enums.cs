using System.ComponentModel;

namespace Pulumi.AwsNative.S3;

[EnumType]
public readonly struct BucketVersioningConfigurationStatus : IEquatable<BucketVersioningConfigurationStatus>
{
    private readonly string _value;

    private BucketVersioningConfigurationStatus(string value) =>
        _value = value ?? throw new ArgumentNullException(nameof(value));

    public static BucketVersioningConfigurationStatus Enabled { get; } = new("Enabled");
    public static BucketVersioningConfigurationStatus Suspended { get; } = new("Suspended");

    public static bool operator ==(
        BucketVersioningConfigurationStatus left,
        BucketVersioningConfigurationStatus right
    ) => left.Equals(right);

    public static bool operator !=(
        BucketVersioningConfigurationStatus left,
        BucketVersioningConfigurationStatus right
    ) => !left.Equals(right);

    public static explicit operator string(BucketVersioningConfigurationStatus value) => value._value;

    [EditorBrowsable(EditorBrowsableState.Never)]
    public override bool Equals(object? obj) => obj is BucketVersioningConfigurationStatus other && Equals(other);

    public bool Equals(BucketVersioningConfigurationStatus other) =>
        string.Equals(_value, other._value, StringComparison.Ordinal);

    [EditorBrowsable(EditorBrowsableState.Never)]
    public override int GetHashCode() => _value?.GetHashCode(StringComparison.Ordinal) ?? 0;

    public override string ToString() => _value;
}
