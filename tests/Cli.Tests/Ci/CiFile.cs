using System.Text.RegularExpressions;
using Mlops.Cli.Tests.Support;
using YamlDotNet.RepresentationModel;

namespace Mlops.Cli.Tests.Ci;

/// <summary>A file of docs/ci, as users copy it.</summary>
internal sealed partial class CiFile(string name)
{
    public static CiFile GitHub { get; } = new("github-actions.yml");

    public static CiFile GitLab { get; } = new("gitlab-ci.yml");

    public static IReadOnlyList<YamlMappingNode> StepsOfGitHub { get; } =
    [.. ((YamlSequenceNode)GitHub.Root["jobs"]["plan"]["steps"]).Cast<YamlMappingNode>()];

    public static IEnumerable<string> ScriptsOfGitHub =>
        StepsOfGitHub.Where(step => step.Children.ContainsKey("run")).Select(step => $"{step["run"]}");

    public string Text { get; } = File.ReadAllText(Path.Combine(Checkout.Folder("docs/ci"), name));

    public YamlMappingNode Root { get; } = Read(File.ReadAllText(Path.Combine(Checkout.Folder("docs/ci"), name)));

    /// <summary>The words behind <c>mlops</c>, of each time that it is called.</summary>
    public IEnumerable<string[]> Commands =>
        Call()
            .Matches(Text)
            .Select(call =>
                call.Groups["words"]
                    .Value.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            );

    public override string ToString() => name;

    private static YamlMappingNode Read(string text)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        return (YamlMappingNode)yaml.Documents.Single().RootNode;
    }

    [GeneratedRegex(@"\S*/mlops (?<words>[^<>|&;\n]+)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Call();
}
