namespace Mlops.Architecture.Tests;

/// <summary>The arrows of docs/architecture.md.</summary>
public sealed class ReferenceTests
{
    private const string Library = "lambdas/Provisioning/Provisioning.csproj";

    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        [Library] = [],
        ["lambdas/Orchestrator/Orchestrator.csproj"] = [Library],
        ["lambdas/DeploymentFlow/DeploymentFlow.csproj"] = [Library],
        ["cli/Cli.csproj"] = [Library],
        ["infra/Infra.csproj"] = [Library],
        ["local/Local.csproj"] = ["infra/Infra.csproj"],
        ["bench/Bench.csproj"] = ["infra/Infra.csproj"],
    };

    private static IEnumerable<ProjectFile> Ours => Checkout.Projects.Where(each => !each.IsStandIn && !each.IsTest);

    [Test]
    public void Every_project_has_its_place_in_the_house() =>
        Assert.That(Ours.Select(project => project.Path), Is.EquivalentTo(Allowed.Keys));

    [TestCaseSource(nameof(Ours))]
    public void A_project_refers_to_no_other_than_its_arrows_say(object project)
    {
        var (path, references) = (((ProjectFile)project).Path, ((ProjectFile)project).References);

        Assert.That(references, Is.EqualTo(Allowed.GetValueOrDefault(path)));
    }

    [Test]
    public void Nothing_but_a_test_refers_to_local_or_to_a_test()
    {
        var wrong =
            from project in Checkout.Projects
            from reference in project.References
            where
                reference.StartsWith("tests/", StringComparison.Ordinal)
                || (reference.StartsWith("local/", StringComparison.Ordinal) && !project.IsTest)
            select $"{project} -> {reference}";

        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public void Nothing_refers_to_a_stand_in_by_its_path()
    {
        var wrong =
            from project in Checkout.Projects
            where project.Content.ToString().Contains("standins/", StringComparison.OrdinalIgnoreCase)
            select project.Path;

        Assert.That(wrong, Is.Empty, "Directory.Build.targets alone puts a stand-in in the place of a package");
    }

    [Test]
    public void Every_folder_of_the_library_is_in_the_table()
    {
        var page = Checkout.Read("docs/architecture.md");
        var folders = Checkout
            .Files("*.cs")
            .Select(path => path.Split('/'))
            .Where(path => path is ["lambdas", "Provisioning", _, _, ..])
            .Select(path => path[2])
            .Distinct();

        Assert.That(folders.Where(folder => !page.Contains($"`{folder}/`", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void Every_project_is_in_the_solution()
    {
        var solution = Checkout.Read("MlopsPulumi.sln").Replace('\\', '/');

        Assert.That(
            Checkout.Projects.Where(project => !solution.Contains($"\"{project.Path}\"", StringComparison.Ordinal)),
            Is.Empty
        );
    }
}
