using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Mlops.Local.Git;

/// <summary>
/// What the repositories on this machine say of a commit, as AWS CodeCommit's GetCommit does (JSON 1.1, 2015-04-13). All
/// else is for others.
/// </summary>
internal sealed class CodeCommitApi(IReadOnlyDictionary<string, GitRepository> repositories, RequestDelegate others)
{
    private const string Target = "CodeCommit_20150413.GetCommit";

    public async Task HandleAsync(HttpContext context)
    {
        if (context.Request.Headers["X-Amz-Target"] != Target)
        {
            await others(context);
            return;
        }

        context.Response.ContentType = "application/x-amz-json-1.1";
        var (status, body) = await AnswerAsync(context.Request, context.RequestAborted);
        context.Response.StatusCode = status;
        await context.Response.WriteAsync(body.ToJsonString(), context.RequestAborted);
    }

    private async Task<(int Status, JsonObject Body)> AnswerAsync(
        HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        JsonNode? input = null;
        try
        {
            input = await JsonNode.ParseAsync(request.Body, cancellationToken: cancellationToken);
        }
        catch (JsonException)
        {
            // Then it names no repository.
        }

        var name = $"{input?["repositoryName"]}";
        if (!repositories.TryGetValue(name, out var repository))
        {
            return Refusal("RepositoryDoesNotExistException", $"{name} does not exist");
        }

        var id = $"{input?["commitId"]}";
        if (id.Length == 0 || !id.All(char.IsAsciiHexDigit))
        {
            return Refusal("InvalidCommitIdException", $"{id} is not a valid commit id");
        }

        try
        {
            var commit = await repository.CommitAsync(id, cancellationToken);
            return (
                StatusCodes.Status200OK,
                new JsonObject
                {
                    ["commit"] = new JsonObject
                    {
                        ["commitId"] = commit.Id,
                        ["message"] = commit.Message,
                        ["author"] = new JsonObject { ["name"] = commit.Author, ["email"] = commit.Email },
                    },
                }
            );
        }
        catch (GitException)
        {
            return Refusal("CommitIdDoesNotExistException", $"{id} does not exist");
        }
    }

    private static (int Status, JsonObject Body) Refusal(string code, string message) =>
        (StatusCodes.Status400BadRequest, new JsonObject { ["__type"] = code, ["message"] = message });
}
