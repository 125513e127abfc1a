using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Mlops.Local.Api;

/// <summary>What API Gateway looks at in a body before the function sees it.</summary>
internal static class RequestBody
{
    /// <summary>The content type without its parameters; JSON when the client says nothing.</summary>
    public static string MediaType(HttpRequest request)
    {
        var type = (request.ContentType ?? "").Split(';')[0].Trim();
        return type.Length == 0 ? "application/json" : type;
    }

    /// <summary>Null when the body is longer than <paramref name="limit"/> bytes.</summary>
    public static async Task<byte[]?> ReadAsync(HttpRequest request, int limit)
    {
        if (request.ContentLength > limit)
        {
            return null;
        }

        using var bytes = new MemoryStream();
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted)) > 0)
        {
            if (bytes.Length + read > limit)
            {
                return null;
            }

            bytes.Write(buffer, 0, read);
        }

        return bytes.ToArray();
    }

    /// <summary>Whether it is one whole JSON object, however deep; the reader does not recurse.</summary>
    public static bool IsObject(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = int.MaxValue });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            while (reader.Read())
            {
                // Reading it all is the check.
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
