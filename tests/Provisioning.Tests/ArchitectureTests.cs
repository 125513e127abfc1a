using System.Reflection;
using Mlops.Provisioning.Aws;
using Mlops.Provisioning.Requests;
using NetArchTest.Rules;

namespace Mlops.Provisioning.Tests;

public sealed class ArchitectureTests
{
    private static readonly Assembly Library = typeof(PipelineRequest).Assembly;

    [Test]
    public void Only_the_folder_Aws_knows_the_SDK()
    {
        var others = Types
            .InAssembly(Library)
            .That()
            .DoNotResideInNamespace(typeof(S3PackageStore).Namespace)
            .ShouldNot()
            .HaveDependencyOn("Amazon")
            .GetResult();

        Assert.That(others.FailingTypeNames ?? [], Is.Empty);
    }

    [Test]
    public void Every_code_of_a_finding_is_there_once()
    {
        var codes = typeof(FindingCodes).GetFields().Select(field => (string)field.GetRawConstantValue()!).ToList();

        Assert.That(codes, Is.Unique.And.All.Matches(@"^MLP\d{3}$"));
    }

    [Test]
    public void Every_public_class_and_record_is_sealed_or_a_closed_base()
    {
        var open = Library
            .GetExportedTypes()
            .Where(type => type is { IsClass: true, IsSealed: false })
            .Where(type =>
                type.GetConstructors(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)
                    .Any(constructor => constructor.IsPublic)
            );

        Assert.That(open, Is.Empty);
    }
}
