using Mlops.Provisioning.Requests;
using Mlops.Provisioning.Tests.Fakes;

namespace Mlops.Provisioning.Tests.Requests;

public sealed class ImageRulesTests
{
    private const string Own = "Or name the image itself: \"custom_image_uri\".";

    [TestCase("pytorch", "2.6.0")]
    [TestCase(" PyTorch ", "2.6")]
    [TestCase("pytorch-inference", "2.6.0", Description = "as its repository is called")]
    public void The_image_of_a_framework_is_found_by(string framework, string version)
    {
        var judged = Judged.By(Request(framework, version, "\"ml.g5.xlarge\""));

        Assert.That(judged.Findings, Is.Empty);
        Assert.That(
            judged.Request!.ImageUri(DeploymentNames.SingleTarget),
            Is.EqualTo("763104351884.dkr.ecr.us-east-1.amazonaws.com/pytorch-inference:2.6.0-gpu-py312")
        );
    }

    [Test]
    public void Each_target_gets_the_image_of_its_instance_type()
    {
        var request = Request(
            "pytorch",
            "2.6",
            """{"dev": "ml.m5.large", "staging": "ml.c7g.large", "prod": "ml.g5.xlarge"}"""
        );

        var judged = Judged.By(request, Deployments.Multi().Scope);

        Assert.That(judged.Findings, Is.Empty);
        Assert.That(
            new[] { "dev", "staging", "prod" }.Select(target => judged.Request!.ImageUri(target).Split('/')[1]),
            Is.EqualTo(
                (string[])
                    [
                        "pytorch-inference:2.6.0-cpu-py312",
                        "pytorch-inference-arm64:2.6.0-cpu-py312",
                        "pytorch-inference:2.6.0-gpu-py312",
                    ]
            )
        );
    }

    [Test]
    public void The_clients_image_is_taken_in_every_target()
    {
        const string image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/mine:1";

        var judged = Judged.By(Altered.With("custom_image_uri", $"\"{image}\""), Deployments.Multi().Scope);

        Assert.That(judged.Request!.ImageUri("prod"), Is.EqualTo(image));
    }

    [Test]
    public void An_instance_type_without_an_image_is_told_where_it_stands()
    {
        var request = Request(
            "mxnet",
            "1.9",
            """{"dev": "ml.m5.large", "staging": "ml.m6g.large", "prod": "ml.inf2.xlarge"}"""
        );

        Assert.That(
            Judged.By(request, Deployments.Multi().Scope).Findings.Select(finding => finding.ToString()),
            Is.EqualTo(
                (string[])
                    [
                        $"MLP032 /inference_instance/staging: AWS has no image of mxnet 1.9 for \"ml.m6g.large\", which has AWS Graviton. Take an instance type with an Intel or AMD CPU, or a GPU. {Own}",
                        $"MLP032 /inference_instance/prod: AWS has no image of mxnet 1.9 for \"ml.inf2.xlarge\", which has AWS Inferentia2 or Trainium. Take an instance type with an Intel or AMD CPU, or a GPU. {Own}",
                    ]
            )
        );
    }

    [Test]
    public void An_instance_type_that_has_other_versions_is_told_them() =>
        Assert.That(
            Judged.By(Request("xgboost", "1.7-1", "\"ml.c6g.large\"")).Findings.Single().ToString(),
            Is.EqualTo(
                "MLP032 /inference_instance: AWS has no image of xgboost 1.7-1 for \"ml.c6g.large\", which has AWS Graviton. Take an instance type with an Intel or AMD CPU, or a GPU, or one of the versions 1.5-1, 1.3-1. "
                    + Own
            )
        );

    [TestCase(
        "\"ml.m5.large\"",
        "There are 1.9.0, 1.8.0, 1.7.0, 1.6.0, 1.4.1, 1.4.0, 1.3.0, 1.2.1, 1.1.0, 1.0.0, 0.12.1."
    )]
    [TestCase("\"ml.m6g.large\"", "There are 1.9.0,", Description = "none at all for Graviton, so those of the others")]
    public void An_unknown_version_is_told_the_known_ones_newest_first(string instance, string remedy)
    {
        var finding = Judged.By(Request("mxnet", "2.0.0", instance)).Findings.Single();

        Assert.That(finding.Pointer, Is.EqualTo("/model_framework_version"));
        Assert.That(finding.Message, Is.EqualTo("No image is known for version \"2.0.0\" of mxnet."));
        Assert.That(finding.Remedy, Does.StartWith(remedy));
    }

    [Test]
    public void An_unknown_version_is_told_those_of_the_instance_type() =>
        Assert.That(
            Judged.By(Request("pytorch", "3.0", "\"ml.inf2.xlarge\"")).Findings.Single().Remedy,
            Does.StartWith("There are 2.9.0, 2.8.0, 2.7.0, 2.6.0.")
        );

    [Test]
    public void An_unknown_version_and_an_instance_type_that_is_none_are_told_together() =>
        Assert.That(
            Judged.By(Request("pytorch", "3.0", "\"m5.large\"")).Findings.Select(finding => finding.Code),
            Is.EquivalentTo([FindingCodes.InstanceType, FindingCodes.UnknownFrameworkVersion])
        );

    [Test]
    public void A_region_without_the_image_is_told_once_for_all_targets()
    {
        var request = Request(
            "huggingface",
            "4.49",
            """{"dev": "ml.m5.large", "staging": "ml.m5.xlarge", "prod": "ml.g5.xlarge"}"""
        );

        var finding = Judged.By(request, Deployments.Multi().Scope with { Region = "mx-central-1" }).Findings.Single();

        Assert.That(finding.Code, Is.EqualTo(FindingCodes.FrameworkRegion));
        Assert.That(
            finding.Message,
            Is.EqualTo("AWS has no image of huggingface 4.49.0-pytorch2.6.0 in mx-central-1.")
        );
        Assert.That(finding.Rule, Does.Contain("us-east-1").And.Not.Contain("mx-central-1"));
    }

    [TestCase("pytoch", "Did you mean \"pytorch\"?")]
    [TestCase("tensorflow-inferenc", "Did you mean \"tensorflow-inference\"?")]
    [TestCase("hugging-face", "Did you mean \"huggingface\"?")]
    [TestCase("huggingface-tgi", "Did you mean \"huggingface-tei\"?")]
    public void A_framework_that_is_almost_one_is_told_which(string framework, string remedy)
    {
        var finding = Judged.By(Request(framework, "1", "\"ml.m5.large\"")).Findings.Single();

        Assert.That(finding.Code, Is.EqualTo(FindingCodes.UnknownFramework));
        Assert.That(finding.Remedy, Does.StartWith(remedy));
    }

    private static string Request(string framework, string version, string instance) =>
        $$"""
            {
              "pipeline_type": "byom_realtime_builtin",
              "model_name": "my-model",
              "model_framework": "{{framework}}",
              "model_framework_version": "{{version}}",
              "model_artifact_location": "model.tar.gz",
              "inference_instance": {{instance}},
              "data_capture_location": "my-bucket/captured"
            }
            """;
}
