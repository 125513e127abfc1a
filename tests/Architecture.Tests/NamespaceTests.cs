using System.Text.RegularExpressions;

namespace Mlops.Architecture.Tests;

public sealed partial class NamespaceTests
{
    private static readonly IReadOnlyList<(string Path, string Namespace)> Ours =
    [
        .. Checkout
            .Files("*.cs")
            .Where(path => !path.StartsWith("standins/", StringComparison.Ordinal))
            .SelectMany(path =>
                Declaration().Matches(Checkout.Read(path)).Select(match => (path, match.Groups["name"].Value))
            ),
    ];

    [Test]
    public void No_segment_hides_a_namespace_of_a_package()
    {
        string[] hiding = ["Pulumi", "Amazon", "System", "Microsoft"];

        Assert.That(
            Ours.Where(each => each.Namespace.Split('.').Intersect(hiding).Any()),
            Is.Empty,
            "inside of Mlops.X.Pulumi, Pulumi means that one"
        );
    }

    [Test]
    public void Every_namespace_is_named_after_its_project()
    {
        var wrong =
            from file in Ours
            let project = Checkout.Projects.Single(project =>
                file.Path.StartsWith($"{Path.GetDirectoryName(project.Path)}/", StringComparison.Ordinal)
            )
            where !$"{file.Namespace}.".StartsWith($"Mlops.{project.Name}.", StringComparison.Ordinal)
            select $"{file.Path}: {file.Namespace}";

        Assert.That(wrong, Is.Empty);
    }

    [GeneratedRegex(@"^namespace (?<name>[\w.]+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Declaration();
}
