using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Mlops.Local.Stacks.Wire;

/// <summary>
/// AWS's three wire protocols against a local endpoint, for the handful of calls that creation and reading back need.
/// The credential scope says service and account; the signature itself is not computed, because no local AWS checks it.
/// </summary>
public sealed class LocalAws(HttpClient http, Uri endpoint, TimeProvider clock)
{
    /// <summary>Where every call goes.</summary>
    public Uri Endpoint => endpoint;

    /// <summary>A call of the query protocol (IAM, SNS, STS, CloudFormation); the answer without its namespaces.</summary>
    /// <exception cref="AwsCallException">The service refused.</exception>
    public async Task<XElement> QueryAsync(
        AwsAccount account,
        string service,
        string version,
        string action,
        IEnumerable<(string Key, string Value)> parameters,
        CancellationToken cancellationToken
    )
    {
        var form = parameters
            .Select(parameter => KeyValuePair.Create(parameter.Key, parameter.Value))
            .Append(KeyValuePair.Create("Action", action))
            .Append(KeyValuePair.Create("Version", version));
        using var content = new FormUrlEncodedContent(form);
        var answer = await SendAsync(account, service, action, HttpMethod.Post, "/", content, null, cancellationToken);
        return WithoutNamespaces(XElement.Parse(answer));
    }

    /// <summary>A call of the JSON 1.1 protocol (KMS, ECR, Logs, EventBridge).</summary>
    /// <param name="account">Whose resources.</param>
    /// <param name="service">The signing name, for example <c>kms</c>.</param>
    /// <param name="target">The whole <c>X-Amz-Target</c>, for example <c>TrentService.DescribeKey</c>.</param>
    /// <param name="body">The request.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="AwsCallException">The service refused.</exception>
    public async Task<JsonObject> JsonAsync(
        AwsAccount account,
        string service,
        string target,
        JsonObject body,
        CancellationToken cancellationToken
    )
    {
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        var operation = target[(target.IndexOf('.', StringComparison.Ordinal) + 1)..];
        var answer = await SendAsync(
            account,
            service,
            operation,
            HttpMethod.Post,
            "/",
            content,
            target,
            cancellationToken
        );
        return answer.Length == 0 ? [] : JsonNode.Parse(answer) as JsonObject ?? [];
    }

    /// <summary>A call of a REST-JSON protocol (Lambda, API Gateway); <paramref name="path"/> is already escaped.</summary>
    /// <exception cref="AwsCallException">The service refused.</exception>
    public async Task<JsonObject> RestAsync(
        AwsAccount account,
        string service,
        HttpMethod method,
        string path,
        JsonNode? body,
        CancellationToken cancellationToken
    )
    {
        using var content = body is null
            ? null
            : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        var call = $"{method} {path}";
        var answer = await SendAsync(account, service, call, method, path, content, null, cancellationToken);
        return answer.Length == 0 ? [] : JsonNode.Parse(answer) as JsonObject ?? [];
    }

    private async Task<string> SendAsync(
        AwsAccount account,
        string service,
        string operation,
        HttpMethod method,
        string path,
        HttpContent? content,
        string? target,
        CancellationToken cancellationToken
    )
    {
        using var request = new HttpRequestMessage(method, new Uri(endpoint, path)) { Content = content };
        var now = clock.GetUtcNow();
        var day = now.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            $"AWS4-HMAC-SHA256 Credential={account.AccessKeyId}/{day}/{account.Region}/{service}/aws4_request, SignedHeaders=host;x-amz-date, Signature=local"
        );
        request.Headers.Add("X-Amz-Date", now.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture));
        if (account.SessionToken is not null)
        {
            request.Headers.Add("X-Amz-Security-Token", account.SessionToken);
        }

        if (target is not null)
        {
            request.Headers.Add("X-Amz-Target", target);
        }

        using var response = await http.SendAsync(request, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        return response.IsSuccessStatusCode ? text : throw Refusal($"{service}:{operation}", response, text);
    }

    private static AwsCallException Refusal(string call, HttpResponseMessage response, string text)
    {
        var trimmed = text.TrimStart();
        if (trimmed.StartsWith('{'))
        {
            var error = JsonNode.Parse(trimmed)!.AsObject();
            var type = (string?)error["__type"] ?? (string?)error["code"] ?? Header(response, "x-amzn-ErrorType");
            var message = (string?)error["message"] ?? (string?)error["Message"] ?? "";
            return new AwsCallException(call, response.StatusCode, type?.Split('#')[^1] ?? "", message);
        }

        if (
            trimmed.StartsWith("<?xml", StringComparison.Ordinal)
            || trimmed.StartsWith("<Error", StringComparison.Ordinal)
        )
        {
            var error = WithoutNamespaces(XElement.Parse(trimmed)).DescendantsAndSelf("Error").FirstOrDefault();
            return new AwsCallException(
                call,
                response.StatusCode,
                error?.Element("Code")?.Value ?? "",
                error?.Element("Message")?.Value ?? ""
            );
        }

        return new AwsCallException(
            call,
            response.StatusCode,
            "",
            "the local AWS does not implement this call, or failed in it"
        );
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.First() : null;

    private static XElement WithoutNamespaces(XElement element) =>
        new(element.Name.LocalName, element.HasElements ? element.Elements().Select(WithoutNamespaces) : element.Value);
}
