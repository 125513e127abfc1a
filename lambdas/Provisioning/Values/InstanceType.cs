using System.Diagnostics.CodeAnalysis;

namespace Mlops.Provisioning.Values;

/// <summary>An instance type of SageMaker: <c>ml.m5.large</c>.</summary>
public sealed record InstanceType
{
    /// <summary>What a client may write, in one line.</summary>
    public const string Rule = "ml.<family>.<size>: ml.m5.large";

    // Local NVMe storage without a "d" in the name (Amazon EC2, "Instance store volumes").
    private static readonly string[] FamiliesWithLocalStorage =
    [
        "g5",
        "g6",
        "g6e",
        "g6f",
        "gr6",
        "gr6f",
        "p5",
        "p5e",
        "p5en",
        "trn1",
        "trn1n",
        "trn2",
    ];

    private InstanceType(string text) => Text = text;

    /// <summary>The type, lower case.</summary>
    public string Text { get; }

    /// <summary>
    /// Whether the type has local storage, for which SageMaker refuses a <c>VolumeKmsKeyId</c>: that storage is encrypted
    /// by its hardware (field.md 2.13).
    /// </summary>
    public bool HasLocalStorage
    {
        get
        {
            var family = Text.Split('.')[1];
            var generation = family.IndexOfAny(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
            return family.AsSpan(generation).Contains('d') || FamiliesWithLocalStorage.Contains(family);
        }
    }

    /// <summary>Reads an instance type, or says that it is none.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out InstanceType? type)
    {
        var trimmed = text?.Trim() ?? "";
        type = AwsFormats.InstanceType.IsMatch(trimmed) ? new InstanceType(trimmed) : null;
        return type is not null;
    }

    /// <summary>What somebody probably meant, or null.</summary>
    public static string? Suggest(string text)
    {
        var lower = text.Trim().ToLowerInvariant();
        return TryParse(lower, out _) ? lower
            : TryParse("ml." + lower, out _) ? "ml." + lower
            : null;
    }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
