using Mlops.Infra.Tests.Declaring;
using Pulumi.Utilities;

namespace Mlops.Infra.Tests;

[TestFixture, NonParallelizable] // The SDK documents its test mode as serial only.
public sealed class ModelRegistryTests
{
    private const string Group = "aws-native:sagemaker:ModelPackageGroup";
    private const string Account = "arn:aws:sagemaker:us-east-1:123456789012";

    [Test]
    public async Task A_group_is_made_only_where_it_is_asked_for()
    {
        var without = await Declared.ByAsync(Declared.Settings);
        var with = await Declared.ByAsync(Declared.Settings with { CreateModelRegistry = true });

        Assert.That(without.Resources.Select(resource => resource.Type), Has.None.EqualTo(Group));
        Assert.That(await OutputUtilities.GetValueAsync(without.Stack.ModelRegistryArn), Is.Null);
        Assert.That((string?)with.OfType(Group).Single().Json["modelPackageGroupName"], Is.EqualTo("mlops-dev-models"));
        Assert.That(
            await OutputUtilities.GetValueAsync(with.Stack.ModelRegistryArn),
            Is.EqualTo($"{Account}:model-package-group/mlops-dev-models")
        );
    }

    [Test]
    public async Task Its_policy_lets_the_account_see_and_deploy_its_packages_and_nothing_else()
    {
        var declared = await Declared.ByAsync(Declared.Settings with { CreateModelRegistry = true });

        var statements = DeclaredStatement.Of(declared.OfType(Group).Single()).ToList();

        Assert.That(
            statements.SelectMany(statement =>
                statement.Actions.Select(action => $"{action} {string.Join(' ', statement.Resources)}")
            ),
            Is.EquivalentTo([
                $"sagemaker:DescribeModelPackageGroup {Account}:model-package-group/mlops-dev-models",
                $"sagemaker:CreateModel {Account}:model-package/mlops-dev-models/*",
                $"sagemaker:DescribeModelPackage {Account}:model-package/mlops-dev-models/*",
                $"sagemaker:ListModelPackages {Account}:model-package/mlops-dev-models/*",
            ])
        );
        foreach (var statement in statements)
        {
            // A denial would be about those too who manage the group.
            Assert.That(statement.Allows, statement.ToString);
            Assert.That(
                (string?)statement.Json["Principal"]!["AWS"],
                Is.EqualTo("arn:aws:iam::123456789012:root"),
                statement.ToString
            );
        }
    }

    /// <summary>CloudFormation makes a model of a package and DeploymentFlow asks for its approval: their own policies decide.</summary>
    [TestCase("mlops-dev-cloudformation-role", "sagemaker:CreateModel")]
    [TestCase("mlops-dev-deployment-flow-role", "sagemaker:DescribeModelPackage")]
    public async Task The_roles_that_work_with_packages_may_do_so_in_any_group_of_the_account(
        string role,
        string action
    )
    {
        var declared = await Declared.ByAsync(Declared.Settings with { CreateModelRegistry = true });

        var statement = declared.Statements.Single(statement =>
            statement.Urn.EndsWith(role, StringComparison.Ordinal)
            && statement.Actions.Contains(action)
            && statement.Resources.Any(resource => resource.Contains(":model-package/", StringComparison.Ordinal))
        );

        Assert.That(statement.Resources, Does.Contain($"{Account}:model-package/*"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Its_versions_outlive_the_stack_where_data_is_retained(bool retain)
    {
        var declared = await Declared.ByAsync(
            Declared.Settings with
            {
                CreateModelRegistry = true,
                RetainData = retain,
            }
        );
        var options = declared.OptionsOf(declared.OfType(Group).Single());

        Assert.That(options.RetainOnDelete ?? false, Is.EqualTo(retain));
    }
}
