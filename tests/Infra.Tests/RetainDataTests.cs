using Mlops.Infra.Tests.Declaring;

namespace Mlops.Infra.Tests;

[TestFixture, NonParallelizable] // The SDK documents its test mode as serial only.
public sealed class RetainDataTests
{
    private static readonly string[] HoldData =
    [
        "aws:s3/bucket:Bucket",
        "aws-native:kms:Key",
        "aws-native:ecr:Repository",
    ];

    [Test]
    public async Task What_holds_data_is_protected_and_outlives_the_stack()
    {
        var declared = await Declared.ByAsync(Declared.Settings with { RetainData = true });

        foreach (var resource in HoldData.SelectMany(declared.OfType))
        {
            Assert.That(declared.OptionsOf(resource).Protect, Is.True, resource.Urn);
            Assert.That(declared.OptionsOf(resource).RetainOnDelete, Is.True, resource.Urn);
        }
    }

    [Test]
    public async Task Without_it_destroy_empties_and_removes_everything()
    {
        var declared = await Declared.ByAsync(Declared.Settings with { RetainData = false });

        foreach (var resource in HoldData.SelectMany(declared.OfType))
        {
            Assert.That(declared.OptionsOf(resource).Protect, Is.Not.True, resource.Urn);
            Assert.That(declared.OptionsOf(resource).RetainOnDelete, Is.Not.True, resource.Urn);
        }

        Assert.That(
            declared.OfType("aws:s3/bucket:Bucket").Select(bucket => (bool?)bucket.Json["forceDestroy"]),
            Is.All.True
        );
        Assert.That((bool?)declared.OfType("aws-native:ecr:Repository").Single().Json["emptyOnDelete"], Is.True);
    }

    [Test]
    public async Task What_all_APIs_of_the_account_share_is_never_taken_down()
    {
        var declared = await Declared.ByAsync(Declared.Settings with { RetainData = false });
        var account = declared.OfType("aws-native:apigateway:Account").Single();
        var role = declared
            .OfType("aws-native:iam:Role")
            .Single(role => (string?)role.Json["roleName"] == "mlops-dev-api-logging");

        Assert.That(declared.OptionsOf(account).RetainOnDelete, Is.True);
        Assert.That(declared.OptionsOf(role).RetainOnDelete, Is.True);
    }

    [Test]
    public async Task Nor_made_where_somebody_else_keeps_it()
    {
        var declared = await Declared.ByAsync(Declared.Settings with { ManageApiGatewayAccount = false });

        Assert.That(
            declared.Resources.Select(resource => resource.Type),
            Has.None.EqualTo("aws-native:apigateway:Account")
        );
    }
}
