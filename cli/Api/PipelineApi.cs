using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Mlops.Cli.Local;
using Mlops.Provisioning.Api;

namespace Mlops.Cli.Api;

/// <summary>The API of the orchestrator, over HTTP.</summary>
/// <param name="http">Sends.</param>
/// <param name="address">With its stage, without a slash at the end.</param>
/// <param name="signer">Signs.</param>
/// <param name="unreachable">What to do when nobody answers there.</param>
public sealed class PipelineApi(HttpClient http, string address, IRequestSigner signer, string unreachable)
{
    /// <summary>The API that the options choose.</summary>
    /// <exception cref="ExpectedFailureException">They choose none.</exception>
    public static PipelineApi Of(GlobalSettings settings, CliServices services)
    {
        if (settings.Local)
        {
            var local = LocalSystem.Read(settings.InfoFile, services);
            return new PipelineApi(
                services.Http,
                local.Api.AbsoluteUri.TrimEnd('/'),
                new NoSigner(),
                $"It may have ended without a word. {LocalSystem.Remedy}"
            );
        }

        var (url, region) = ApiAddress.Of(settings, services);
        var credentials = new UsualCredentials(region, settings.Profile);
        return new PipelineApi(
            services.Http,
            url,
            new SigV4Signer(credentials.FindAsync, region, services.Clock),
            "Compare it with: pulumi stack output apiUrl"
        );
    }

    /// <summary>Sends a body and gives the body of the answer.</summary>
    /// <param name="route">Where to.</param>
    /// <param name="body">What.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="flags">The route's flags that are true.</param>
    /// <exception cref="ExpectedFailureException">No answer, or another one than success.</exception>
    public async Task<byte[]> SendAsync(
        ApiRoute route,
        byte[] body,
        CancellationToken cancellation,
        params IReadOnlyList<string> flags
    )
    {
        return await SendAsync(route.Method, route.Path + Query(flags), body, cancellation);
    }

    private static string Query(IReadOnlyList<string> flags) =>
        flags.Count == 0 ? "" : $"?{string.Join('&', flags.Select(flag => $"{flag}=true"))}";

    /// <summary>Calls a route with parameters in its path, and gives the body of the answer.</summary>
    /// <param name="route">Where to.</param>
    /// <param name="parameters">What stands in the path for the names in braces.</param>
    /// <param name="body">What; not sent where the route has none.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="flags">The route's flags that are true.</param>
    /// <exception cref="ExpectedFailureException">No answer, or another one than success.</exception>
    public Task<byte[]> CallAsync(
        ApiRoute route,
        IEnumerable<(string Name, string Value)> parameters,
        byte[] body,
        CancellationToken cancellation,
        params IReadOnlyList<string> flags
    )
    {
        var path = parameters.Aggregate(
            route.Path,
            (path, parameter) =>
                path.Replace($"{{{parameter.Name}}}", Uri.EscapeDataString(parameter.Value), StringComparison.Ordinal)
        );
        return SendAsync(route.Method, path + Query(flags), route.HasBody ? body : [], cancellation);
    }

    /// <summary>Asks a paged route, and gives the body of the answer.</summary>
    /// <param name="route">Which.</param>
    /// <param name="page"><c>next</c> of the page before; null for the first one.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="ExpectedFailureException">No answer, or another one than success.</exception>
    public Task<byte[]> PageAsync(ApiRoute route, string? page, CancellationToken cancellation) =>
        SendAsync(
            route.Method,
            page is null ? route.Path : $"{route.Path}?{ApiRoutes.Page}={Uri.EscapeDataString(page)}",
            [],
            cancellation
        );

    private async Task<byte[]> SendAsync(string method, string path, byte[] body, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), address + path)
        {
            // What stands before API Gateway refuses a GET that has a body.
            Content =
                body.Length == 0
                    ? null
                    : new ByteArrayContent(body)
                    {
                        Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
                    },
        };
        await signer.SignAsync(request, body, cancellation);

        try
        {
            using var answer = await http.SendAsync(request, cancellation);
            var content = await answer.Content.ReadAsByteArrayAsync(cancellation);
            return answer.IsSuccessStatusCode ? content : throw Refusal(answer.StatusCode, content);
        }
        catch (HttpRequestException problem)
        {
            throw new ExpectedFailureException($"{address} does not answer: {problem.Message}", unreachable, problem);
        }
        catch (TaskCanceledException problem) when (!cancellation.IsCancellationRequested)
        {
            throw new ExpectedFailureException(
                $"{address} did not answer within {http.Timeout.TotalSeconds:0} s.",
                "Sending the same again does no harm.",
                problem
            );
        }
    }

    private ExpectedFailureException Refusal(HttpStatusCode status, byte[] content)
    {
        var problem = Problem.Read(content);
        var said = problem switch
        {
            { Errors: [_, ..] } => ".",
            { DetailedMessage: { } text } => $": {text}",
            { Detail: { } text } => $": {text}",
            { Message: { } text } => $": {text}",
            _ => " and does not say why.",
        };
        return new ExpectedFailureException($"{address} answers {(int)status}{said}", RemedyOf(status, problem))
        {
            Status = (int)status,
            Findings = problem?.Findings() ?? [],
        };
    }

    private static string RemedyOf(HttpStatusCode status, Problem? problem) =>
        status switch
        {
            _ when problem?.Errors is [_, ..] => "Put right what is listed and send it again.",
            HttpStatusCode.Forbidden =>
                "Check the address and its stage, and that your policy allows execute-api:Invoke on this route; who you are is told by: aws sts get-caller-identity",
            HttpStatusCode.Unauthorized => "Check your credentials: aws sts get-caller-identity",
            HttpStatusCode.NotFound => "Check the name.",
            >= HttpStatusCode.InternalServerError =>
                "Sending the same again does no harm. If it stays, look into the log group of the orchestrator function.",
            _ => "Put it right and send it again.",
        };
}
