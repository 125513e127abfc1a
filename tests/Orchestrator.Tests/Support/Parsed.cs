using System.Text.Json.Nodes;
using Amazon.Lambda.APIGatewayEvents;

namespace Mlops.Orchestrator.Tests.Support;

/// <summary>An answer's body, as a client reads it.</summary>
internal static class Parsed
{
    public static JsonObject Json(this APIGatewayProxyResponse answer) => JsonNode.Parse(answer.Body)!.AsObject();

    public static string? Text(this APIGatewayProxyResponse answer, string member) => (string?)answer.Json()[member];

    public static IReadOnlyList<JsonObject> Errors(this APIGatewayProxyResponse answer) =>
        [.. answer.Json()["errors"]!.AsArray().Select(error => error!.AsObject())];
}
