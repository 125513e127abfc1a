using System.Security.Cryptography;
using System.Text;

namespace Mlops.Local.Stacks;

/// <summary>Names as Pulumi's engine makes them: the logical name, a dash, seven hexadecimal digits.</summary>
public static class AutoName
{
    /// <summary>A new name; <paramref name="limit"/> cuts the logical name, not the digits.</summary>
    public static string Make(string logicalName, int limit = int.MaxValue)
    {
        var digits = RandomNumberGenerator.GetHexString(7, lowercase: true);
        var stem = logicalName.Length > limit - 8 ? logicalName[..(limit - 8)] : logicalName;
        return $"{stem}-{digits}";
    }

    /// <summary>What CloudFormation takes as a stack's name: letters, digits and dashes, a letter first.</summary>
    public static string MakeStackName(string logicalName)
    {
        var name = new StringBuilder("pulumi-");
        foreach (var letter in logicalName)
        {
            name.Append(char.IsAsciiLetterOrDigit(letter) ? letter : '-');
        }

        return Make(name.ToString(), 128);
    }
}
