using System.Text;
using System.Xml;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Mlops.Local.Gateway;

/// <summary>
/// moto finds a change set by its name alone, of whatever stack. CloudFormation looks for it in the stack that is named:
/// so the ARN of that one is put in place of the name.
/// </summary>
internal sealed class StackQueries(BufferedCall calls, Pretences pretences)
{
    private const string Version = "2010-05-15";

    public static bool Is(HttpRequest request) =>
        RequestedService.Of(request) == "cloudformation"
        && HttpMethods.IsPost(request.Method)
        && request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.Ordinal) is true;

    /// <summary>True when the request, perhaps changed, can be passed on; else its answer has been sent.</summary>
    public async Task<bool> PassesAsync(HttpContext context)
    {
        var body = await BufferedCall.ReadAsync(context.Request);
        var form = QueryHelpers
            .ParseQuery(Encoding.UTF8.GetString(body))
            .ToDictionary(one => one.Key, one => one.Value.ToString(), StringComparer.Ordinal);
        switch (form.GetValueOrDefault("Action"))
        {
            case "DescribeChangeSet" when IsByName(form):
                return await FindAsync(context, form);
            case "DescribeStacks" when pretences.AnyFailedStack && await calls.SendAsync(context, body) is { } answer:
                await (answer with { Text = pretences.Failed(answer.Text) }).WriteAsync(context);
                return false;
            default:
                return true;
        }
    }

    private static bool IsByName(Dictionary<string, string> form) =>
        form.ContainsKey("StackName")
        && form.GetValueOrDefault("ChangeSetName")?.StartsWith("arn:", StringComparison.Ordinal) is false;

    private async Task<bool> FindAsync(HttpContext context, Dictionary<string, string> form)
    {
        var stack =
            form["StackName"] is var given && given.StartsWith("arn:", StringComparison.Ordinal)
                ? given.Split('/')[1]
                : given;
        var question = Encoded([new("Action", "ListChangeSets"), new("Version", Version), new("StackName", stack)]);
        if (await calls.SendAsync(context, question) is not { Status: StatusCodes.Status200OK } answer)
        {
            return true;
        }

        var id = Summaries(answer.Text)
            .LastOrDefault(one =>
                Value(one, "StackName") == stack && Value(one, "ChangeSetName") == form["ChangeSetName"]
            );
        if (id is null)
        {
            await RefuseAsync(context, form["ChangeSetName"]);
            return false;
        }

        form["ChangeSetName"] = Value(id, "ChangeSetId")!;
        BufferedCall.Put(context.Request, Encoded(form));
        return true;
    }

    private static IEnumerable<XElement> Summaries(string xml)
    {
        try
        {
            return XDocument
                .Parse(xml)
                .Descendants()
                .Where(element => element.Name.LocalName == "Summaries")
                .Elements();
        }
        catch (XmlException)
        {
            return [];
        }
    }

    private static string? Value(XElement element, string name) =>
        element.Elements().FirstOrDefault(child => child.Name.LocalName == name)?.Value;

    private static byte[] Encoded(IEnumerable<KeyValuePair<string, string>> form) =>
        Encoding.UTF8.GetBytes(
            string.Join('&', form.Select(one => $"{Uri.EscapeDataString(one.Key)}={Uri.EscapeDataString(one.Value)}"))
        );

    private static Task RefuseAsync(HttpContext context, string name)
    {
        var error = new XElement(
            "ErrorResponse",
            new XElement(
                "Error",
                new XElement("Type", "Sender"),
                new XElement("Code", "ChangeSetNotFound"),
                new XElement("Message", $"ChangeSet [{name}] does not exist")
            ),
            new XElement("RequestId", Guid.NewGuid().ToString())
        );
        return new BufferedAnswer(StatusCodes.Status404NotFound, "text/xml", error.ToString()).WriteAsync(context);
    }
}
