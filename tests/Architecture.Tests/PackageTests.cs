using System.Xml.Linq;

namespace Mlops.Architecture.Tests;

/// <summary>Where packages come from (docs/packages.md).</summary>
public sealed class PackageTests
{
    private static readonly string[] TestPackages =
    [
        "FsCheck.NUnit",
        "Microsoft.Extensions.TimeProvider.Testing",
        "Microsoft.NET.Test.Sdk",
        "Moq",
        "NetArchTest.Rules",
        "NUnit",
        "NUnit.Analyzers",
        "NUnit3TestAdapter",
        "Snapshooter.NUnit",
        "Spectre.Console.Testing",
    ];

    private static readonly IReadOnlyList<string> Versioned =
    [
        .. XDocument
            .Parse(Checkout.Read("Directory.Packages.props"))
            .Descendants("PackageVersion")
            .Select(item => item.Attribute("Include")!.Value),
    ];

    [Test]
    public void Every_package_has_its_version_in_the_one_place_for_versions()
    {
        var used = Checkout.Projects.SelectMany(project => project.Packages);

        Assert.That(used.Except(Versioned), Is.Empty);
        Assert.That(Versioned, Is.Unique);
    }

    [Test]
    public void No_project_says_a_version_itself()
    {
        var wrong =
            from project in Checkout.Projects
            from item in project.Items("PackageReference").Concat(project.Items("PackageVersion"))
            where
                item.Name.LocalName == "PackageVersion"
                || item.Attributes().Concat<XObject>(item.Elements()).Any(IsVersion)
            select $"{project}: {item}";

        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public void Every_stand_in_stands_for_a_package_that_we_know_the_version_of()
    {
        var standIns = Checkout.Projects.Where(project => project.IsStandIn).Select(project => project.Name).ToList();

        Assert.That(standIns, Is.Not.Empty.And.SubsetOf(Versioned));
        Assert.That(
            Checkout.Projects.Where(project => project.IsStandIn).Select(project => project.Path),
            Is.EquivalentTo(standIns.Select(name => $"standins/{name}/{name}.csproj")),
            "the swap finds a stand-in by its package's name"
        );
    }

    [Test]
    public void What_is_shipped_has_no_package_for_tests()
    {
        var wrong =
            from project in Checkout.Projects
            where !project.IsTest
            from package in project.Packages.Intersect(TestPackages, StringComparer.OrdinalIgnoreCase)
            select $"{project} -> {package}";

        Assert.That(wrong, Is.Empty);
    }

    private static bool IsVersion(XObject of) =>
        of switch
        {
            XAttribute attribute => attribute.Name.LocalName is "Version" or "VersionOverride",
            XElement element => element.Name.LocalName is "Version" or "VersionOverride",
            _ => false,
        };
}
