using System.Text.Json.Nodes;
using Mlops.Infra.Tests.Declaring;
using Mlops.Provisioning;
using Pulumi;
using Pulumi.Utilities;

namespace Mlops.Infra.Tests;

/// <summary>A bucket and a repository of the user's, which are used and never changed.</summary>
[TestFixture, NonParallelizable] // The SDK documents its test mode as serial only.
public sealed class ExistingResourcesTests
{
    private static readonly StackSettings Existing = Declared.Settings with
    {
        ExistingAssetsBucket = "my.models",
        ExistingEcrRepository = "team/algorithms",
    };

    [Test]
    public async Task The_users_bucket_is_the_assets_bucket_and_no_resource_is_about_it()
    {
        var declared = await Declared.ByAsync(Existing);

        Assert.That(await OutputUtilities.GetValueAsync(declared.Stack.AssetsBucket), Is.EqualTo("my.models"));
        Assert.That(Told(declared, DeploymentEnvironment.AssetsBucket), Is.EqualTo("my.models"));
        Assert.That(
            declared.OfType("aws:s3/bucket:Bucket").Select(bucket => bucket.Name),
            Is.EquivalentTo(["mlops-dev-artifacts", "mlops-dev-logs"])
        );
        Assert.That(
            declared.Resources.Where(resource => (string?)resource.Json["bucket"] == "my.models"),
            Is.Empty,
            "policy, encryption, lifecycle, logging: all of it is the user's"
        );
    }

    [Test]
    public async Task Our_roles_read_what_is_in_it_and_write_packages_and_files_of_requests()
    {
        var declared = await Declared.ByAsync(Existing);

        var statements = declared
            .Statements.Where(statement =>
                statement.Resources.Any(resource => resource.Contains("my.models", StringComparison.Ordinal))
            )
            .ToList();
        Assert.That(
            statements
                .SelectMany(statement => statement.Resources)
                .Distinct()
                .Where(resource => resource.Contains("my.models", StringComparison.Ordinal)),
            Is.EquivalentTo([
                "arn:aws:s3:::my.models",
                "arn:aws:s3:::my.models/*",
                "arn:aws:s3:::my.models/mlops_changes/*",
                "arn:aws:s3:::my.models/mlops_provisioned_pipelines/*",
                "arn:aws:s3:::my.models/mlops_provisioned_pipelines/mlops-pipeline-*/template.zip",
                "arn:aws:s3:::my.models/mlops_request_files/*",
                "arn:aws:s3:::my.models/model_card_exports/*",
            ])
        );
        Assert.That(
            statements
                .Where(statement => statement.Resources.Contains("arn:aws:s3:::my.models/*"))
                .SelectMany(statement => statement.Actions),
            Is.EqualTo((string[])["s3:GetObject"]),
            "the first line of baseline data"
        );
    }

    [TestCase("1234abcd-12ab-34cd-56ef-1234567890ab")]
    [TestCase("alias/models", Description = "a policy needs the key's ARN")]
    public async Task Its_key_is_given_to_the_roles_that_use_packages(string key)
    {
        var declared = await Declared.ByAsync(Existing, bucket: new ExistingBucketAnswer { Key = key });

        var users = declared
            .Statements.Where(statement =>
                statement.Resources.Contains("arn:aws:kms:us-east-1:123456789012:key/the-users")
            )
            .Select(statement => $"{statement.Urn.Split("::")[^1]} {statement.Sid}");
        Assert.That(
            users,
            Is.EquivalentTo(["mlops-dev-orchestrator-role EncryptPackages", "mlops-dev-pipeline-role DecryptPackages"])
        );
    }

    [TestCase(null, Description = "S3's own encryption")]
    [TestCase("alias/aws/s3", Description = "AWS's own key")]
    public async Task Without_a_key_of_the_users_no_role_gets_one(string? key)
    {
        var declared = await Declared.ByAsync(Existing, bucket: new ExistingBucketAnswer { Key = key });

        Assert.That(
            declared.Statements.Select(statement => statement.Sid),
            Has.None.EqualTo("EncryptPackages").And.None.EqualTo("DecryptPackages")
        );
    }

    [TestCase(
        "eu-west-1",
        "Enabled",
        "my.models is in eu-west-1, and everything else in us-east-1, where CodePipeline and SageMaker need it. Run: pulumi config rm mlops:existingAssetsBucket"
    )]
    [TestCase(
        "us-east-1",
        "Suspended",
        "my.models keeps no versions, and CodePipeline takes packages only from a bucket that does. Run: aws s3api put-bucket-versioning --bucket my.models --versioning-configuration Status=Enabled"
    )]
    [TestCase(
        "us-east-1",
        null,
        "my.models keeps no versions, and CodePipeline takes packages only from a bucket that does. Run: aws s3api put-bucket-versioning --bucket my.models --versioning-configuration Status=Enabled",
        Description = "never switched on"
    )]
    public async Task A_bucket_of_no_use_is_refused_in_a_sentence(string region, string? versioning, string sentence)
    {
        var bucket = new ExistingBucketAnswer { Region = region, Versioning = versioning };

        foreach (var preview in new[] { true, false })
        {
            var failure = await Assert.ThrowsAsync<RunException>(() => Declared.ByAsync(Existing, preview, bucket));

            Assert.That(
                failure!.Message.ReplaceLineEndings("\n"),
                Is.EqualTo($"The stack's configuration cannot be used:\n  mlops:existingAssetsBucket: {sentence}")
            );
        }
    }

    [TestCase(
        "my.models",
        "no-such",
        "mlops:existingEcrRepository: the repository no-such cannot be looked up: it is not there. Run: pulumi config rm mlops:existingEcrRepository"
    )]
    [TestCase(
        "no-such",
        "algorithms",
        "mlops:existingAssetsBucket: the bucket no-such cannot be looked up: it is not there. Run: pulumi config rm mlops:existingAssetsBucket"
    )]
    public async Task What_is_not_there_is_told_in_a_sentence(string bucket, string repository, string sentence)
    {
        var settings = Existing with { ExistingAssetsBucket = bucket, ExistingEcrRepository = repository };

        var failure = await Assert.ThrowsAsync<RunException>(() => Declared.ByAsync(settings));

        Assert.That(failure!.Message, Does.EndWith($"  {sentence}"));
    }

    [Test]
    public async Task The_users_repository_is_found_and_none_is_made()
    {
        var declared = await Declared.ByAsync(Existing);

        Assert.That(
            Told(declared, DeploymentEnvironment.EcrRepositoryArn),
            Is.EqualTo("arn:aws:ecr:us-east-1:123456789012:repository/team/algorithms")
        );
        Assert.That(
            await OutputUtilities.GetValueAsync(declared.Stack.EcrRepository),
            Is.EqualTo("123456789012.dkr.ecr.us-east-1.amazonaws.com/team/algorithms")
        );
        Assert.That(
            declared.Resources.Select(resource => resource.Type),
            Has.None.EqualTo("aws-native:ecr:Repository")
        );
    }

    [TestCase("my.models", "team/algorithms", ExpectedResult = false)]
    [TestCase("my.models", null, ExpectedResult = true)]
    [TestCase(null, "team/algorithms", ExpectedResult = true)]
    public async Task<bool> There_is_a_key_for_assets_where_something_of_ours_needs_it(
        string? bucket,
        string? repository
    )
    {
        var declared = await Declared.ByAsync(
            Existing with
            {
                ExistingAssetsBucket = bucket,
                ExistingEcrRepository = repository,
            }
        );

        return declared.OfType("aws-native:kms:Key").Any(key => key.Name == "mlops-dev-assets-key");
    }

    [Test]
    public async Task Targets_of_other_accounts_need_statements_that_are_told()
    {
        var declared = await Declared.ByAsync(
            Declared.SeveralAccounts with
            {
                ExistingAssetsBucket = "my.models",
                ExistingEcrRepository = "team/algorithms",
            },
            bucket: new ExistingBucketAnswer { Key = "alias/models" }
        );

        var bucket = Parsed(await OutputUtilities.GetValueAsync(declared.Stack.AssetsBucketStatements)).AsArray();
        var key = Parsed(await OutputUtilities.GetValueAsync(declared.Stack.AssetsKeyStatement));
        var repository = Parsed(await OutputUtilities.GetValueAsync(declared.Stack.EcrRepositoryStatement));
        Assert.That(
            bucket.Select(one => ((string?)one!["Sid"], one["Resource"]!.ToString())),
            Is.EqualTo([
                ("TargetsReadModelsAndData", "arn:aws:s3:::my.models/*"),
                ("TargetsFindModelsAndData", "arn:aws:s3:::my.models"),
                ("PackagesAreNotForTargets", "arn:aws:s3:::my.models/mlops_provisioned_pipelines/*"),
            ])
        );
        Assert.That((string?)key["Sid"], Is.EqualTo("TargetsDecryptModelsAndData"));
        Assert.That((string?)repository["Sid"], Is.EqualTo("TargetsPullImages"));
        Assert.That(
            repository["Principal"]!["AWS"]!.AsArray().Select(one => (string?)one),
            Is.EqualTo([
                "arn:aws:iam::111111111111:root",
                "arn:aws:iam::222222222222:root",
                "arn:aws:iam::333333333333:root",
            ])
        );

        static JsonNode Parsed(string? text) => JsonNode.Parse(text!)!;
    }

    [Test]
    public async Task Nothing_is_to_be_added_in_one_account_or_to_what_is_ours()
    {
        foreach (var settings in new[] { Existing, Declared.SeveralAccounts })
        {
            var stack = (await Declared.ByAsync(settings)).Stack;

            Assert.That(await OutputUtilities.GetValueAsync(stack.AssetsBucketStatements), Is.Null);
            Assert.That(await OutputUtilities.GetValueAsync(stack.AssetsKeyStatement), Is.Null);
            Assert.That(await OutputUtilities.GetValueAsync(stack.EcrRepositoryStatement), Is.Null);
        }
    }

    private static string? Told(Declared declared, string variable) =>
        (string?)
            declared
                .OfType("aws:lambda/function:Function")
                .Single(function => (string?)function.Json["name"] == "mlops-dev-orchestrator")
                .Json["environment"]!["variables"]![variable];
}
