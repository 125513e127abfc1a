using Mlops.Provisioning.Requests;
using Mlops.Provisioning.Tests.Fakes;
using Mlops.Provisioning.Tests.Requests;

namespace Mlops.Provisioning.Tests.Values;

/// <summary>ARNs and names of every partition and region.</summary>
public sealed class AwsValuesTests
{
    [TestCase("aws", "us-east-1", "amazonaws.com")]
    [TestCase("aws", "af-south-1", "amazonaws.com")]
    [TestCase("aws", "me-central-1", "amazonaws.com")]
    [TestCase("aws", "il-central-1", "amazonaws.com")]
    [TestCase("aws", "mx-central-1", "amazonaws.com")]
    [TestCase("aws", "ap-southeast-4", "amazonaws.com")]
    [TestCase("aws", "ca-west-1", "amazonaws.com")]
    [TestCase("aws-cn", "cn-northwest-1", "amazonaws.com.cn")]
    [TestCase("aws-us-gov", "us-gov-west-1", "amazonaws.com")]
    [TestCase("aws-iso-b", "us-isob-east-1", "sc2s.sgov.gov")]
    [TestCase("aws-eusc", "eusc-de-east-1", "amazonaws.eu")]
    public void Keys_images_and_packages_are_read_in(string partition, string region, string suffix)
    {
        Assert.That(
            Codes("kms_key_arn", $"arn:{partition}:kms:{region}:123456789012:key/mrk-1234abcd12ab34cd56ef1234567890ab"),
            Is.Empty
        );
        Assert.That(
            Codes("custom_image_uri", $"123456789012.dkr.ecr.{region}.{suffix}/team/my_image:1.0-cpu"),
            Is.Empty
        );
        Assert.That(
            Codes("model_package_name", $"arn:{partition}:sagemaker:{region}:123456789012:model-package/group/12"),
            Is.Empty
        );
    }

    [TestCase("kms_key_arn", "1234abcd", FindingCodes.KmsKeyArn)]
    [TestCase("kms_key_arn", "arn:aws:kms:us-east-1:123456789012:alias/mine", FindingCodes.KmsKeyArn)]
    [TestCase("kms_key_arn", "arn:aws:kms:us-east-1:12345:key/1", FindingCodes.KmsKeyArn)]
    [TestCase("kms_key_arn", "arn:aws:s3:::key/1", FindingCodes.KmsKeyArn)]
    [TestCase("custom_image_uri", "my-image:latest", FindingCodes.ImageUri)]
    [TestCase("custom_image_uri", "docker.io/library/my-image:latest", FindingCodes.ImageUri)]
    [TestCase("custom_image_uri", "123456789012.dkr.ecr.us-east-1.amazonaws.com/", FindingCodes.ImageUri)]
    [TestCase("custom_image_uri", "123456789012.dkr.ecr.us-east-1.amazonaws.com/a b", FindingCodes.ImageUri)]
    [TestCase("model_package_name", "my-group/1", FindingCodes.ModelPackageArn)]
    [TestCase(
        "model_package_name",
        "arn:aws:sagemaker:us-east-1:123456789012:model-package/no-version",
        FindingCodes.ModelPackageArn
    )]
    [TestCase("inference_instance", "m5.large", FindingCodes.InstanceType)]
    [TestCase("inference_instance", "ml.m5", FindingCodes.InstanceType)]
    [TestCase("inference_instance", "ML.M5.LARGE", FindingCodes.InstanceType)]
    [TestCase("inference_instance", "ml.m5.large.", FindingCodes.InstanceType)]
    [TestCase("endpoint_name", "my_endpoint", FindingCodes.Name)]
    [TestCase("endpoint_name", "-endpoint", FindingCodes.Name)]
    [TestCase("model_name", "my_model", FindingCodes.Name)]
    [TestCase("model_name", "my model", FindingCodes.Name)]
    [TestCase("data_capture_location", "Bucket", FindingCodes.S3Location)]
    [TestCase("data_capture_location", "bucket/../other", FindingCodes.S3Location)]
    [TestCase("model_artifact_location", "../model.tar.gz", FindingCodes.S3Key)]
    [TestCase("model_artifact_location", "/model.tar.gz", FindingCodes.S3Key)]
    [TestCase("model_artifact_location", "*", FindingCodes.S3Key)]
    [TestCase("model_artifact_location", "models/?.tar.gz", FindingCodes.S3Key)]
    [TestCase("data_capture_location", "my-bucket/*", FindingCodes.S3Location)]
    [TestCase("model_artifact_location", "s3://other-bucket/model.tar.gz", FindingCodes.S3Key)]
    public void Others_are_refused(string key, string value, string code) =>
        Assert.That(Codes(key, value), Is.EqualTo((string[])[code]));

    private static IEnumerable<string> Codes(string key, string value) =>
        Judged.By(Altered.With(key, $"\"{value}\"")).Findings.Select(finding => finding.Code);
}
