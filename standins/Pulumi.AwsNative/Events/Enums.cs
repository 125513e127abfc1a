using System.ComponentModel;

namespace Pulumi.AwsNative.Events;

[EnumType]
public readonly struct RuleState : IEquatable<RuleState>
{
    private readonly string _value;

    private RuleState(string value) => _value = value ?? throw new ArgumentNullException(nameof(value));

    public static RuleState Disabled { get; } = new("DISABLED");
    public static RuleState Enabled { get; } = new("ENABLED");
    public static RuleState EnabledWithAllCloudtrailManagementEvents { get; } =
        new("ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS");

    public static bool operator ==(RuleState left, RuleState right) => left.Equals(right);

    public static bool operator !=(RuleState left, RuleState right) => !left.Equals(right);

    public static explicit operator string(RuleState value) => value._value;

    [EditorBrowsable(EditorBrowsableState.Never)]
    public override bool Equals(object? obj) => obj is RuleState other && Equals(other);

    public bool Equals(RuleState other) => string.Equals(_value, other._value, StringComparison.Ordinal);

    [EditorBrowsable(EditorBrowsableState.Never)]
    public override int GetHashCode() => _value?.GetHashCode(StringComparison.Ordinal) ?? 0;

    public override string ToString() => _value;
}
