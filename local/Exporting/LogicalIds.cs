using System.Text;

namespace Mlops.Local.Exporting;

/// <summary>Names of resources in the template: letters and digits, the same for every stack.</summary>
internal static class LogicalIds
{
    /// <summary>
    /// The name without the deployment's, in words that begin with a capital, and the type where the name does not say it:
    /// <c>mlops-dev-assets</c> of type <c>aws:s3/bucket:Bucket</c> → <c>AssetsBucket</c>.
    /// </summary>
    public static string Of(string deploymentName, string token, string name)
    {
        var own = name.StartsWith($"{deploymentName}-", StringComparison.Ordinal)
            ? name[(deploymentName.Length + 1)..]
            : name;
        var id = Words(own);
        var type = Words(token.Split(':')[^1]);
        return id.EndsWith(type, StringComparison.Ordinal) ? id : id + type;
    }

    private static string Words(string text)
    {
        var words = new StringBuilder(text.Length);
        var starts = true;
        foreach (var letter in text)
        {
            if (char.IsAsciiLetterOrDigit(letter))
            {
                words.Append(starts ? char.ToUpperInvariant(letter) : letter);
            }

            starts = !char.IsAsciiLetterOrDigit(letter);
        }

        return words.ToString();
    }
}
