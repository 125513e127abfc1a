using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Mlops.Local.Stacks.Natives;
using static Mlops.Local.Exporting.Shapes;

namespace Mlops.Local.Exporting;

/// <summary>
/// What each of Pulumi's types is in CloudFormation. Types of AWS Native are CloudFormation's own; those of Pulumi's AWS
/// package are written down one by one.
/// </summary>
internal static class TypeTable
{
    private const string Function = "aws:lambda/function:Function";
    private const string BucketType = "aws:s3/bucket:Bucket";
    private const string QueueInlinePolicy = "aws-native:sqs:QueueInlinePolicy";
    private const string BucketPolicy = "aws:s3/bucketPolicy:BucketPolicy";

    private static readonly FrozenDictionary<string, (string Type, Shape Properties)> Known = new Dictionary<
        string,
        (string, Shape)
    >
    {
        [BucketType] = ("AWS::S3::Bucket", BucketSettings.OfBucket),
        [BucketPolicy] = (
            "AWS::S3::BucketPolicy",
            Members(("bucket", "Bucket", Same), ("policy", "PolicyDocument", Parsed))
        ),
        // The same for one queue; tools know the older type of the two.
        [QueueInlinePolicy] = (
            "AWS::SQS::QueuePolicy",
            Members(("queue", "Queues", One(Same)), ("policyDocument", "PolicyDocument", Same))
        ),
        [Function] = ("AWS::Lambda::Function", FunctionProperties()),
    }.ToFrozenDictionary();

    /// <summary>Outputs that are what <c>Ref</c> answers.</summary>
    private static readonly FrozenSet<(string Token, string Output)> References = new[]
    {
        (BucketType, "bucket"),
        (Function, "name"),
    }.ToFrozenSet();

    /// <summary>Whether it is a resource of AWS that is known here.</summary>
    public static bool Takes(string token) =>
        NativeNames.IsNative(token) || Known.ContainsKey(token) || BucketSettings.ByToken.ContainsKey(token);

    /// <summary>Whether an output is what <c>Ref</c> answers; any other is an attribute.</summary>
    public static bool IsReference(string token, string output) => References.Contains((token, output));

    /// <summary>The attribute that an output is: Pulumi calls <c>Id</c> <c>awsId</c>, for <c>id</c> is its own.</summary>
    public static string Attribute(string output) =>
        output == "awsId" ? "Id" : char.ToUpperInvariant(output[0]) + output[1..];

    /// <summary>Type and properties in CloudFormation's words; null for a setting of a bucket, which is a part of that.</summary>
    public static (string Type, JsonObject Properties)? Translate(Declaration declared)
    {
        if (Known.TryGetValue(declared.Token, out var known))
        {
            return (known.Type, known.Properties(declared.Where, declared.Inputs)!.AsObject());
        }

        if (!NativeNames.IsNative(declared.Token))
        {
            return null;
        }

        var type = NativeNames.ToCloudFormationType(declared.Token);
        return (type, NativeNames.ToCloudFormation(type, declared.Inputs));
    }

    private static Shape FunctionProperties()
    {
        var members = Members(
            ("name", "FunctionName", Same),
            ("description", "Description", Same),
            ("sourceCodeHash", "Code", Code),
            ("runtime", "Runtime", Same),
            ("handler", "Handler", Same),
            ("architectures", "Architectures", Same),
            ("memorySize", "MemorySize", Same),
            ("timeout", "Timeout", Same),
            ("role", "Role", Same),
            ("reservedConcurrentExecutions", "ReservedConcurrentExecutions", Same),
            ("environment", "Environment", Members(("variables", "Variables", Same))),
            ("tracingConfig", "TracingConfig", Members(("mode", "Mode", Same))),
            ("deadLetterConfig", "DeadLetterConfig", Members(("targetArn", "TargetArn", Same))),
            (
                "loggingConfig",
                "LoggingConfig",
                Members(
                    ("logFormat", "LogFormat", Same),
                    ("logGroup", "LogGroup", Same),
                    ("applicationLogLevel", "ApplicationLogLevel", Same),
                    ("systemLogLevel", "SystemLogLevel", Same)
                )
            )
        );
        return members;
    }

    /// <summary>Named by what the program says of the package: its hash.</summary>
    private static JsonObject Code(string where, JsonNode? value) =>
        new JsonObject { ["S3Bucket"] = Tokens.Of(Parameters.PackagesBucket), ["S3Key"] = $"{value}.zip" };
}
