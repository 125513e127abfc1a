using System.Text.RegularExpressions;

namespace Mlops.Infra;

/// <summary>The commands that mend a setting, to be pasted into a POSIX shell.</summary>
internal static partial class SettingCommand
{
    public static string Set(string key, string value) => $"pulumi config set {Word(key)} {Word(value)}";

    /// <summary>Of a structured value: <c>mlops:apiThrottle.burst</c>.</summary>
    public static string SetPart(string path, string value) => $"pulumi config set --path {Quoted(path)} {Word(value)}";

    public static string Remove(string key) => $"pulumi config rm {Word(key)}";

    public static string RemovePart(string path) => $"pulumi config rm --path {Quoted(path)}";

    public static string Then(string first, string second) => $"{first} && {second}";

    /// <summary>The path to a member of a structured value, whatever the member is called.</summary>
    public static string Path(string key, string member) =>
        PlainMember().IsMatch(member)
            ? $"{key}.{member}"
            : $"{key}[\"{member.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"]";

    private static string Word(string text) => PlainWord().IsMatch(text) ? text : Quoted(text);

    private static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    [GeneratedRegex("^[A-Za-z0-9_@%+=:,./-]+$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PlainWord();

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_-]*$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PlainMember();
}
