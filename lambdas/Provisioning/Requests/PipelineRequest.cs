using System.Diagnostics.CodeAnalysis;

namespace Mlops.Provisioning.Requests;

/// <summary>The JSON object that asks for one pipeline, read but not yet judged.</summary>
public sealed class PipelineRequest
{
    /// <summary>The largest request that is read, in bytes.</summary>
    public const int SizeLimit = 1024 * 1024;

    /// <summary>The deepest nesting that is read, in levels; no key has more than a handful.</summary>
    public const int DepthLimit = 32;

    internal PipelineRequest(IReadOnlyDictionary<string, RequestValue> keys) => Keys = keys;

    /// <summary>The request's keys, spelled as they came, in the order of the text.</summary>
    public IReadOnlyDictionary<string, RequestValue> Keys { get; }

    /// <summary>Reads a request. Whatever the bytes are, the answer is a request or at least one finding.</summary>
    public static bool TryParse(
        ReadOnlySpan<byte> json,
        [NotNullWhen(true)] out PipelineRequest? request,
        out IReadOnlyList<Finding> findings
    )
    {
        var parser = new RequestParser();
        request = parser.Parse(json);
        findings = parser.Findings;
        return request is not null;
    }

    /// <summary>Where in the text a pointer (RFC 6901) points to, or the nearest thing around it; null for the request as a whole.</summary>
    public (int Line, int Column)? PlaceOf(string pointer)
    {
        (int, int)? place = null;
        var members = Keys;
        foreach (var segment in pointer.Split('/').Skip(1))
        {
            var name = segment
                .Replace("~1", "/", StringComparison.Ordinal)
                .Replace("~0", "~", StringComparison.Ordinal);
            if (!members.TryGetValue(name, out var value))
            {
                break;
            }

            (place, members) = ((value.Line, value.Column), value.Members);
        }

        return place;
    }

    /// <summary>The value of a key that has one; absent, null and empty (or blank) text are the same: null.</summary>
    public RequestValue? Find(string key) =>
        Keys.TryGetValue(key, out var value)
        && value.Kind != RequestValueKind.Null
        && !(value.Kind == RequestValueKind.Text && string.IsNullOrWhiteSpace(value.Text))
            ? value
            : null;
}
