using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.Values;

namespace Mlops.Provisioning.Requests;

/// <summary>Reads names and ARNs of AWS.</summary>
internal static class AwsValues
{
    /// <summary>Characters of an image's URI (SageMaker, ContainerDefinition).</summary>
    private const int ImageUriLimit = 255;

    public static string? Read(KeyType type, string text, out Problem? problem)
    {
        problem = type switch
        {
            KeyType.ModelName => ModelName(text),
            KeyType.ImageTag => ImageTag(text),
            KeyType.SageMakerName => SageMakerName(text),
            KeyType.InstanceType => Instance(text),
            KeyType.KmsKeyArn => KmsKey(text),
            KeyType.ImageUri => Image(text),
            KeyType.ModelPackageArn => ModelPackage(text),
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, "No reader for this type."),
        };
        return problem is null ? text : null;
    }

    private static Problem? ModelName(string text) =>
        PipelineName.IsModelName(text)
            ? null
            : new Problem(
                FindingCodes.Name,
                PipelineName.ModelNameRule,
                $"AWS cannot use the name {Quote.Text(text)}: stacks and pipelines are named after it.",
                $"Use {PipelineName.ModelNameRule} only{Suggestion(text)}"
            );

    private static Problem? ImageTag(string text) =>
        AwsFormats.ImageTag.IsMatch(text)
            ? null
            : new Problem(
                FindingCodes.Name,
                "128 letters, digits, dots, hyphens and underscores at most, first none of dot and hyphen",
                $"{Quote.Text(text)} is not the tag of an image.",
                "Use letters (a-z, A-Z), digits, dots, hyphens and underscores, for example 1.0."
            );

    private static Problem? SageMakerName(string text) =>
        AwsFormats.SageMakerName.IsMatch(text)
            ? null
            : new Problem(
                FindingCodes.Name,
                "63 letters, digits and inner hyphens at most",
                $"AWS cannot use the name {Quote.Text(text)}.",
                "Use letters (a-z, A-Z), digits and, between them, hyphens: 63 characters at most."
            );

    private static Problem? Instance(string text)
    {
        if (InstanceType.TryParse(text, out _))
        {
            return null;
        }

        var meant = InstanceType.Suggest(text);
        return new Problem(
            FindingCodes.InstanceType,
            InstanceType.Rule,
            $"{Quote.Text(text)} is not an instance type of SageMaker.",
            "Instance types start with \"ml.\""
                + (meant is null ? ", for example \"ml.m5.large\"." : $": did you mean {Quote.Text(meant)}?")
        );
    }

    private static Problem? KmsKey(string text) =>
        AwsFormats.KmsKeyArn.IsMatch(text)
            ? null
            : new Problem(
                FindingCodes.KmsKeyArn,
                "arn:<partition>:kms:<region>:<account>:key/<id>",
                $"{Quote.Text(text)} is not the ARN of a KMS key.",
                AwsFormats.KmsAliasArn.IsMatch(text)
                    ? $"Give the ARN of the key behind the alias: aws kms describe-key --key-id {Quote.Word(text)} --query KeyMetadata.Arn"
                    : "Give the key's ARN, for example arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab."
            );

    private static Problem? Image(string text) =>
        text.Length <= ImageUriLimit && AwsFormats.ImageUri.IsMatch(text)
            ? null
            : new Problem(
                FindingCodes.ImageUri,
                "<account>.dkr.ecr.<region>.amazonaws.com/<repository>:<tag>",
                $"{Quote.Text(text)} is not the URI of an image in Amazon ECR.",
                "Give registry, repository, and tag or digest: 123456789012.dkr.ecr.us-east-1.amazonaws.com/my-algorithm:1."
            );

    private static Problem? ModelPackage(string text) =>
        ModelPackageArn.TryParse(text, out _)
            ? null
            : new Problem(
                FindingCodes.ModelPackageArn,
                ModelPackageArn.Rule,
                $"{Quote.Text(text)} is not the ARN of a version of a model package.",
                "Give the version's ARN: aws sagemaker list-model-packages --model-package-group-name <group>"
            );

    private static string Suggestion(string text)
    {
        var usable = string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')).Trim('-');
        return usable.Length is 0 or > 63 ? "." : $": {Quote.Text(usable)} would do.";
    }
}
