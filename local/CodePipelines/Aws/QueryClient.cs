using System.Globalization;
using System.Net.Http.Headers;
using System.Xml;
using System.Xml.Linq;
using Amazon.SecurityToken.Model;

namespace Mlops.Local.CodePipelines.Aws;

/// <summary>
/// AWS's query protocol: a form in, XML out. The Authorization header has the shape of Signature Version 4, so that
/// the service and the account are found from it; the signature is not a real one, which a local AWS does not check.
/// </summary>
internal sealed class QueryClient(
    HttpClient http,
    Uri endpoint,
    string service,
    string version,
    Credentials credentials,
    string region
)
{
    /// <summary>The whole answer. Elements are looked up by local name: namespaces differ by service and carry nothing.</summary>
    /// <exception cref="AwsCallException">The service refused.</exception>
    public async Task<XElement> CallAsync(
        string action,
        IEnumerable<KeyValuePair<string, string>> members,
        CancellationToken cancellationToken
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint);
        request.Content = new FormUrlEncodedContent([new("Action", action), new("Version", version), .. members]);
        var date = string.Create(CultureInfo.InvariantCulture, $"{credentials.Expiration:yyyyMMdd}");
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "AWS4-HMAC-SHA256",
            $"Credential={credentials.AccessKeyId}/{date}/{region}/{service}/aws4_request, SignedHeaders=host, Signature=local"
        );
        request.Headers.Add("X-Amz-Security-Token", credentials.SessionToken);
        request.Headers.Host = $"{service}.{region}.amazonaws.com";

        using var response = await http.SendAsync(request, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        var answer = Parse(text);
        if (response.IsSuccessStatusCode && answer is not null)
        {
            return answer;
        }

        var error = answer?.Descendants().FirstOrDefault(element => element.Name.LocalName == "Error") ?? answer;
        throw new AwsCallException(
            error?.Child("Code")?.Value ?? $"HTTP {(int)response.StatusCode}",
            error?.Child("Message")?.Value ?? $"{service} did not answer {action}: {Start(text)}"
        );
    }

    private static XElement? Parse(string text)
    {
        try
        {
            return XDocument.Parse(text).Root;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static string Start(string text) => text.Length > 300 ? text[..300] : text;
}

/// <summary>Reading query answers by local name.</summary>
internal static class QueryAnswers
{
    public static XElement? Child(this XElement element, string name) =>
        element.Elements().FirstOrDefault(child => child.Name.LocalName == name);

    /// <summary>The members of a list: its children, whatever they are called.</summary>
    public static IEnumerable<XElement> Members(this XElement answer, string list) =>
        answer.Descendants().FirstOrDefault(element => element.Name.LocalName == list)?.Elements() ?? [];
}
