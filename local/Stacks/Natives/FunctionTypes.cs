using System.Text.Json.Nodes;

namespace Mlops.Local.Stacks.Natives;

/// <summary>What stands around a function: who may invoke it, and how often an asynchronous call is repeated.</summary>
internal static class FunctionTypes
{
    private const string Service = "lambda";

    public static IEnumerable<NativeType> All =>
        [
            new("AWS::Lambda::Permission", PermissionAsync)
            {
                CreateAsync = AddPermissionAsync,
                Identifier = ["FunctionName", "Id"],
            },
            new("AWS::Lambda::EventInvokeConfig", EventInvokeAsync)
            {
                CreateAsync = PutEventInvokeAsync,
                Identifier = ["FunctionName", "Qualifier"],
            },
        ];

    private static async Task<string> AddPermissionAsync(NativeResource permission, CancellationToken cancellationToken)
    {
        var statement = $"permission-{Guid.NewGuid():N}";
        var body = permission.Declared.DeepClone().AsObject();
        body.Remove("FunctionName");
        body["StatementId"] = statement;
        await permission.RestAsync(Service, HttpMethod.Post, $"{Path(permission)}/policy", body, cancellationToken);
        return statement;
    }

    private static async Task<JsonObject> PermissionAsync(
        NativeResource permission,
        string id,
        CancellationToken cancellationToken
    )
    {
        var answer = await permission.RestAsync(
            Service,
            HttpMethod.Get,
            $"{Path(permission)}/policy",
            null,
            cancellationToken
        );
        var statement = JsonNode.Parse((string)answer["Policy"]!)!["Statement"]!
            .AsArray()
            .First(item => (string?)item!["Sid"] == id)!;
        var condition = statement["Condition"];
        return new JsonObject
        {
            ["Id"] = id,
            ["FunctionName"] = permission.Text("FunctionName"),
            ["Action"] = statement["Action"]?.DeepClone(),
            ["Principal"] = (
                statement["Principal"] is JsonObject principal ? principal.First().Value : statement["Principal"]
            )?.DeepClone(),
            ["SourceArn"] = condition?["ArnLike"]?["AWS:SourceArn"]?.DeepClone(),
            ["SourceAccount"] = condition?["StringEquals"]?["AWS:SourceAccount"]?.DeepClone(),
        };
    }

    private static async Task<string> PutEventInvokeAsync(NativeResource config, CancellationToken cancellationToken)
    {
        var body = config.Declared.DeepClone().AsObject();
        body.Remove("FunctionName");
        body.Remove("Qualifier");
        await config.RestAsync(Service, HttpMethod.Put, EventInvokePath(config), body, cancellationToken);
        return config.Text("FunctionName");
    }

    private static async Task<JsonObject> EventInvokeAsync(
        NativeResource config,
        string id,
        CancellationToken cancellationToken
    )
    {
        var found = await config.RestAsync(Service, HttpMethod.Get, EventInvokePath(config), null, cancellationToken);
        found["FunctionName"] = config.Text("FunctionName");
        found["Qualifier"] = config.Text("Qualifier");
        return found;
    }

    private static string EventInvokePath(NativeResource config) =>
        $"/2019-09-25/functions/{Uri.EscapeDataString(config.Text("FunctionName"))}/event-invoke-config";

    private static string Path(NativeResource permission) =>
        $"/2015-03-31/functions/{Uri.EscapeDataString(permission.Text("FunctionName"))}";
}
