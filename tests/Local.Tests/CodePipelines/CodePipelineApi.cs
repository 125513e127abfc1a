using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Mlops.Local.Tests.CodePipelines;

/// <summary>What came back: the status, and the body (an empty object where there is none).</summary>
internal sealed record Answer(int Status, JsonObject Body)
{
    public string? Error => Body["__type"]?.GetValue<string>();

    public string? Message => Body["message"]?.GetValue<string>();
}

/// <summary>Calls CodePipeline as every client does: JSON 1.1 over HTTP.</summary>
internal sealed class CodePipelineApi(Uri endpoint) : IDisposable
{
    private readonly HttpClient http = new();

    public async Task<Answer> SendAsync(string operation, string body, bool signed = true, string region = "us-east-1")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint);
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        request.Headers.Add("X-Amz-Target", $"CodePipeline_20150709.{operation}");
        if (signed)
        {
            request.Headers.TryAddWithoutValidation(
                "Authorization",
                $"AWS4-HMAC-SHA256 Credential=AKIATEST/20260101/{region}/codepipeline/aws4_request, SignedHeaders=host, Signature=0"
            );
        }

        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new Answer((int)response.StatusCode, text.Length == 0 ? [] : JsonNode.Parse(text)!.AsObject());
    }

    public Task<Answer> SendAsync(string operation, JsonObject body) => SendAsync(operation, body.ToJsonString());

    /// <summary>A call that must succeed.</summary>
    public async Task<JsonObject> CallAsync(string operation, JsonObject body)
    {
        var answer = await SendAsync(operation, body);
        Assert.That(answer.Status, Is.EqualTo(200), () => $"{operation}: {answer.Body}");
        return answer.Body;
    }

    public void Dispose() => http.Dispose();
}
