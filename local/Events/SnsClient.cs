using System.Net;
using System.Xml.Linq;
using Mlops.Local.Hosting;

namespace Mlops.Local.Events;

/// <summary>The three SNS calls that local makes, by the query API. The signature is a placeholder: local services read only whose it is.</summary>
internal sealed class SnsClient(Uri awsEndpoint) : IDisposable
{
    private static readonly XNamespace Xml = "http://sns.amazonaws.com/doc/2010-03-31/";

    private readonly HttpClient http = LoopbackHttp.Client();

    public Task PublishAsync(string topicArn, string message, CancellationToken cancellationToken) =>
        CallAsync(
            topicArn,
            new()
            {
                ["Action"] = "Publish",
                ["TopicArn"] = topicArn,
                ["Message"] = message,
            },
            cancellationToken
        );

    /// <summary>The subscription's ARN, or a text that is none while it waits to be confirmed.</summary>
    public async Task<string> SubscribeAsync(string topicArn, Uri endpoint, CancellationToken cancellationToken)
    {
        var answer = await CallAsync(
            topicArn,
            new()
            {
                ["Action"] = "Subscribe",
                ["TopicArn"] = topicArn,
                ["Protocol"] = endpoint.Scheme,
                ["Endpoint"] = endpoint.ToString(),
                ["ReturnSubscriptionArn"] = "true",
            },
            cancellationToken
        );
        return answer.Descendants(Xml + "SubscriptionArn").First().Value;
    }

    public Task ConfirmAsync(string topicArn, string token, CancellationToken cancellationToken) =>
        CallAsync(
            topicArn,
            new()
            {
                ["Action"] = "ConfirmSubscription",
                ["TopicArn"] = topicArn,
                ["Token"] = token,
            },
            cancellationToken
        );

    public void Dispose() => http.Dispose();

    private async Task<XDocument> CallAsync(
        string topicArn,
        Dictionary<string, string> call,
        CancellationToken cancellationToken
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, awsEndpoint);
        request.Content = new FormUrlEncodedContent(call.Append(new("Version", "2010-03-31")));
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            $"AWS4-HMAC-SHA256 Credential=testing/20000101/{topicArn.Split(':')[3]}/sns/aws4_request, SignedHeaders=host, Signature=local"
        );

        using var answer = await http.SendAsync(request, cancellationToken);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        return answer.StatusCode == HttpStatusCode.OK
            ? XDocument.Parse(text)
            : throw new HttpRequestException(
                $"SNS refused {call["Action"]} on {topicArn} with {(int)answer.StatusCode}: {text}"
            );
    }
}
