using System.Text.Json.Nodes;

namespace Mlops.Local.Tests.CodePipelines;

/// <summary>Pipeline definitions, as our program and anybody else would send them.</summary>
internal static class Definitions
{
    public const string Template = """
        AWSTemplateFormatVersion: "2010-09-09"
        Parameters:
          QueueName: {Type: String}
          Delay: {Type: String, Default: "0"}
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            Properties:
              QueueName: !Ref QueueName
              DelaySeconds: !Ref Delay
        Outputs:
          QueueName: {Value: !GetAtt Queue.QueueName}
        """;

    /// <summary>The configuration file that goes with <see cref="Template"/>.</summary>
    public static string Configuration(string queueName) =>
        new JsonObject
        {
            ["Parameters"] = new JsonObject { ["QueueName"] = queueName },
            ["Tags"] = new JsonObject { ["model"] = "churn" },
        }.ToJsonString();

    /// <summary>Stage Source, then the given stages.</summary>
    public static JsonObject Of(Bench bench, params (string Name, JsonObject[] Actions)[] stages) =>
        new()
        {
            ["name"] = bench.Pipeline,
            ["roleArn"] = bench.PipelineRole,
            ["artifactStore"] = new JsonObject { ["type"] = "S3", ["location"] = bench.ArtifactBucket },
            ["pipelineType"] = "V2",
            ["stages"] = new JsonArray([
                Stage("Source", Source(bench)),
                .. stages.Select(stage => Stage(stage.Name, stage.Actions)),
            ]),
        };

    public static JsonObject Source(Bench bench)
    {
        var source = Action(
            "Source",
            "Source/S3",
            1,
            new()
            {
                ["S3Bucket"] = bench.SourceBucket,
                ["S3ObjectKey"] = "template.zip",
                ["PollForSourceChanges"] = "false",
            }
        );
        source["outputArtifacts"] = new JsonArray(new JsonObject { ["name"] = "Package" });
        return source;
    }

    public static JsonObject Lambda(string name, int runOrder, string function, string? parameters = null)
    {
        var configuration = new JsonObject { ["FunctionName"] = function };
        if (parameters is not null)
        {
            configuration["UserParameters"] = parameters;
        }

        return WithPackage(Action(name, "Invoke/Lambda", runOrder, configuration));
    }

    public static JsonObject Deploy(
        Bench bench,
        string mode,
        int runOrder,
        JsonObject? more = null,
        string? name = null
    )
    {
        var configuration = new JsonObject { ["ActionMode"] = mode, ["StackName"] = bench.Stack };
        if (mode != "CHANGE_SET_EXECUTE")
        {
            configuration["RoleArn"] = bench.StackRole;
        }

        if (mode is not ("CHANGE_SET_EXECUTE" or "DELETE_ONLY"))
        {
            configuration["TemplatePath"] = "Package::template.yaml";
            configuration["TemplateConfiguration"] = "Package::pipeline.json";
        }

        if (mode.StartsWith("CHANGE_SET", StringComparison.Ordinal))
        {
            configuration["ChangeSetName"] = "changes";
        }

        foreach (var (key, value) in more ?? [])
        {
            configuration[key] = value?.DeepClone();
        }

        return WithPackage(Action(name ?? "Deploy", "Deploy/CloudFormation", runOrder, configuration));
    }

    public static JsonObject Approval(string name, int runOrder, JsonObject? configuration = null) =>
        Action(name, "Approval/Manual", runOrder, configuration ?? []);

    public static JsonObject Action(string name, string type, int runOrder, JsonObject configuration)
    {
        var parts = type.Split('/');
        return new JsonObject
        {
            ["name"] = name,
            ["actionTypeId"] = new JsonObject
            {
                ["category"] = parts[0],
                ["owner"] = "AWS",
                ["provider"] = parts[1],
                ["version"] = "1",
            },
            ["runOrder"] = runOrder,
            ["configuration"] = configuration,
        };
    }

    public static JsonObject In(this JsonObject action, string space)
    {
        action["namespace"] = space;
        return action;
    }

    private static JsonObject WithPackage(JsonObject action)
    {
        action["inputArtifacts"] = new JsonArray(new JsonObject { ["name"] = "Package" });
        return action;
    }

    private static JsonObject Stage(string name, params JsonObject[] actions) =>
        new() { ["name"] = name, ["actions"] = new JsonArray([.. actions]) };
}
