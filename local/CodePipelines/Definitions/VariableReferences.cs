using System.Text.RegularExpressions;

namespace Mlops.Local.CodePipelines.Definitions;

/// <summary>References of the form <c>#{namespace.key}</c> in an action's configuration.</summary>
internal static partial class VariableReferences
{
    /// <summary>The namespace of what each execution knows of itself.</summary>
    public const string ExecutionNamespace = "codepipeline";

    /// <summary>The namespace of variables declared at pipeline level.</summary>
    public const string PipelineNamespace = "variables";

    public static IEnumerable<(string Namespace, string Key)> In(string text) =>
        Reference().Matches(text).Select(match => (match.Groups["namespace"].Value, match.Groups["key"].Value));

    /// <summary>Puts the values in; <paramref name="value"/> throws for what has none.</summary>
    public static string Resolve(string text, Func<string, string, string> value) =>
        Reference().Replace(text, match => value(match.Groups["namespace"].Value, match.Groups["key"].Value));

    [GeneratedRegex(
        @"#\{(?<namespace>[A-Za-z0-9@\-_]+)\.(?<key>[A-Za-z0-9@\-_]+)\}",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Reference();
}
