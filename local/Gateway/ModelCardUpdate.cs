using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Mlops.Local.Gateway;

/// <summary>
/// moto forgets of a model card what an update does not repeat, and takes content and status in one call. SageMaker keeps
/// it, and refuses the two together. So the missing one is asked for and sent along.
/// </summary>
internal sealed class ModelCardUpdate(Uri aws, HttpMessageInvoker http)
{
    private const string Content = "Content";
    private const string Status = "ModelCardStatus";

    public static bool Is(HttpRequest request) => request.Headers["X-Amz-Target"] == "SageMaker.UpdateModelCard";

    /// <summary>True when the request, completed, can be passed on; else the refusal has been sent.</summary>
    public async Task<bool> CompleteAsync(HttpContext context)
    {
        using var sent = new MemoryStream();
        await context.Request.Body.CopyToAsync(sent, context.RequestAborted);
        if (Parse(sent.ToArray()) is not { } update)
        {
            Put(context, sent.ToArray());
            return true;
        }

        if (update.ContainsKey(Content) && update.ContainsKey(Status))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            context.Response.ContentType = "application/x-amz-json-1.1";
            await context.Response.WriteAsync(
                new JsonObject
                {
                    ["__type"] = "ValidationException",
                    ["message"] = "Content and status of a model card cannot be updated in a single call.",
                }.ToJsonString(),
                context.RequestAborted
            );
            return false;
        }

        if (await DescribeAsync(context, $"{update["ModelCardName"]}") is { } card)
        {
            update[Content] ??= card[Content]?.DeepClone();
            update[Status] ??= card[Status]?.DeepClone();
        }

        Put(context, Encoding.UTF8.GetBytes(update.ToJsonString()));
        return true;
    }

    private async Task<JsonObject?> DescribeAsync(HttpContext context, string name)
    {
        using var question = new HttpRequestMessage(HttpMethod.Post, aws);
        question.Headers.TryAddWithoutValidation("Authorization", context.Request.Headers.Authorization.ToString());
        question.Headers.Add("X-Amz-Target", "SageMaker.DescribeModelCard");
        question.Content = new StringContent(
            new JsonObject { ["ModelCardName"] = name }.ToJsonString(),
            Encoding.UTF8,
            "application/x-amz-json-1.1"
        );
        try
        {
            using var answer = await http.SendAsync(question, context.RequestAborted);
            return answer.IsSuccessStatusCode
                ? Parse(await answer.Content.ReadAsByteArrayAsync(context.RequestAborted))
                : null;
        }
        catch (HttpRequestException)
        {
            // Forwarding finds the same and says so.
            return null;
        }
    }

    private static JsonObject? Parse(byte[] json)
    {
        try
        {
            return JsonNode.Parse(json) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Put(HttpContext context, byte[] body)
    {
        context.Request.Body = new MemoryStream(body, writable: false);
        context.Request.ContentLength = body.Length;
    }
}
