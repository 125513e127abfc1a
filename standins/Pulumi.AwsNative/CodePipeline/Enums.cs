using System.ComponentModel;

namespace Pulumi.AwsNative.CodePipeline;

[EnumType]
public readonly struct PipelineActionTypeIdCategory : IEquatable<PipelineActionTypeIdCategory>
{
    private readonly string _value;

    private PipelineActionTypeIdCategory(string value) =>
        _value = value ?? throw new ArgumentNullException(nameof(value));

    public static PipelineActionTypeIdCategory Source { get; } = new("Source");
    public static PipelineActionTypeIdCategory Build { get; } = new("Build");
    public static PipelineActionTypeIdCategory Test { get; } = new("Test");
    public static PipelineActionTypeIdCategory Deploy { get; } = new("Deploy");
    public static PipelineActionTypeIdCategory Invoke { get; } = new("Invoke");
    public static PipelineActionTypeIdCategory Approval { get; } = new("Approval");
    public static PipelineActionTypeIdCategory Compute { get; } = new("Compute");

    public static bool operator ==(PipelineActionTypeIdCategory left, PipelineActionTypeIdCategory right) =>
        left.Equals(right);

    public static bool operator !=(PipelineActionTypeIdCategory left, PipelineActionTypeIdCategory right) =>
        !left.Equals(right);

    public static explicit operator string(PipelineActionTypeIdCategory value) => value._value;

    [EditorBrowsable(EditorBrowsableState.Never)]
    public override bool Equals(object? obj) => obj is PipelineActionTypeIdCategory other && Equals(other);

    public bool Equals(PipelineActionTypeIdCategory other) =>
        string.Equals(_value, other._value, StringComparison.Ordinal);

    [EditorBrowsable(EditorBrowsableState.Never)]
    public override int GetHashCode() => _value?.GetHashCode(StringComparison.Ordinal) ?? 0;

    public override string ToString() => _value;
}

[EnumType]
public readonly struct PipelineArtifactStoreType : IEquatable<PipelineArtifactStoreType>
{
    private readonly string _value;

    private PipelineArtifactStoreType(string value) => _value = value ?? throw new ArgumentNullException(nameof(value));

    public static PipelineArtifactStoreType S3 { get; } = new("S3");

    public static bool operator ==(PipelineArtifactStoreType left, PipelineArtifactStoreType right) =>
        left.Equals(right);

    public static bool operator !=(PipelineArtifactStoreType left, PipelineArtifactStoreType right) =>
        !left.Equals(right);

    public static explicit operator string(PipelineArtifactStoreType value) => value._value;

    [EditorBrowsable(EditorBrowsableState.Never)]
    public override bool Equals(object? obj) => obj is PipelineArtifactStoreType other && Equals(other);

    public bool Equals(PipelineArtifactStoreType other) =>
        string.Equals(_value, other._value, StringComparison.Ordinal);

    [EditorBrowsable(EditorBrowsableState.Never)]
    public override int GetHashCode() => _value?.GetHashCode(StringComparison.Ordinal) ?? 0;

    public override string ToString() => _value;
}

[EnumType]
public readonly struct PipelineExecutionMode : IEquatable<PipelineExecutionMode>
{
    private readonly string _value;

    private PipelineExecutionMode(string value) => _value = value ?? throw new ArgumentNullException(nameof(value));

    public static PipelineExecutionMode Queued { get; } = new("QUEUED");
    public static PipelineExecutionMode Superseded { get; } = new("SUPERSEDED");
    public static PipelineExecutionMode Parallel { get; } = new("PARALLEL");

    public static bool operator ==(PipelineExecutionMode left, PipelineExecutionMode right) => left.Equals(right);

    public static bool operator !=(PipelineExecutionMode left, PipelineExecutionMode right) => !left.Equals(right);

    public static explicit operator string(PipelineExecutionMode value) => value._value;

    [EditorBrowsable(EditorBrowsableState.Never)]
    public override bool Equals(object? obj) => obj is PipelineExecutionMode other && Equals(other);

    public bool Equals(PipelineExecutionMode other) => string.Equals(_value, other._value, StringComparison.Ordinal);

    [EditorBrowsable(EditorBrowsableState.Never)]
    public override int GetHashCode() => _value?.GetHashCode(StringComparison.Ordinal) ?? 0;

    public override string ToString() => _value;
}

[EnumType]
public readonly struct PipelineTriggerDeclarationProviderType : IEquatable<PipelineTriggerDeclarationProviderType>
{
    private readonly string _value;

    private PipelineTriggerDeclarationProviderType(string value) =>
        _value = value ?? throw new ArgumentNullException(nameof(value));

    public static PipelineTriggerDeclarationProviderType CodeStarSourceConnection { get; } =
        new("CodeStarSourceConnection");

    public static bool operator ==(
        PipelineTriggerDeclarationProviderType left,
        PipelineTriggerDeclarationProviderType right
    ) => left.Equals(right);

    public static bool operator !=(
        PipelineTriggerDeclarationProviderType left,
        PipelineTriggerDeclarationProviderType right
    ) => !left.Equals(right);

    public static explicit operator string(PipelineTriggerDeclarationProviderType value) => value._value;

    [EditorBrowsable(EditorBrowsableState.Never)]
    public override bool Equals(object? obj) => obj is PipelineTriggerDeclarationProviderType other && Equals(other);

    public bool Equals(PipelineTriggerDeclarationProviderType other) =>
        string.Equals(_value, other._value, StringComparison.Ordinal);

    [EditorBrowsable(EditorBrowsableState.Never)]
    public override int GetHashCode() => _value?.GetHashCode(StringComparison.Ordinal) ?? 0;

    public override string ToString() => _value;
}

[EnumType]
public readonly struct PipelineType : IEquatable<PipelineType>
{
    private readonly string _value;

    private PipelineType(string value) => _value = value ?? throw new ArgumentNullException(nameof(value));

    public static PipelineType V1 { get; } = new("V1");
    public static PipelineType V2 { get; } = new("V2");

    public static bool operator ==(PipelineType left, PipelineType right) => left.Equals(right);

    public static bool operator !=(PipelineType left, PipelineType right) => !left.Equals(right);

    public static explicit operator string(PipelineType value) => value._value;

    [EditorBrowsable(EditorBrowsableState.Never)]
    public override bool Equals(object? obj) => obj is PipelineType other && Equals(other);

    public bool Equals(PipelineType other) => string.Equals(_value, other._value, StringComparison.Ordinal);

    [EditorBrowsable(EditorBrowsableState.Never)]
    public override int GetHashCode() => _value?.GetHashCode(StringComparison.Ordinal) ?? 0;

    public override string ToString() => _value;
}
