using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Mlops.Local.Events;

namespace Mlops.Local.Gateway;

/// <summary>
/// S3's events of objects that were made, for buckets that tell EventBridge (Amazon S3, "EventBridge event message
/// structure"). The local AWS stores the objects; this sees the requests that succeed, and asks it what they have made.
/// </summary>
/// <param name="s3">Is asked what was made.</param>
/// <param name="notifications">Which buckets tell.</param>
/// <param name="forward">Has a request answered.</param>
/// <param name="account">The account whose rules look at objects.</param>
/// <param name="region">Where all buckets are.</param>
/// <param name="clock">The time of the event.</param>
internal sealed class ObjectEvents(
    S3Questions s3,
    BucketNotifications notifications,
    RequestDelegate forward,
    string account,
    string region,
    TimeProvider clock
)
{
    /// <summary>Requests of these kinds are about something of an object or of an upload, not about an object.</summary>
    private static readonly string[] Parts =
    [
        "acl",
        "legal-hold",
        "partNumber",
        "restore",
        "retention",
        "select",
        "tagging",
        "torrent",
        "uploads",
    ];

    private volatile IEventBus? bus;

    /// <summary>From now on events go to <paramref name="events"/>; until then there is nobody to tell.</summary>
    public void TellTo(IEventBus events) => bus = events;

    /// <summary>Has a request to S3 answered, and tells what it has made.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var request = context.Request;
        var place = S3Place.Of(request);
        if (BucketNotifications.Is(request, place))
        {
            await notifications.HandleAsync(context, place.Bucket, forward);
            return;
        }

        var reason = place.Key.Length > 0 ? Reason(request) : null;
        await forward(context);
        if (place.Key.Length == 0 && request.Query.Count == 0 && !HttpMethods.IsGet(request.Method))
        {
            notifications.Forget(place.Bucket);
        }

        if (
            reason is not null
            && bus is { } events
            && context.Response.StatusCode == StatusCodes.Status200OK
            && await notifications.TellsAsync(request, place.Bucket)
        )
        {
            // Who put the object does not wait for what is done about it.
            await events.PublishAsync(await EventAsync(context, place, reason), CancellationToken.None);
        }
    }

    /// <summary>The operation that makes an object; null for all others.</summary>
    private static string? Reason(HttpRequest request)
    {
        var query = request.Query;
        if (Parts.Any(query.ContainsKey))
        {
            return null;
        }

        var isUpload = query.ContainsKey("uploadId");
        return HttpMethods.IsPost(request.Method) && isUpload ? "CompleteMultipartUpload"
            : !HttpMethods.IsPut(request.Method) || isUpload ? null
            : request.Headers.ContainsKey("x-amz-copy-source") ? "CopyObject"
            : "PutObject";
    }

    private async Task<JsonObject> EventAsync(HttpContext context, S3Place place, string reason)
    {
        // Of a bucket that keeps no versions there is none, or one that is called null.
        var id = context.Response.Headers["x-amz-version-id"].ToString();
        var version = id is "" or "null" ? null : id;
        using var made = await s3.AskAsync(
            context.Request,
            HttpMethod.Head,
            version is null ? place.ToPath() : $"{place.ToPath()}?versionId={Uri.EscapeDataString(version)}"
        );
        var now = clock.GetUtcNow();
        var stored = new JsonObject
        {
            ["key"] = place.Key,
            ["size"] = made.Content.Headers.ContentLength ?? 0,
            ["etag"] = made.Headers.ETag?.Tag.Trim('"'),
            ["sequencer"] = now.Ticks.ToString("X16", CultureInfo.InvariantCulture),
        };
        if (version is not null)
        {
            stored["version-id"] = version;
        }

        return new JsonObject
        {
            ["version"] = "0",
            ["id"] = Guid.NewGuid().ToString(),
            ["detail-type"] = "Object Created",
            ["source"] = "aws.s3",
            ["account"] = account,
            ["time"] = now.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["region"] = region,
            ["resources"] = new JsonArray($"arn:aws:s3:::{place.Bucket}"),
            ["detail"] = new JsonObject
            {
                ["version"] = "0",
                ["bucket"] = new JsonObject { ["name"] = place.Bucket },
                ["object"] = stored,
                ["request-id"] = context.TraceIdentifier,
                ["requester"] = account,
                ["source-ip-address"] = "127.0.0.1",
                ["reason"] = reason,
            },
        };
    }
}
