using Mlops.Provisioning.Packaging;
using Mlops.Provisioning.Requests;
using Mlops.Provisioning.Tests.Fakes;
using Mlops.Provisioning.Tests.Requests;

namespace Mlops.Provisioning.Tests.Packaging;

/// <summary>The contract with the predecessor's clients: which request gives which parameters, in which order.</summary>
public sealed class ParameterMapperTests
{
    private const string Boundary = "arn:aws:iam::123456789012:policy/mlops-orchestrator/mlops-dev-boundary";
    private const string Repository = "arn:aws:ecr:us-east-1:123456789012:repository/mlops-dev";
    private const string Package = "arn:aws:sagemaker:us-east-1:123456789012:model-package/my-models/1";
    private const string Capture = "my-data-bucket/captured/my-model";

    private static IEnumerable<TestCaseData> Types()
    {
        yield return Case(
            "byom_realtime_builtin",
            artifact: "models/my-model/model.tar.gz",
            image: "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.7-1"
        );
        yield return Case(
            "byom_realtime_custom",
            artifact: "models/my-model/model.tar.gz",
            image: "123456789012.dkr.ecr.us-east-1.amazonaws.com/my-algorithm:1",
            endpoint: "my-model-endpoint"
        );
        yield return Case("byom_realtime_builtin.registry", group: "my-models", package: Package);
        yield return Case("byom_realtime_custom.registry", group: "my-models", package: Package);
    }

    [TestCaseSource(nameof(Types))]
    public void The_example_gives_the_predecessors_parameters_in_its_order_and_then_ours(
        string example,
        string[] expected
    )
    {
        var registry = example.EndsWith(".registry", StringComparison.Ordinal);

        var parameters = Map(Deployments.Example(example), Deployments.Single(registry)).Parts.Single().Parameters;

        Assert.That(
            parameters.Take(expected.Length).Select(parameter => $"{parameter.Key}={parameter.Value}"),
            Is.EqualTo(expected)
        );
    }

    [TestCase("byom_realtime_builtin.registry")]
    [TestCase("byom_realtime_custom.registry")]
    public void A_named_package_is_used_by_a_deployment_without_registry_too(string example)
    {
        var withSetting = Map(Deployments.Example(example), Deployments.Single(registry: true));
        var without = Map(Deployments.Example(example), Deployments.Single(registry: false));

        Assert.That(without.Parts.Single().Parameters, Is.EqualTo(withSetting.Parts.Single().Parameters));
    }

    [Test]
    public void A_package_wins_over_an_image_that_is_named_as_well()
    {
        var request = With("byom_realtime_builtin", $"\"model_package_name\": \"{Package}\"");

        Assert.That(Map(request).Value("ImageUri"), Is.Empty);
        Assert.That(Map(request).Value("ModelPackageName"), Is.EqualTo(Package));
    }

    [Test]
    public void The_clients_image_wins_over_framework_and_version()
    {
        const string image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/mine@sha256:" + Sha;

        Assert.That(
            Map(With("byom_realtime_builtin", $"\"custom_image_uri\": \"{image}\"")).Value("ImageUri"),
            Is.EqualTo(image)
        );
    }

    [Test]
    public void The_image_is_the_one_for_the_targets_instance_type()
    {
        var settings = Deployments.Multi();
        var request = Altered
            .With("inference_instance", """{"dev": "ml.m5.large", "staging": "ml.g5.xlarge", "prod": "ml.c7g.large"}""")
            .Replace("1.7-1", "1.5-1", StringComparison.Ordinal);

        var targets = ParameterMapper.Map(Validated(request, settings), settings);

        Assert.That(
            targets.Select(target => target.Value("ImageUri").Split(':')[1]),
            Is.EqualTo((string[])["1.5-1", "1.5-1", "1.5-1-arm64"])
        );
    }

    [TestCase("my-bucket/captured", "my-bucket/captured")]
    [TestCase("my-bucket/captured/", "my-bucket/captured")]
    [TestCase("s3://my-bucket/captured/", "my-bucket/captured")]
    [TestCase(" my-bucket ", "my-bucket")]
    public void A_place_is_passed_on_without_scheme_and_closing_slash(string written, string passed)
    {
        var request = Deployments.Example("byom_realtime_builtin").Replace(Capture, written, StringComparison.Ordinal);

        Assert.That(Map(request).Value("DataCaptureLocation"), Is.EqualTo(passed));
    }

    [TestCase("models/model.tar.gz")]
    [TestCase("s3://mlops-dev-assets/models/model.tar.gz")]
    public void A_key_of_the_assets_bucket_may_be_written_with_that_bucket(string written)
    {
        var request = Deployments
            .Example("byom_realtime_builtin")
            .Replace("models/my-model/model.tar.gz", written, StringComparison.Ordinal);

        Assert.That(Map(request).Value("ModelArtifactLocation"), Is.EqualTo("models/model.tar.gz"));
    }

    [TestCase("ml.m5.large", true)]
    [TestCase("ml.c5n.xlarge", true)]
    [TestCase("ml.inf2.xlarge", true)]
    [TestCase("ml.g4dn.xlarge", false)]
    [TestCase("ml.m5d.large", false)]
    [TestCase("ml.g5.xlarge", false)]
    [TestCase("ml.p4d.24xlarge", false)]
    [TestCase("ml.trn1.2xlarge", false)]
    public void Volumes_get_the_key_unless_the_type_has_local_storage(string instance, bool getsKey)
    {
        const string key = "arn:aws:kms:us-east-1:123456789012:key/1234abcd";
        var request = With("byom_realtime_builtin", $"\"kms_key_arn\": \"{key}\"")
            .Replace("ml.m5.large", instance, StringComparison.Ordinal);

        Assert.That(Map(request).Value("KmsKeyArn"), Is.EqualTo(key));
        Assert.That(Map(request).Value("VolumeKmsKeyArn"), Is.EqualTo(getsKey ? key : ""));
    }

    [Test]
    public void The_endpoints_name_is_in_lower_case() =>
        Assert.That(
            Map(With("byom_realtime_builtin", "\"endpoint_name\": \" My-Endpoint \"")).Value("EndpointName"),
            Is.EqualTo("my-endpoint")
        );

    [Test]
    public void Each_target_gets_its_own_values_and_its_own_boundary()
    {
        var request = Deployments
            .Example("byom_realtime_builtin")
            .Replace(
                "\"ml.m5.large\"",
                """{"dev": "ml.t2.medium", "staging": "ml.m5.large", "prod": "ml.m5.4xlarge"}""",
                StringComparison.Ordinal
            );
        var settings = Deployments.Multi();

        var targets = ParameterMapper.Map(Validated(request, settings), settings);

        Assert.That(
            targets.Select(target => $"{target.Target.Name} {target.Value("InferenceInstance")}"),
            Is.EqualTo((string[])["dev ml.t2.medium", "staging ml.m5.large", "prod ml.m5.4xlarge"])
        );
        Assert.That(
            targets.Select(target => target.Value("PermissionsBoundary").Split(':')[4]),
            Is.EqualTo((string[])["111111111111", "222222222222", "333333333333"])
        );
        Assert.That(targets.Select(target => target.Parts.Single().StackName).Distinct().Count(), Is.EqualTo(1));
    }

    private const string Sha = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private static TestCaseData Case(
        string example,
        string artifact = "",
        string image = "",
        string group = "",
        string package = "",
        string endpoint = ""
    ) =>
        new TestCaseData(
            example,
            (string[])
                [
                    "AssetsBucket=mlops-dev-assets",
                    "KmsKeyArn=",
                    "BlueprintBucket=mlops-dev-assets",
                    "ModelName=my-model",
                    $"ModelArtifactLocation={artifact}",
                    "InferenceInstance=ml.m5.large",
                    $"CustomAlgorithmsECRRepoArn={Repository}",
                    $"ImageUri={image}",
                    $"ModelPackageGroupName={group}",
                    $"ModelPackageName={package}",
                    $"DataCaptureLocation={Capture}",
                    $"EndpointName={endpoint}",
                    $"PermissionsBoundary={Boundary}",
                    "VolumeKmsKeyArn=",
                    "InferenceApiLogging=enabled",
                ]
        ).SetArgDisplayNames(example);

    private static string With(string example, string member) =>
        Deployments.Example(example).TrimEnd().TrimEnd('}') + $", {member}}}";

    private static MappedTarget Map(string request, ProvisioningSettings? settings = null) =>
        ParameterMapper
            .Map(Validated(request, settings ?? Deployments.Single()), settings ?? Deployments.Single())
            .Single();

    private static ValidatedRequest Validated(string request, ProvisioningSettings settings)
    {
        var judged = Judged.By(request, settings.Scope);
        Assert.That(judged.Findings, Is.Empty);
        return judged.Request!;
    }
}

internal static class MappedTargetReading
{
    public static string Value(this MappedTarget target, string parameter) =>
        target.Parts.Single().Parameters.Single(pair => pair.Key == parameter).Value;
}
