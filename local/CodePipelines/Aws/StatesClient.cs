using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Amazon.SecurityToken.Model;

namespace Mlops.Local.CodePipelines.Aws;

/// <summary>Step Functions, by its JSON protocol; the signature has the shape of a real one, which a local AWS does not check.</summary>
internal sealed class StatesClient(HttpClient http, Uri endpoint, Credentials credentials, string region)
{
    /// <exception cref="AwsCallException">The service refused.</exception>
    public async Task<JsonObject> CallAsync(string operation, JsonObject body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint);
        request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.0");
        var date = string.Create(CultureInfo.InvariantCulture, $"{credentials.Expiration:yyyyMMdd}");
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "AWS4-HMAC-SHA256",
            $"Credential={credentials.AccessKeyId}/{date}/{region}/states/aws4_request, SignedHeaders=host, Signature=local"
        );
        request.Headers.Add("X-Amz-Security-Token", credentials.SessionToken);
        request.Headers.Add("X-Amz-Target", $"AWSStepFunctions.{operation}");

        using var response = await http.SendAsync(request, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        var answer = text.TrimStart().StartsWith('{') ? JsonNode.Parse(text)!.AsObject() : [];
        return response.IsSuccessStatusCode
            ? answer
            : throw new AwsCallException(
                $"{answer["__type"] ?? "InternalFailure"}".Split('#')[^1],
                (string?)(answer["message"] ?? answer["Message"]) ?? $"Step Functions did not answer {operation}"
            );
    }
}
