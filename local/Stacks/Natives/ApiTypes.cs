using System.Text.Json.Nodes;

namespace Mlops.Local.Stacks.Natives;

/// <summary>REST APIs. moto's CloudFormation drops the body, so it is imported by one call; the API front serves it.</summary>
internal static class ApiTypes
{
    private const string Service = "apigateway";

    public static IEnumerable<NativeType> All =>
        [
            new("AWS::ApiGateway::RestApi", RestApiAsync)
            {
                NameProperty = "Name",
                Tagged = true,
                CompleteAsync = ImportBodyAsync,
                Unreadable = ["FailOnWarnings", "Mode"],
            },
            new("AWS::ApiGateway::Deployment", DeploymentAsync)
            {
                CreateAsync = DeployAsync,
                FindAsync = NewestDeploymentAsync,
                Identifier = ["DeploymentId", "RestApiId"],
            },
            new("AWS::ApiGateway::Stage", StageAsync)
            {
                Tagged = true,
                CreateAsync = CreateStageAsync,
                Identifier = ["RestApiId", "StageName"],
            },
            new("AWS::ApiGateway::GatewayResponse", GatewayResponseAsync) { CreateAsync = PutGatewayResponseAsync },
            new("AWS::ApiGateway::Account", AccountAsync) { CreateAsync = UpdateAccountAsync },
        ];

    private static async Task ImportBodyAsync(NativeResource api, string id, CancellationToken cancellationToken)
    {
        if (api.Declared["Body"] is { } body)
        {
            await api.RestAsync(
                Service,
                HttpMethod.Put,
                $"/restapis/{id}?mode=overwrite",
                Parsed(body),
                cancellationToken
            );
        }
    }

    private static async Task<JsonObject> RestApiAsync(
        NativeResource api,
        string id,
        CancellationToken cancellationToken
    )
    {
        var found = await api.RestAsync(Service, HttpMethod.Get, $"/restapis/{id}", null, cancellationToken);
        var resources = await api.RestAsync(
            Service,
            HttpMethod.Get,
            $"/restapis/{id}/resources",
            null,
            cancellationToken
        );
        var properties = NativeNames.ToCloudFormation("AWS::ApiGateway::RestApi", found);
        properties["RestApiId"] = id;
        properties["ApiKeySourceType"] = found["apiKeySource"]?.DeepClone();
        properties["Tags"] = TagList.FromMap(found["tags"]);
        if (api.Declared["Body"] is { } body && HasMethodsOf(Parsed(body), resources))
        {
            properties["Body"] = body.DeepClone();
        }

        return properties;
    }

    private static bool HasMethodsOf(JsonNode body, JsonObject resources)
    {
        var found = (resources["item"] ?? resources["_embedded"]?["item"])?.AsArray() ?? [];
        var methods = found
            .SelectMany(resource =>
                (resource!["resourceMethods"] as JsonObject ?? []).Select(method => $"{method.Key} {resource["path"]}")
            )
            .ToHashSet(StringComparer.Ordinal);
        return body["paths"]!
            .AsObject()
            .SelectMany(path => path.Value!.AsObject().Select(method => $"{method.Key.ToUpperInvariant()} {path.Key}"))
            .All(methods.Contains);
    }

    private static async Task<string> DeployAsync(NativeResource deployment, CancellationToken cancellationToken)
    {
        var api = deployment.Text("RestApiId");
        var answer = await deployment.RestAsync(
            Service,
            HttpMethod.Post,
            $"/restapis/{api}/deployments",
            new JsonObject { ["description"] = deployment.Text("Description") },
            cancellationToken
        );
        return $"{answer["id"]}|{api}";
    }

    private static async Task<string?> NewestDeploymentAsync(
        NativeResource deployment,
        CancellationToken cancellationToken
    )
    {
        var api = deployment.Text("RestApiId");
        var answer = await deployment.RestAsync(
            Service,
            HttpMethod.Get,
            $"/restapis/{api}/deployments",
            null,
            cancellationToken
        );
        return (answer["item"] as JsonArray)?.LastOrDefault() is { } newest ? $"{newest["id"]}|{api}" : null;
    }

    private static async Task<JsonObject> DeploymentAsync(
        NativeResource deployment,
        string id,
        CancellationToken cancellationToken
    )
    {
        var (own, api) = (id.Split('|')[0], id.Split('|')[1]);
        var found = await deployment.RestAsync(
            Service,
            HttpMethod.Get,
            $"/restapis/{api}/deployments/{own}",
            null,
            cancellationToken
        );
        return new JsonObject
        {
            ["DeploymentId"] = own,
            ["RestApiId"] = api,
            ["Description"] = found["description"]?.DeepClone(),
        };
    }

    private static async Task<string> CreateStageAsync(NativeResource stage, CancellationToken cancellationToken)
    {
        var api = stage.Text("RestApiId");
        var name = stage.Text("StageName");
        var body = new JsonObject
        {
            ["stageName"] = name,
            ["deploymentId"] = stage.Text("DeploymentId"),
            ["description"] = stage.Text("Description"),
            ["variables"] = stage.Declared["Variables"]?.DeepClone() ?? new JsonObject(),
            ["tracingEnabled"] = stage.Declared["TracingEnabled"]?.DeepClone() ?? false,
            ["tags"] = TagList.ToMap(stage.Declared["Tags"]),
        };
        await stage.RestAsync(Service, HttpMethod.Post, $"/restapis/{api}/stages", body, cancellationToken);
        return $"{api}|{name}";
    }

    private static async Task<JsonObject> StageAsync(
        NativeResource stage,
        string id,
        CancellationToken cancellationToken
    )
    {
        var (api, name) = (id.Split('|')[0], id.Split('|')[1]);
        var found = await stage.RestAsync(
            Service,
            HttpMethod.Get,
            $"/restapis/{api}/stages/{name}",
            null,
            cancellationToken
        );
        var properties = NativeNames.ToCloudFormation("AWS::ApiGateway::Stage", found);
        properties.Remove("MethodSettings"); // A map there, a list in CloudFormation; nothing local obeys it.
        properties["RestApiId"] = api;
        properties["AccessLogSetting"] = found["accessLogSettings"] is JsonObject log
            ? NativeNames.ToCloudFormation("AWS::ApiGateway::Stage", log)
            : null;
        properties["Tags"] = TagList.FromMap(found["tags"]);
        return properties;
    }

    private static async Task<string> PutGatewayResponseAsync(
        NativeResource response,
        CancellationToken cancellationToken
    )
    {
        var (api, type) = (response.Text("RestApiId"), response.Text("ResponseType"));
        var body = new JsonObject
        {
            ["statusCode"] = response.Declared["StatusCode"]?.ToString(),
            ["responseParameters"] = response.Declared["ResponseParameters"]?.DeepClone(),
            ["responseTemplates"] = response.Declared["ResponseTemplates"]?.DeepClone(),
        };
        await response.RestAsync(
            Service,
            HttpMethod.Put,
            $"/restapis/{api}/gatewayresponses/{type}",
            body,
            cancellationToken
        );
        return $"{api}|{type}";
    }

    private static async Task<JsonObject> GatewayResponseAsync(
        NativeResource response,
        string id,
        CancellationToken cancellationToken
    )
    {
        var (api, type) = (id.Split('|')[0], id.Split('|')[1]);
        var found = await response.RestAsync(
            Service,
            HttpMethod.Get,
            $"/restapis/{api}/gatewayresponses/{type}",
            null,
            cancellationToken
        );
        var properties = NativeNames.ToCloudFormation("AWS::ApiGateway::GatewayResponse", found);
        properties["Id"] = id;
        properties["RestApiId"] = api;
        return properties;
    }

    private static async Task<string> UpdateAccountAsync(NativeResource account, CancellationToken cancellationToken)
    {
        var operations = new JsonArray(
            new JsonObject
            {
                ["op"] = "replace",
                ["path"] = "/cloudwatchRoleArn",
                ["value"] = account.Text("CloudWatchRoleArn"),
            }
        );
        var body = new JsonObject { ["patchOperations"] = operations };
        await account.RestAsync(Service, HttpMethod.Patch, "/account", body, cancellationToken);
        return account.Account.AccountId;
    }

    private static async Task<JsonObject> AccountAsync(
        NativeResource account,
        string id,
        CancellationToken cancellationToken
    )
    {
        var found = await account.RestAsync(Service, HttpMethod.Get, "/account", null, cancellationToken);
        return new JsonObject { ["Id"] = id, ["CloudWatchRoleArn"] = found["cloudwatchRoleArn"]?.DeepClone() };
    }

    private static JsonNode Parsed(JsonNode body) =>
        body is JsonValue text ? JsonNode.Parse(text.GetValue<string>())! : body.DeepClone();
}
