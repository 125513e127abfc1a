using System.Text.Json;
using System.Text.Json.Nodes;
using Mlops.Infra.Api;
using Mlops.Provisioning.Api;

namespace Mlops.Infra.Tests.Api;

public sealed class OpenApiBodyTests
{
    private static readonly JsonObject Body = OpenApiBody.Of("mlops-dev-api", ApiRoutes.All, "arn:invoke");

    [Test]
    public void Every_route_of_the_table_is_there_and_no_other()
    {
        var declared = Body["paths"]!
            .AsObject()
            .SelectMany(path =>
                path.Value!.AsObject().Select(operation => $"{operation.Key.ToUpperInvariant()} {path.Key}")
            );

        Assert.That(declared, Is.EquivalentTo(ApiRoutes.All.Select(route => $"{route.Method} {route.Path}")));
    }

    [Test]
    public void Every_operation_is_signed_and_goes_to_the_Orchestrator()
    {
        foreach (var (path, operation) in Operations())
        {
            Assert.That(operation["security"]![0]!.AsObject().ContainsKey("sigv4"), path);
            Assert.That((string?)operation["x-amazon-apigateway-integration"]!["type"], Is.EqualTo("aws_proxy"), path);
            Assert.That((string?)operation["x-amazon-apigateway-integration"]!["uri"], Is.EqualTo("arn:invoke"), path);
            Assert.That((string?)operation["x-amazon-apigateway-request-validator"], Is.EqualTo("body"), path);
        }

        var scheme = Body["components"]!["securitySchemes"]!["sigv4"]!;
        Assert.That((string?)scheme["x-amazon-apigateway-authtype"], Is.EqualTo("awsSigv4"));
    }

    [Test]
    public void The_gateway_lets_only_JSON_objects_through()
    {
        var schema = Body["components"]!["schemas"]!["Request"]!;

        Assert.That(schema.ToJsonString(), Is.EqualTo("""{"type":"object"}"""));
        foreach (
            var (path, operation) in Operations().Where(operation => operation.Operation.ContainsKey("requestBody"))
        )
        {
            var body = operation["requestBody"]!["content"]!["application/json"]!["schema"]!;
            Assert.That((string?)body["$ref"], Is.EqualTo("#/components/schemas/Request"), path);
        }
    }

    [Test]
    public void Path_parameters_are_declared()
    {
        ApiRoute[] routes = [new("GET", "/pipelines/{name}/stages/{stage}", "look", "Look")];
        var parameters = OpenApiBody.Of("api", routes, "uri")["paths"]![routes[0].Path]!["get"]![
            "parameters"
        ]!.AsArray();

        Assert.That(parameters.Select(parameter => (string?)parameter!["name"]), Is.EqualTo(["name", "stage"]));
    }

    [Test]
    public void Flags_are_parameters_of_the_query_that_nobody_has_to_give()
    {
        var parameters = Body["paths"]!["/provisionpipeline"]!["post"]!["parameters"]!.AsArray();

        Assert.That(
            parameters.Select(parameter =>
                $"{parameter!["in"]} {parameter["name"]} {parameter["schema"]!["type"]} {parameter["required"]}"
            ),
            Is.EqualTo(["query force boolean false", "query replaceWaiting boolean false"])
        );
    }

    [Test]
    public void The_gateways_own_refusals_are_problem_details_with_the_predecessors_members()
    {
        foreach (var (kind, refusal) in Body["x-amazon-apigateway-gateway-responses"]!.AsObject())
        {
            var template = (string)refusal!["responseTemplates"]!["application/json"]!;
            var answer = JsonNode.Parse(
                template
                    .Replace("$context.error.messageString", "\"why\"", StringComparison.Ordinal)
                    .Replace("$context.error.validationErrorString", "why", StringComparison.Ordinal)
            )!;

            Assert.That((string?)answer["message"], Is.Not.Empty, kind);
            Assert.That((string?)answer["detailedMessage"], Is.EqualTo("why"), kind);
            Assert.That(answer["errors"]!.GetValueKind(), Is.EqualTo(JsonValueKind.Array), kind);
            Assert.That(
                (string?)refusal["responseParameters"]!["gatewayresponse.header.Content-Type"],
                Is.EqualTo("'application/problem+json'"),
                kind
            );
        }
    }

    [Test]
    public void Another_route_makes_another_deployment_and_the_same_routes_the_same()
    {
        var more = OpenApiBody.Of(
            "mlops-dev-api",
            [.. ApiRoutes.All, new("GET", "/plan", "plan", "Plan")],
            "arn:invoke"
        );
        var same = OpenApiBody.Of("mlops-dev-api", ApiRoutes.All, "arn:invoke");

        Assert.That(OpenApiBody.Fingerprint(more), Is.Not.EqualTo(OpenApiBody.Fingerprint(Body)));
        Assert.That(OpenApiBody.Fingerprint(same), Is.EqualTo(OpenApiBody.Fingerprint(Body)));
    }

    private static IEnumerable<(string Path, JsonObject Operation)> Operations() =>
        Body["paths"]!
            .AsObject()
            .SelectMany(path => path.Value!.AsObject().Select(operation => (path.Key, operation.Value!.AsObject())));
}
