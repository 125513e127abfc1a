using System.Net;
using System.Text.Json.Nodes;
using Mlops.Local.Stacks.Wire;

namespace Mlops.Local.Stacks.Natives;

/// <summary>Methods of REST APIs, as blueprints declare them one by one; moto makes them and tells no physical id.</summary>
internal static class ApiMethodTypes
{
    public static IEnumerable<NativeType> All => [new("AWS::ApiGateway::Method", ReadAsync) { FindAsync = FindAsync }];

    private static async Task<string?> FindAsync(NativeResource method, CancellationToken cancellationToken)
    {
        var path =
            $"/restapis/{method.Text("RestApiId")}/resources/{method.Text("ResourceId")}/methods/{method.Text("HttpMethod")}";
        try
        {
            await method.RestAsync("apigateway", HttpMethod.Get, path, null, cancellationToken);
            return path;
        }
        catch (AwsCallException refusal) when (refusal.Status == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    private static async Task<JsonObject> ReadAsync(
        NativeResource method,
        string id,
        CancellationToken cancellationToken
    )
    {
        var found = await method.RestAsync("apigateway", HttpMethod.Get, id, null, cancellationToken);
        var properties = NativeNames.ToCloudFormation("AWS::ApiGateway::Method", found);
        properties["RestApiId"] = method.Text("RestApiId");
        properties["ResourceId"] = method.Text("ResourceId");
        properties["HttpMethod"] = method.Text("HttpMethod");
        properties["AuthorizationType"] = found["authorizationType"]?.DeepClone();
        properties["Integration"] = Integration(found["methodIntegration"]);
        return properties;
    }

    /// <summary>The API's names for two members differ from CloudFormation's.</summary>
    private static JsonObject? Integration(JsonNode? found)
    {
        if (found is not JsonObject integration)
        {
            return null;
        }

        var properties = NativeNames.ToCloudFormation("AWS::ApiGateway::Method", integration);
        properties["IntegrationHttpMethod"] = integration["httpMethod"]?.DeepClone();
        properties["IntegrationResponses"] = new JsonArray([
            .. (integration["integrationResponses"] as JsonObject ?? []).Select(response =>
                response.Value is JsonObject one ? NativeNames.ToCloudFormation("AWS::ApiGateway::Method", one) : null
            ),
        ]);
        return properties;
    }
}
