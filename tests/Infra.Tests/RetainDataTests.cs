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
    public async Task What_holds_data_outlives_the_stack_with_its_settings()
    {
        var declared = await Declared.ByAsync(Declared.Settings with { RetainData = true });
        var settings = declared.Resources.Where(resource =>
            resource.Type.StartsWith("aws:s3/bucket", StringComparison.Ordinal)
        );

        Assert.That(settings.Count(), Is.GreaterThan(3 * 6));
        foreach (var resource in HoldData.SelectMany(declared.OfType).Concat(settings))
        {
            Assert.That(declared.OptionsOf(resource).RetainOnDelete, Is.True, resource.Urn);
        }
    }

    /// <summary>Pulumi refuses to delete what is protected, also where it is to be retained.</summary>
    [Test]
    public async Task Nothing_is_protected_so_that_destroy_goes_through()
    {
        var declared = await Declared.ByAsync(Declared.Settings with { RetainData = true, CreateModelRegistry = true });

        Assert.That(
            declared.Resources.Where(resource => declared.OptionsOf(resource).Protect is true).Select(one => one.Urn),
            Is.Empty
        );
    }

    /// <summary>Otherwise "already exists" is what the next <c>pulumi up</c> of the stack gets. The others can be adopted, or left out.</summary>
    [Test]
    public async Task What_outlives_even_a_stack_without_data_has_no_name_of_ours()
    {
        var declared = await Declared.ByAsync(Declared.Settings with { RetainData = false });
        var staying = declared
            .Resources.Where(resource => declared.OptionsOf(resource).RetainOnDelete is true)
            .ToList();

        Assert.That(staying, Is.Not.Empty);
        Assert.That(
            staying.SelectMany(resource => resource.Json.Select(property => property.Key)),
            Has.None.EndsWith("Name").And.None.EqualTo("name")
        );
    }

    [Test]
    public async Task Without_it_destroy_empties_and_removes_everything()
    {
        var declared = await Declared.ByAsync(Declared.Settings with { RetainData = false });

        foreach (var resource in HoldData.SelectMany(declared.OfType))
        {
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
            .Single(role => role.Name.Contains("api-logging", StringComparison.Ordinal));

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
