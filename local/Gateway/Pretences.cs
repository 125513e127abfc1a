using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace Mlops.Local.Gateway;

/// <summary>
/// What goes wrong at AWS and never does in moto, for rehearsals: <c>POST /mlops-local/pretences</c> with
/// <c>{"endpointRollbacks": "ACCOUNT"}</c> lets the account's endpoints answer with the configuration that they had before
/// their last update, as if SageMaker had rolled it back; with <c>{"failedStack": "ARN"}</c> the stack is in
/// ROLLBACK_COMPLETE until it is deleted; with <c>{"unansweredApprovals": "PIPELINE"}</c> what waits for an approval now
/// ends as after all its minutes; with <c>{"pipelineQuota": "2000"}</c> an account may have so many pipelines, as AWS grants on
/// request. <c>DELETE</c> ends what lasts.
/// </summary>
internal sealed class Pretences(BufferedCall calls)
{
    private const string Path = "/mlops-local/pretences";
    private const string Configuration = "EndpointConfigName";

    private readonly ConcurrentDictionary<string, byte> rollingBack = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> failedStacks = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (string Now, string? Before)> configurations = new(
        StringComparer.Ordinal
    );

    /// <summary>Ends the approvals that wait in a pipeline; false where none does.</summary>
    public Func<string, bool> EndApprovals { get; set; } = static _ => false;

    /// <summary>Says how many pipelines an account may have in a region.</summary>
    public Action<int> RaiseQuota { get; set; } = static _ => { };

    /// <summary>Whether answers about stacks have to be looked at.</summary>
    public bool AnyFailedStack => !failedStacks.IsEmpty;

    public static bool IsSwitch(HttpRequest request) => request.Path == Path && RequestedService.Of(request) is null;

    public static bool IsEndpoint(HttpRequest request) =>
        request.Headers["X-Amz-Target"] == "SageMaker.DescribeEndpoint";

    /// <summary>Switches on and off.</summary>
    public async Task SwitchAsync(HttpContext context)
    {
        var request = context.Request;
        if (HttpMethods.IsDelete(request.Method))
        {
            rollingBack.Clear();
            failedStacks.Clear();
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        var wanted = HttpMethods.IsPost(request.Method) ? Parse(await BufferedCall.ReadAsync(request)) : null;
        var (account, stack) = ($"{wanted?["endpointRollbacks"]}", $"{wanted?["failedStack"]}");
        if (account.Length > 0)
        {
            rollingBack[account] = 0;
        }

        if (stack.Length > 0)
        {
            failedStacks[stack] = 0;
        }

        var ended = $"{wanted?["unansweredApprovals"]}" is { Length: > 0 } pipeline && EndApprovals(pipeline);
        var isRaised = int.TryParse($"{wanted?["pipelineQuota"]}", CultureInfo.InvariantCulture, out var quota);
        if (isRaised)
        {
            RaiseQuota(quota);
        }

        context.Response.StatusCode =
            ended || isRaised || account.Length + stack.Length > 0
                ? StatusCodes.Status204NoContent
                : StatusCodes.Status400BadRequest;
    }

    /// <summary>False when the answer about an endpoint has been sent.</summary>
    public async Task<bool> PassesAsync(HttpContext context)
    {
        var body = await BufferedCall.ReadAsync(context.Request);
        if (await calls.SendAsync(context, body) is not { Status: StatusCodes.Status200OK } answer)
        {
            return true;
        }

        if (
            Parse(System.Text.Encoding.UTF8.GetBytes(answer.Text)) is { } endpoint
            && $"{endpoint["EndpointArn"]}" is { Length: > 0 } arn
            && $"{endpoint[Configuration]}" is { Length: > 0 } now
        )
        {
            var known = configurations.AddOrUpdate(
                arn,
                (now, null),
                (_, last) => last.Now == now ? last : (now, last.Now)
            );
            if (known.Before is { } before && rollingBack.ContainsKey(arn.Split(':')[4]))
            {
                endpoint[Configuration] = before;
                answer = answer with { Text = endpoint.ToJsonString() };
            }
        }

        await answer.WriteAsync(context);
        return false;
    }

    /// <summary>An answer of DescribeStacks, with the status of stacks that are to have failed.</summary>
    public string Failed(string xml)
    {
        if (!failedStacks.Keys.Any(stack => xml.Contains(stack, StringComparison.Ordinal)))
        {
            return xml;
        }

        var answer = XDocument.Parse(xml, LoadOptions.PreserveWhitespace);
        foreach (
            var stack in answer
                .Descendants()
                .Where(one => one.Name.LocalName == "StackId" && failedStacks.ContainsKey(one.Value))
                .Select(one => one.Parent!)
        )
        {
            var status = stack.Elements().First(one => one.Name.LocalName == "StackStatus");
            status.Value = status.Value.StartsWith("DELETE", StringComparison.Ordinal)
                ? status.Value
                : "ROLLBACK_COMPLETE";
        }

        return answer.ToString(SaveOptions.DisableFormatting);
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
}
