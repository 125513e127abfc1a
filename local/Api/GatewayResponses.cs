using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Mlops.Local.Processes;

namespace Mlops.Local.Api;

/// <summary>The reasons for which API Gateway answers in the function's place.</summary>
internal sealed record Refusal(string Type, int Status, string Message)
{
    public static readonly Refusal UnknownRoute = new(
        "MISSING_AUTHENTICATION_TOKEN",
        403,
        "Missing Authentication Token"
    );
    public static readonly Refusal UnknownStage = new("ACCESS_DENIED", 403, "Forbidden");
    public static readonly Refusal BadBody = new("BAD_REQUEST_BODY", 400, "Invalid request body");
    public static readonly Refusal TooLarge = new("REQUEST_TOO_LARGE", 413, "Request Entity Too Large");
    public static readonly Refusal BadAnswer = new("API_CONFIGURATION_ERROR", 502, "Internal server error");
    public static readonly Refusal NoAnswer = new("INTEGRATION_TIMEOUT", 504, "Endpoint request timed out");
}

/// <summary>An answer of the gateway's own, ready to be sent.</summary>
internal sealed record GatewayAnswer(int Status, IReadOnlyDictionary<string, string> Headers, string Body);

/// <summary>The declared gateway responses (<c>x-amazon-apigateway-gateway-responses</c>), with API Gateway's own where none is declared.</summary>
/// <remarks>https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html</remarks>
internal sealed partial class GatewayResponses
{
    private const string HeaderPrefix = "gatewayresponse.header.";

    private static readonly string[] Variables =
    [
        "context.error.message",
        "context.error.messageString",
        "context.error.responseType",
        "context.error.validationErrorString",
        "context.requestId",
        "context.extendedRequestId",
        "context.apiId",
        "context.accountId",
        "context.httpMethod",
        "context.path",
        "context.resourcePath",
        "context.stage",
    ];

    private readonly Dictionary<string, JsonObject> declared;

    private GatewayResponses(Dictionary<string, JsonObject> declared) => this.declared = declared;

    /// <exception cref="StartFailedException">A template uses a variable that local does not know, or a header is not a literal.</exception>
    public static GatewayResponses Parse(JsonObject? declaration)
    {
        var responses = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var (type, response) in declaration ?? [])
        {
            responses[type] = response!.AsObject();
            foreach (var (_, template) in response["responseTemplates"] as JsonObject ?? [])
            {
                var unknown = Variable()
                    .Matches((string)template!)
                    .Select(NameOf)
                    .FirstOrDefault(name => !Variables.Contains(name));
                if (unknown is not null)
                {
                    throw new StartFailedException(
                        $"Gateway response {type} uses ${unknown}, which local does not know."
                    );
                }
            }

            foreach (var (target, value) in response["responseParameters"] as JsonObject ?? [])
            {
                if (
                    !target.StartsWith(HeaderPrefix, StringComparison.Ordinal) || (string?)value is not ['\'', .., '\'']
                )
                {
                    throw new StartFailedException(
                        $"Gateway response {type} maps {target}={value}; local maps headers from quoted literals."
                    );
                }
            }
        }

        return new GatewayResponses(responses);
    }

    /// <summary>The answer for a refusal: the declared one, else the declared default of its class, else API Gateway's.</summary>
    public GatewayAnswer Answer(Refusal refusal, IReadOnlyDictionary<string, string> context)
    {
        var response =
            declared.GetValueOrDefault(refusal.Type)
            ?? declared.GetValueOrDefault(refusal.Status < 500 ? "DEFAULT_4XX" : "DEFAULT_5XX");
        var values = new Dictionary<string, string>(context)
        {
            ["context.error.message"] = refusal.Message,
            ["context.error.messageString"] = JsonSerializer.Serialize(refusal.Message),
            ["context.error.responseType"] = refusal.Type,
        };

        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Content-Type"] = "application/json",
            ["x-amzn-ErrorType"] = refusal.Type,
        };
        foreach (var (target, value) in response?["responseParameters"] as JsonObject ?? [])
        {
            headers[target[HeaderPrefix.Length..]] = ((string)value!)[1..^1];
        }

        var template =
            (string?)(response?["responseTemplates"] as JsonObject)?["application/json"]
            ?? """{"message":$context.error.messageString}""";
        return new GatewayAnswer(Status(response?["statusCode"]) ?? refusal.Status, headers, Fill(template, values));
    }

    private static int? Status(JsonNode? declaredStatus) =>
        declaredStatus is null ? null : int.Parse(declaredStatus.ToString(), CultureInfo.InvariantCulture);

    private static string Fill(string template, Dictionary<string, string> values)
    {
        var filled = new StringBuilder();
        var done = 0;
        foreach (Match match in Variable().Matches(template))
        {
            filled.Append(template, done, match.Index - done).Append(values.GetValueOrDefault(NameOf(match), ""));
            done = match.Index + match.Length;
        }

        return filled.Append(template, done, template.Length - done).ToString();
    }

    private static string NameOf(Match match) => match.Groups["name"].Value;

    [GeneratedRegex(
        @"\$(?<open>\{)?(?<name>(context|stageVariables)(\.[A-Za-z]+)+)(?(open)\})",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Variable();
}
