using System.Collections.Frozen;

namespace Mlops.Provisioning.Requests;

/// <summary>The languages of text features that Clarify knows, by name and by code (SageMaker Python SDK, TextConfig).</summary>
internal static class ShapLanguages
{
    private static readonly FrozenSet<string> Known = (
        "chinese zh danish da dutch nl english en french fr german de greek el italian it japanese ja lithuanian lt "
        + "multi-language xx norwegian_bokmål nb polish pl portuguese pt romanian ro russian ru spanish es afrikaans af "
        + "albanian sq arabic ar armenian hy basque eu bengali bn bulgarian bg catalan ca croatian hr czech cs estonian et "
        + "finnish fi gujarati gu hebrew he hindi hi hungarian hu icelandic is indonesian id irish ga kannada kn kyrgyz ky "
        + "latvian lv ligurian lij luxembourgish lb macedonian mk malayalam ml marathi mr nepali ne persian fa sanskrit sa "
        + "serbian sr setswana tn sinhala si slovak sk slovenian sl swedish sv tagalog tl tamil ta tatar tt telugu te "
        + "thai th turkish tr ukrainian uk urdu ur vietnamese vi yoruba yo"
    )
        .Split(' ')
        .Select(word => word.Replace('_', ' '))
        .ToFrozenSet(StringComparer.Ordinal);

    public static bool Has(RequestValue value) =>
        value.Kind == RequestValueKind.Text && Known.Contains(value.Text.ToLowerInvariant());
}
