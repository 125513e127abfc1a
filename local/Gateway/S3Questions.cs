using Microsoft.AspNetCore.Http;

namespace Mlops.Local.Gateway;

/// <summary>What a request to S3 is about.</summary>
/// <param name="Bucket">Empty where it is about none.</param>
/// <param name="Key">Empty where it is about the bucket.</param>
internal readonly record struct S3Place(string Bucket, string Key)
{
    private const string VirtualHost = ".localhost";

    public static S3Place Of(HttpRequest request)
    {
        var path = (request.Path.Value ?? "").TrimStart('/');
        if (request.Host.Host.EndsWith(VirtualHost, StringComparison.OrdinalIgnoreCase))
        {
            return new S3Place(request.Host.Host[..^VirtualHost.Length], path);
        }

        var end = path.IndexOf('/', StringComparison.Ordinal);
        return end < 0 ? new S3Place(path, "") : new S3Place(path[..end], path[(end + 1)..]);
    }

    /// <summary>The path of a request about it.</summary>
    public string ToPath() => $"/{Bucket}/{string.Join('/', Key.Split('/').Select(Uri.EscapeDataString))}";
}

/// <summary>Questions to S3 in the name of who sent a request.</summary>
internal sealed class S3Questions(Uri aws) : IDisposable
{
    private readonly HttpClient http = Hosting.LoopbackHttp.Client();

    public async Task<HttpResponseMessage> AskAsync(HttpRequest by, HttpMethod method, string pathAndQuery)
    {
        using var question = new HttpRequestMessage(method, new Uri(aws, pathAndQuery));
        foreach (var name in (string[])["Authorization", "X-Amz-Security-Token"])
        {
            if (by.Headers.TryGetValue(name, out var value))
            {
                question.Headers.TryAddWithoutValidation(name, value.ToString());
            }
        }

        return await http.SendAsync(question);
    }

    public void Dispose() => http.Dispose();
}
