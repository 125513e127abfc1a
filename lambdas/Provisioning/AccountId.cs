using System.Diagnostics.CodeAnalysis;

namespace Mlops.Provisioning;

/// <summary>Number of an AWS account: exactly 12 digits.</summary>
public sealed record AccountId
{
    private const int Digits = 12;

    private AccountId(string text) => Text = text;

    /// <summary>The 12 digits, leading zeros included.</summary>
    public string Text { get; }

    /// <summary>Reads 12 digits.</summary>
    /// <exception cref="FormatException">It is anything else.</exception>
    public static AccountId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"\"{text}\" is not an account id of 12 digits.");

    /// <summary>Reads 12 digits, or says that it is something else.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out AccountId? id)
    {
        id = text is { Length: Digits } && text.All(char.IsAsciiDigit) ? new AccountId(text) : null;
        return id is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
