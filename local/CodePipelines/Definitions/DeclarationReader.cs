using System.Text.Json.Nodes;

namespace Mlops.Local.CodePipelines.Definitions;

/// <summary>Reads a structure whose shape has been checked, and fills in what the service fills in.</summary>
internal static class DeclarationReader
{
    public static PipelineDeclaration Read(JsonObject pipeline, int version)
    {
        var json = Normalize(pipeline, version);
        return new PipelineDeclaration(
            Text(json, "name"),
            Text(json, "roleArn"),
            Store(json),
            [.. Objects(json, "stages").Select(Stage)],
            [
                .. Objects(json, "variables")
                    .Select(one => new VariableDeclaration(Text(one, "name"), Optional(one, "defaultValue"))),
            ],
            Text(json, "executionMode"),
            Text(json, "pipelineType"),
            version,
            json
        );
    }

    /// <summary>A copy with the defaults of the service: mode SUPERSEDED, type V1, run order 1, empty lists and configuration.</summary>
    private static JsonObject Normalize(JsonObject pipeline, int version)
    {
        var json = pipeline.DeepClone().AsObject();
        json["executionMode"] ??= "SUPERSEDED";
        json["pipelineType"] ??= "V1";
        json["version"] = version;
        foreach (var action in Objects(json, "stages").SelectMany(stage => Objects(stage, "actions")))
        {
            action["runOrder"] ??= 1;
            action["configuration"] ??= new JsonObject();
            action["inputArtifacts"] ??= new JsonArray();
            action["outputArtifacts"] ??= new JsonArray();
        }

        return json;
    }

    /// <summary>An absent store is left to the rules, which refuse it.</summary>
    private static ArtifactStore Store(JsonObject json) =>
        json["artifactStore"] is JsonObject store
            ? new ArtifactStore(
                Text(store, "location"),
                store["encryptionKey"] is JsonObject key ? Text(key, "id") : null
            )
            : new ArtifactStore("", null);

    private static StageDeclaration Stage(JsonObject stage) =>
        new(Text(stage, "name"), [.. Objects(stage, "actions").Select(Action)]);

    private static ActionDeclaration Action(JsonObject action)
    {
        var type = action["actionTypeId"]!.AsObject();
        return new ActionDeclaration(
            Text(action, "name"),
            new ActionTypeId(
                Text(type, "category"),
                Text(type, "owner"),
                Text(type, "provider"),
                Text(type, "version")
            ),
            action["runOrder"]!.GetValue<int>(),
            action["configuration"]!
                .AsObject()
                .ToDictionary(one => one.Key, one => one.Value!.GetValue<string>(), StringComparer.Ordinal),
            [.. Objects(action, "inputArtifacts").Select(artifact => Text(artifact, "name"))],
            [.. Objects(action, "outputArtifacts").Select(artifact => Text(artifact, "name"))],
            Optional(action, "roleArn"),
            Optional(action, "region"),
            Optional(action, "namespace"),
            action["timeoutInMinutes"]?.GetValue<int>()
        );
    }

    private static IEnumerable<JsonObject> Objects(JsonObject parent, string name) =>
        parent[name]?.AsArray().OfType<JsonObject>() ?? [];

    private static string Text(JsonObject parent, string name) => parent[name]!.GetValue<string>();

    private static string? Optional(JsonObject parent, string name) => parent[name]?.GetValue<string>();
}
