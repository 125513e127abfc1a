using System.Text.Json;
using System.Text.Json.Serialization;
using Mlops.Provisioning.Requests;

namespace Mlops.Cli.Api;

/// <summary>An error of the API (RFC 9457, with the predecessor's members), or API Gateway's own <c>message</c>.</summary>
internal sealed record Problem
{
    public string? Message { get; init; }

    public string? DetailedMessage { get; init; }

    public string? Detail { get; init; }

    public IReadOnlyList<ProblemError>? Errors { get; init; }

    /// <summary>Null when the content is no such error: a proxy's page, for example.</summary>
    public static Problem? Read(byte[] content)
    {
        try
        {
            return JsonSerializer.Deserialize(content, ProblemJson.Default.Problem);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public IReadOnlyList<Finding> Findings() => [.. (Errors ?? []).Select(error => error.ToFinding())];
}

internal sealed record ProblemError(
    string? Code,
    string? Pointer,
    string? Value,
    string? Rule,
    string? Message,
    string? Remedy,
    int? Line,
    int? Column
)
{
    public Finding ToFinding() =>
        new(Code ?? "", Pointer ?? "", Value, Rule ?? "", Message ?? "", Remedy ?? "") { Line = Line, Column = Column };
}

// API Gateway writes "message" or "Message", depending on who refuses.
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(Problem))]
internal sealed partial class ProblemJson : JsonSerializerContext;
