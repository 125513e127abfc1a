using System.Collections.Frozen;
using System.Text.Json.Nodes;

namespace Mlops.Local.Stacks.Natives;

/// <summary>From the spelling of Pulumi's AWS Native package to CloudFormation's, and back.</summary>
public static class NativeNames
{
    private const string Package = "aws-native";

    /// <summary>Modules whose CloudFormation service is not just the first letter raised.</summary>
    private static readonly FrozenDictionary<string, string> Services = new Dictionary<string, string>
    {
        ["apigateway"] = "ApiGateway",
        ["applicationautoscaling"] = "ApplicationAutoScaling",
        ["cloudformation"] = "CloudFormation",
        ["cloudwatch"] = "CloudWatch",
        ["codebuild"] = "CodeBuild",
        ["codepipeline"] = "CodePipeline",
        ["codestarconnections"] = "CodeStarConnections",
        ["ecr"] = "ECR",
        ["events"] = "Events",
        ["iam"] = "IAM",
        ["kms"] = "KMS",
        ["lambda"] = "Lambda",
        ["logs"] = "Logs",
        ["s3"] = "S3",
        ["sagemaker"] = "SageMaker",
        ["sns"] = "SNS",
        ["sqs"] = "SQS",
        ["ssm"] = "SSM",
        ["stepfunctions"] = "StepFunctions",
        ["wafv2"] = "WAFv2",
    }.ToFrozenDictionary();

    /// <summary>
    /// Properties whose keys are the user's (documents and maps): nothing below them is respelled.
    /// <c>Tags</c> and <c>Variables</c> are among them only where they are maps, not lists of Key and Value.
    /// </summary>
    private static readonly FrozenSet<string> Documents = new[]
    {
        "AssumeRolePolicyDocument",
        "Body",
        "Environment",
        "EventPattern",
        "FilterPolicy",
        "InputPathsMap",
        "KeyPolicy",
        "ModelPackageGroupPolicy",
        "Parameters",
        "PolicyDocument",
        "RedrivePolicy",
        "RepositoryPolicyText",
        "ResponseParameters",
        "ResponseTemplates",
        "Variables",
    }.ToFrozenSet();

    /// <summary><c>Policy</c> is a document in these types; elsewhere (inline policies) it does not occur.</summary>
    private const string PolicyProperty = "Policy";

    /// <summary>Types whose capitals cannot be guessed, by token.</summary>
    private static readonly FrozenDictionary<string, string> IrregularTypes = new Dictionary<string, string>
    {
        ["aws-native:wafv2:WebAclAssociation"] = "AWS::WAFv2::WebACLAssociation",
    }.ToFrozenDictionary();

    /// <summary>Names whose capitals cannot be guessed, by CloudFormation type and Pulumi name.</summary>
    private static readonly FrozenDictionary<(string Type, string Name), string> Irregular = new Dictionary<
        (string, string),
        string
    >
    {
        [("AWS::SageMaker::Model", "vpcConfig")] = "VpcConfig",
        [("AWS::WAFv2::WebACLAssociation", "webAclArn")] = "WebACLArn",
        [("AWS::S3::Bucket", "sseAlgorithm")] = "SSEAlgorithm",
        [("AWS::S3::Bucket", "kmsMasterKeyId")] = "KMSMasterKeyID",
    }.ToFrozenDictionary();

    /// <summary>Whether <paramref name="token"/> is a resource of AWS Native, for example <c>aws-native:iam:Role</c>.</summary>
    public static bool IsNative(string token) => token.StartsWith($"{Package}:", StringComparison.Ordinal);

    /// <summary><c>aws-native:iam:Role</c> → <c>AWS::IAM::Role</c>.</summary>
    /// <exception cref="NotSupportedException">The module's CloudFormation spelling is not in the table.</exception>
    public static string ToCloudFormationType(string token)
    {
        if (IrregularTypes.TryGetValue(token, out var irregular))
        {
            return irregular;
        }

        var parts = token.Split(':');
        return parts is [Package, var module, var resource] && Services.TryGetValue(module, out var service)
            ? $"AWS::{service}::{resource}"
            : throw new NotSupportedException(
                $"The local stack does not know how CloudFormation spells {token}: add its module to NativeNames.Services."
            );
    }

    /// <summary>Declared inputs in CloudFormation's spelling.</summary>
    public static JsonObject ToCloudFormation(string type, JsonObject inputs) =>
        Respell(inputs, name => Upper(type, name));

    /// <summary>What was read back, in Pulumi's spelling.</summary>
    public static JsonObject ToPulumi(JsonObject properties) => Respell(properties, Lower);

    private static JsonObject Respell(JsonObject from, Func<string, string> spell)
    {
        var to = new JsonObject();
        foreach (var (name, value) in from)
        {
            to[spell(name)] = IsDocument(name, value) ? value?.DeepClone() : Respell(value, spell);
        }

        return to;
    }

    private static JsonNode? Respell(JsonNode? value, Func<string, string> spell) =>
        value switch
        {
            JsonObject map => Respell(map, spell),
            JsonArray list => new JsonArray([.. list.Select(item => Respell(item, spell))]),
            _ => value?.DeepClone(),
        };

    private static bool IsDocument(string name, JsonNode? value) =>
        Raised(name) is var raised
        && (Documents.Contains(raised) || (raised is PolicyProperty or "Tags" && value is JsonObject));

    private static string Upper(string type, string name) =>
        Irregular.TryGetValue((type, name), out var irregular) ? irregular : Raised(name);

    private static string Raised(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    /// <summary>The package lowers all but the first capital of an acronym: <c>KMSKeyARN</c> → <c>kmsKeyArn</c>.</summary>
    private static string Lower(string name)
    {
        var letters = name.ToCharArray();
        for (var i = 0; i < letters.Length && char.IsAsciiLetterUpper(name[i]); i++)
        {
            var startsWord = i > 0 && i + 1 < letters.Length && char.IsAsciiLetterLower(name[i + 1]);
            if (startsWord)
            {
                break;
            }

            letters[i] = char.ToLowerInvariant(letters[i]);
        }

        return new string(letters);
    }
}
