using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Mlops.Local.Gateway;

/// <summary>moto answers an inference for any endpoint name. SageMaker does not: this asks first whether the caller has such an endpoint in service.</summary>
internal sealed class EndpointCheck(Uri aws, HttpMessageInvoker http)
{
    /// <summary>The endpoint that a request of SageMaker's runtime is for; null for any other request.</summary>
    public static string? EndpointOf(HttpRequest request) =>
        request.Path.Value?.Split('/')
            is ["", "endpoints", var name, "invocations" or "async-invocations" or "invocations-response-stream"]
        && RequestedService.Of(request) == "sagemaker"
            ? name
            : null;

    /// <summary>True when SageMaker would have passed the request on; else the refusal has been sent.</summary>
    public async Task<bool> PassesAsync(HttpContext context, string endpoint)
    {
        using var question = new HttpRequestMessage(HttpMethod.Post, aws);
        question.Headers.TryAddWithoutValidation("Authorization", context.Request.Headers.Authorization.ToString());
        question.Headers.Add("X-Amz-Target", "SageMaker.DescribeEndpoint");
        question.Content = new StringContent(
            new JsonObject { ["EndpointName"] = endpoint }.ToJsonString(),
            Encoding.UTF8,
            "application/x-amz-json-1.1"
        );

        string text;
        try
        {
            using var answer = await http.SendAsync(question, context.RequestAborted);
            text = await answer.Content.ReadAsStringAsync(context.RequestAborted);
        }
        catch (HttpRequestException)
        {
            // Forwarding finds the same and says so.
            return true;
        }

        switch ((string?)JsonNode.Parse(text)?["EndpointStatus"])
        {
            case "InService" or "Updating" or "SystemUpdating" or "RollingBack":
                return true;
            case null:
                await RefuseAsync(context, $"Endpoint {endpoint} not found.");
                return false;
            case var status:
                await RefuseAsync(context, $"Endpoint {endpoint} is {status}, so it cannot be invoked.");
                return false;
        }
    }

    private static Task RefuseAsync(HttpContext context, string message)
    {
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        context.Response.ContentType = "application/json";
        context.Response.Headers["x-amzn-ErrorType"] = "ValidationError";
        return context.Response.WriteAsync(
            new JsonObject { ["Message"] = message }.ToJsonString(),
            context.RequestAborted
        );
    }
}
