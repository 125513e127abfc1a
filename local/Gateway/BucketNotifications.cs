using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Xml;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace Mlops.Local.Gateway;

/// <summary>
/// Which buckets tell EventBridge of their objects. moto takes the setting and never gives it back, so what was set through
/// here is remembered, and put into the answers in which it is missing.
/// </summary>
internal sealed class BucketNotifications(S3Questions s3)
{
    private const string Query = "notification";
    private const string EventBridge = "EventBridgeConfiguration";

    private readonly ConcurrentDictionary<string, bool> known = new(StringComparer.Ordinal);

    /// <summary>Whether a request is about them.</summary>
    public static bool Is(HttpRequest request, S3Place place) =>
        place.Key.Length == 0 && request.Query.ContainsKey(Query);

    /// <summary>Has a request about them answered.</summary>
    public async Task HandleAsync(HttpContext context, string bucket, RequestDelegate forward)
    {
        if (HttpMethods.IsGet(context.Request.Method))
        {
            await AnswerAsync(context, bucket);
            return;
        }

        var body = HttpMethods.IsPut(context.Request.Method) ? await BufferedCall.ReadAsync(context.Request) : [];
        await forward(context);
        if (context.Response.StatusCode == StatusCodes.Status200OK && body.Length > 0)
        {
            known[bucket] = Names(System.Text.Encoding.UTF8.GetString(body));
        }
    }

    /// <summary>A bucket is made or removed: of a new one nothing is known.</summary>
    public void Forget(string bucket) => known.TryRemove(bucket, out _);

    /// <summary>Whether a bucket tells EventBridge, asked in the name of who sent a request.</summary>
    public async Task<bool> TellsAsync(HttpRequest by, string bucket)
    {
        if (!known.TryGetValue(bucket, out var tells))
        {
            using var answer = await s3.AskAsync(by, HttpMethod.Get, $"/{bucket}?{Query}");
            known[bucket] = tells = answer.IsSuccessStatusCode && Names(await answer.Content.ReadAsStringAsync());
        }

        return tells;
    }

    private async Task AnswerAsync(HttpContext context, string bucket)
    {
        using var answer = await s3.AskAsync(context.Request, HttpMethod.Get, $"/{bucket}?{Query}");
        var text = await answer.Content.ReadAsStringAsync(context.RequestAborted);
        if (answer.IsSuccessStatusCode && known.GetValueOrDefault(bucket) && !Names(text))
        {
            var document = XDocument.Parse(text);
            document.Root!.Add(new XElement(document.Root.Name.Namespace + EventBridge));
            text = document.ToString(SaveOptions.DisableFormatting);
        }

        context.Response.StatusCode = (int)answer.StatusCode;
        context.Response.ContentType = (
            answer.Content.Headers.ContentType ?? new MediaTypeHeaderValue("application/xml")
        ).ToString();
        await context.Response.WriteAsync(text, context.RequestAborted);
    }

    private static bool Names(string xml)
    {
        try
        {
            return XDocument.Parse(xml).Descendants().Any(one => one.Name.LocalName == EventBridge);
        }
        catch (XmlException)
        {
            return false;
        }
    }
}
