using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;

namespace Mlops.Local.Gateway;

/// <summary>An answer of moto's that was read to its end.</summary>
internal sealed record BufferedAnswer(int Status, string? ContentType, string Text)
{
    public async Task WriteAsync(HttpContext context)
    {
        context.Response.StatusCode = Status;
        context.Response.ContentType = ContentType;
        await context.Response.WriteAsync(Text, context.RequestAborted);
    }
}

/// <summary>Calls of moto in a caller's name, for requests that are changed on their way or whose answers are.</summary>
internal sealed class BufferedCall(Uri aws, HttpMessageInvoker http)
{
    /// <summary>The whole body; the request can be passed on afterwards.</summary>
    public static async Task<byte[]> ReadAsync(HttpRequest request)
    {
        using var sent = new MemoryStream();
        await request.Body.CopyToAsync(sent, request.HttpContext.RequestAborted);
        var body = sent.ToArray();
        Put(request, body);
        return body;
    }

    /// <summary>Gives a request another body.</summary>
    public static void Put(HttpRequest request, byte[] body)
    {
        request.Body = new MemoryStream(body, writable: false);
        request.ContentLength = body.Length;
    }

    /// <summary>Sends a body as the caller of <paramref name="context"/>.</summary>
    /// <returns>Null when moto is not there: forwarding finds the same and says so.</returns>
    public async Task<BufferedAnswer?> SendAsync(HttpContext context, byte[] body)
    {
        var request = context.Request;
        using var question = new HttpRequestMessage(HttpMethod.Post, aws) { Content = new ByteArrayContent(body) };
        foreach (var name in new[] { "Authorization", "X-Amz-Security-Token", "X-Amz-Target", "X-Amz-Date" })
        {
            if (request.Headers.TryGetValue(name, out var value))
            {
                question.Headers.TryAddWithoutValidation(name, value.ToString());
            }
        }

        if (MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
        {
            question.Content.Headers.ContentType = type;
        }

        try
        {
            using var answer = await http.SendAsync(question, context.RequestAborted);
            return new BufferedAnswer(
                (int)answer.StatusCode,
                answer.Content.Headers.ContentType?.ToString(),
                await answer.Content.ReadAsStringAsync(context.RequestAborted)
            );
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
