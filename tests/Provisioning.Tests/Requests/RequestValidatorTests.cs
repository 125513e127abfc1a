using System.Text.Json.Nodes;
using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.Requests;
using Mlops.Provisioning.Tests.Fakes;

namespace Mlops.Provisioning.Tests.Requests;

public sealed class RequestValidatorTests
{
    private static readonly ValidationScope Single = Deployments.Single().Scope;
    private static readonly ValidationScope Registry = Deployments.Single(registry: true).Scope;
    private static readonly ValidationScope Multi = Deployments.Multi().Scope;

    private static readonly string[] Examples = ["byom_realtime_builtin", "byom_realtime_custom"];

    // Every required key of every type, with every way to get it wrong.
    private static IEnumerable<TestCaseData> WrongKeys()
    {
        (string Json, string Code)[] ways =
        [
            ("null", FindingCodes.NullValue),
            ("\"\"", FindingCodes.EmptyValue),
            ("\"  \"", FindingCodes.EmptyValue),
            ("[]", FindingCodes.WrongType),
            ("true", FindingCodes.WrongType),
            ($"\"{new string('a', 5000)}\"", FindingCodes.TooLong),
        ];
        foreach (
            var (example, scope, file) in Examples.SelectMany(type =>
                new[] { (type, Single, type), (type, Registry, $"{type}.registry") }
            )
        )
        {
            foreach (var (key, _) in JsonNode.Parse(Deployments.Example(file))!.AsObject())
            {
                if (key is "pipeline_type" or "endpoint_name")
                {
                    continue;
                }

                yield return new TestCaseData(file, scope, key, null, FindingCodes.MissingKey).SetArgDisplayNames(
                    file,
                    key,
                    "missing"
                );
                foreach (var (json, code) in ways)
                {
                    yield return new TestCaseData(file, scope, key, json, code).SetArgDisplayNames(
                        file,
                        key,
                        json.Length > 20 ? "too long" : json
                    );
                }
            }
        }
    }

    [TestCaseSource(nameof(WrongKeys))]
    public void A_required_key_that_is_wrong_is_the_one_finding(
        string example,
        ValidationScope scope,
        string key,
        string? json,
        string code
    )
    {
        var request = json is null ? Altered.Without(key, example) : Altered.With(key, json, example);

        // Without a key that names the package, a deployment without registry asks for an image instead.
        var findings = Judged.By(request, scope).Findings;

        Assert.That(
            findings.Select(finding => (finding.Code, finding.Pointer)),
            Is.EqualTo(((string, string)[])[(code, $"/{key}")])
        );
        Assert.That(findings[0].Remedy, Is.Not.Empty);
    }

    [Test]
    public void Every_finding_is_told_at_once()
    {
        const string request = """
            {
              "pipeline_type": "byom_realtime_builtin",
              "model_name": "my_model",
              "model_framework": "xgbost",
              "model_framework_version": "1.7-1",
              "inference_instance": "m5.large",
              "data_capture_locaton": "bucket/prefix",
              "kms_key_arn": "alias/mine"
            }
            """;

        var findings = Judged.By(request).Findings;

        Assert.That(
            findings.Select(finding => $"{finding.Line} {finding}"),
            Is.EqualTo(
                (string[])
                    [
                        "3 MLP019 /model_name: AWS cannot use the name \"my_model\": stacks and pipelines are named after it. Use letters (a-z, A-Z), digits and hyphens only: \"my-model\" would do.",
                        "6 MLP014 /inference_instance: \"m5.large\" is not an instance type of SageMaker. Instance types start with \"ml.\": did you mean \"ml.m5.large\"?",
                        " MLP011 /model_artifact_location: The key \"model_artifact_location\" is missing. Add \"model_artifact_location\", for example \"models/my-model/model.tar.gz\".",
                        "7 MLP011 /data_capture_location: The key \"data_capture_location\" is missing. Did you mean \"data_capture_location\" where you wrote \"data_capture_locaton\"? Add \"data_capture_location\", for example \"my-bucket/captured\".",
                        "8 MLP022 /kms_key_arn: \"alias/mine\" is not the ARN of a KMS key. Give the key's ARN, for example arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab.",
                        "4 MLP025 /model_framework: No built-in image is known for the framework \"xgbost\". Did you mean \"xgboost\"? There are blazingtext, factorization-machines, forecasting-deepar, huggingface, image-classification, ipinsights, kmeans, knn, lda, linear-learner, mxnet, ntm, object-detection, object2vec, pca, pytorch, randomcutforest, semantic-segmentation, seq2seq, sklearn, sparkml-serving, tensorflow, vw, xgboost. Or name the image itself: \"custom_image_uri\".",
                    ]
            )
        );
    }

    [Test]
    public void An_unknown_pipeline_type_is_told_the_nearest_one()
    {
        var finding = Judged.By(Altered.With("pipeline_type", "\"byom_realtime_bultin\"")).Findings.Single();

        Assert.That(finding.Code, Is.EqualTo(FindingCodes.UnknownPipelineType));
        Assert.That(finding.Remedy, Does.StartWith("Did you mean \"byom_realtime_builtin\"?"));
    }

    [TestCase("\"something else entirely\"")]
    [TestCase("1")]
    [TestCase("{}")]
    public void Where_none_is_near_all_pipeline_types_are_told(string json)
    {
        var all = BlueprintCatalog.Open(Deployments.BlueprintFolder).PipelineTypes;

        var finding = Judged.By(Altered.With("pipeline_type", json)).Findings.Single();

        Assert.That(finding.Code, Is.EqualTo(FindingCodes.UnknownPipelineType));
        Assert.That(
            finding.Remedy,
            Does.StartWith($"Give one of {string.Join(", ", all)}, "),
            "then those of model cards"
        );
    }

    [TestCase("byom_realtime_builtin")]
    [TestCase(" Byom_RealTime_Builtin\\n")]
    public void A_pipeline_type_is_read_in_any_case_and_with_space_around(string type) =>
        Assert.That(Judged.By(Altered.With("pipeline_type", $"\"{type}\"")).Findings, Is.Empty);

    [TestCase("\"1\"")]
    [TestCase("1")]
    [TestCase("\"latest\"")]
    public void A_version_may_be_a_number_or_a_text(string version)
    {
        var judged = Judged.By(Altered.With("model_framework_version", version));

        Assert.That(judged.Findings, Is.Empty);
        Assert.That(
            judged.Request!.ImageUri(DeploymentNames.SingleTarget),
            Does.StartWith("811284229777.dkr.ecr.us-east-1.amazonaws.com/xgboost:")
        );
    }

    [TestCase("1.99-1", "There are 3.2-0, 3.0-5, 1.7-1, 1.5-1, 1.3-1, 1.2-2, 1.2-1, 1.0-1, 0.90-2, 0.90-1, 1, latest.")]
    public void An_unknown_version_is_told_the_known_ones(string version, string remedy)
    {
        var finding = Judged.By(Altered.With("model_framework_version", $"\"{version}\"")).Findings.Single();

        Assert.That(finding.Code, Is.EqualTo(FindingCodes.UnknownFrameworkVersion));
        Assert.That(finding.Remedy, Does.StartWith(remedy));
    }

    [TestCase("triton")]
    [TestCase("AutoGluon")]
    public void A_framework_whose_image_needs_more_is_told_the_way_by_URI(string framework)
    {
        var finding = Judged.By(Altered.With("model_framework", $"\"{framework}\"")).Findings.Single();

        Assert.That(finding.Code, Is.EqualTo(FindingCodes.UnknownFramework));
        Assert.That(finding.Remedy, Does.StartWith("Name the image itself: \"custom_image_uri\""));
    }

    [Test]
    public void A_framework_that_a_region_lacks_is_told_so()
    {
        var finding = Judged
            .By(
                Altered.With("model_framework", "\"lda\"").Replace("1.7-1", "1", StringComparison.Ordinal),
                Single with
                {
                    Region = "eu-north-1",
                }
            )
            .Findings.Single();

        Assert.That(finding.Code, Is.EqualTo(FindingCodes.FrameworkRegion));
        Assert.That(finding.Message, Is.EqualTo("AWS has no image of lda 1 in eu-north-1."));
    }

    [Test]
    public void Unknown_keys_are_ignored_as_by_the_predecessor() =>
        Assert.That(Judged.By(Altered.With("my_own_note", "{\"any\": [\"thing\"]}")).Findings, Is.Empty);

    [TestCase("null")]
    [TestCase("\"\"")]
    public void An_optional_key_may_be_null_or_empty(string json) =>
        Assert.That(Judged.By(Altered.With("kms_key_arn", json)).Findings, Is.Empty);

    [Test]
    public void A_value_per_target_is_refused_where_there_is_one_target()
    {
        var finding = Judged
            .By(Altered.With("inference_instance", """{"dev": "ml.m5.large", "prod": "ml.m5.xlarge"}"""))
            .Findings.Single();

        Assert.That(finding.Code, Is.EqualTo(FindingCodes.OneValueOnly));
        Assert.That(finding.Remedy, Is.EqualTo("Give one value: \"inference_instance\": \"ml.m5.large\"."));
    }

    [Test]
    public void A_value_per_target_names_every_target_and_no_other()
    {
        const string value = """{"dev": "ml.m5.large", "stagin": "ml.m5.large", "prod": "m5.large"}""";

        var findings = Judged.By(Altered.With("inference_instance", value), Multi).Findings;

        Assert.That(
            findings.Select(finding => $"{finding.Code} {finding.Pointer}"),
            Is.EqualTo(
                (string[])
                    [
                        "MLP030 /inference_instance/stagin",
                        "MLP029 /inference_instance/staging",
                        "MLP014 /inference_instance/prod",
                    ]
            )
        );
        Assert.That(findings[0].Remedy, Does.StartWith("Did you mean \"staging\"?"));
    }

    [Test]
    public void Only_keys_that_say_so_have_a_value_per_target() =>
        Assert.That(
            Judged
                .By(Altered.With("model_name", """{"dev": "a", "staging": "b", "prod": "c"}"""), Multi)
                .Findings.Single()
                .Code,
            Is.EqualTo(FindingCodes.WrongType)
        );

    [Test]
    public void What_a_client_sent_cannot_break_out_of_a_command_that_we_print()
    {
        var finding = Judged
            .By(Altered.With("kms_key_arn", "\"arn:aws:kms:us-east-1:123456789012:alias/x'; rm -rf ~; '\""))
            .Findings.Single();

        Assert.That(
            finding.Remedy,
            Does.Contain("""--key-id 'arn:aws:kms:us-east-1:123456789012:alias/x'\''; rm -rf ~; '\''' """)
        );
    }
}
