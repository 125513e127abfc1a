using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Mlops.Provisioning.Values;

/// <summary>
/// Name of a pipeline and of the stack that it deploys. Made from a request it fits both: letters, digits and hyphens,
/// first a letter, within <see cref="Limit"/>.
/// </summary>
public sealed record PipelineName
{
    /// <summary>Characters of a pipeline's name (AWS CodePipeline quotas); a stack's may have 128.</summary>
    public const int Limit = 100;

    /// <summary>Characters of a state machine's name (AWS Step Functions quotas), which is that of its stack.</summary>
    public const int LimitWithJob = 80;

    /// <summary>Characters that a <c>model_name</c> may have.</summary>
    public const string ModelNameRule = "letters (a-z, A-Z), digits and hyphens";

    private const string Prefix = "mlops-pipeline";
    private const int HashLength = 8;

    private PipelineName(string text) => Text = text;

    /// <summary>The name.</summary>
    public string Text { get; }

    /// <summary>Whether it begins like those that are made from requests: no other pipeline is ours to see.</summary>
    public bool IsMadeFromARequest => Text.StartsWith($"{Prefix}-", StringComparison.Ordinal);

    /// <summary>
    /// The same of any text. A tag does not tell: the pipeline that applies commits has the deployment's, as all that the
    /// program declares.
    /// </summary>
    public static bool IsOfARequest(string text) => TryParse(text, out var name) && name.IsMadeFromARequest;

    /// <summary>
    /// <c>mlops-pipeline-&lt;model&gt;-&lt;postfix&gt;</c> in lower case, as the predecessor names it; where that is too
    /// long, the model's end gives way to a hash of the whole.
    /// </summary>
    /// <exception cref="FormatException">The model's name has other characters than <see cref="ModelNameRule"/>.</exception>
    public static PipelineName For(string modelName, string postfix, int limit = Limit)
    {
        var model = modelName.Trim().ToLowerInvariant();
        if (!IsModelName(model))
        {
            throw new FormatException($"\"{modelName}\" is not a model's name: {ModelNameRule}.");
        }

        var end = postfix.ToLowerInvariant();
        var room = limit - Prefix.Length - end.Length - 2;
        if (model.Length > room)
        {
            var hash = Hash(model);
            model = $"{model[..(room - HashLength - 1)].TrimEnd('-')}-{hash}";
        }

        return new PipelineName($"{Prefix}-{model}-{end}");
    }

    /// <summary>
    /// The same, where it can be part of a name; else with hyphens in the place of what cannot, and a hash of the whole, so
    /// that <c>1.0</c> and <c>1-0</c> are two.
    /// </summary>
    public static string ModelNameOf(string text)
    {
        var trimmed = text.Trim();
        if (IsModelName(trimmed))
        {
            return trimmed;
        }

        var usable = string.Concat(trimmed.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')).Trim('-');
        return $"{usable}-{Hash(trimmed)}".TrimStart('-');
    }

    /// <summary>Whether a model may be called this: with hyphens alone, nothing could be named after it.</summary>
    public static bool IsModelName(string name) =>
        name.Any(char.IsAsciiLetterOrDigit) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

    /// <summary>Reads any name that CodePipeline accepts: <c>A-Za-z0-9.@_-</c>.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out PipelineName? name)
    {
        var valid =
            text is { Length: > 0 and <= Limit }
            && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '@' or '_' or '-');
        name = valid ? new PipelineName(text!) : null;
        return valid;
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static string Hash(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..HashLength];
}
