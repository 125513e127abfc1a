using System.Text.Json.Nodes;

namespace Mlops.Local.Stacks.Natives;

/// <summary>What blueprints deploy for inference.</summary>
internal static class SageMakerTypes
{
    public static IEnumerable<NativeType> All =>
        [Type("Model", "ModelName"), Type("EndpointConfig", "EndpointConfigName"), Type("Endpoint", "EndpointName")];

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
