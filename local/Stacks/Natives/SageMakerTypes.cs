using System.Text.Json.Nodes;

namespace Mlops.Local.Stacks.Natives;

/// <summary>What blueprints deploy for inference, and the group of models that the program makes.</summary>
internal static class SageMakerTypes
{
    public static IEnumerable<NativeType> All =>
        [
            Type("Model", "ModelName"),
            Type("EndpointConfig", "EndpointConfigName"),
            Type("Endpoint", "EndpointName"),
            Type("ModelPackageGroup", "ModelPackageGroupName") with
            {
                NameProperty = "ModelPackageGroupName",
                Tagged = true,
                CreateAsync = CreateGroupAsync,
            },
        ];

    /// <summary>By SageMaker's own call, since moto's CloudFormation lacks the type. moto has no policies of groups: that one is said.</summary>
    private static async Task<string> CreateGroupAsync(NativeResource group, CancellationToken cancellationToken)
    {
        var request = new JsonObject();
        foreach (var property in new[] { "ModelPackageGroupName", "ModelPackageGroupDescription", "Tags" })
        {
            if (group.Declared[property] is { } value)
            {
                request[property] = value.DeepClone();
            }
        }

        var answer = await group.JsonAsync(
            "sagemaker",
            "SageMaker.CreateModelPackageGroup",
            request,
            cancellationToken
        );
        return (string)answer["ModelPackageGroupArn"]!;
    }

    /// <summary>SageMaker's API spells these resources as CloudFormation does; a physical id is a name or an ARN that ends with it.</summary>
    private static NativeType Type(string kind, string nameProperty) =>
        new(
            $"AWS::SageMaker::{kind}",
            async (resource, id, cancellationToken) =>
            {
                var name = id.Split('/')[^1];
                var request = new JsonObject { [nameProperty] = name };
                var target = $"SageMaker.Describe{kind}";
                var found = await resource.JsonAsync("sagemaker", target, request, cancellationToken);
                var arn = found[$"{kind}Arn"]?.DeepClone();
                var tags = await resource.JsonAsync(
                    "sagemaker",
                    "SageMaker.ListTags",
                    new JsonObject { ["ResourceArn"] = arn },
                    cancellationToken
                );
                found["Tags"] = tags["Tags"]?.DeepClone();
                return found;
            }
        );
}
