using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Mlops.Provisioning.Requests;

/// <summary>Reads the text of one request, or of a file of several. Every way to fail is a finding.</summary>
/// <param name="outer">Levels around a request: none, or those of a file.</param>
internal sealed class RequestParser(int outer = 0)
{
    // More would only be noise, and would let one megabyte of request become many of answer.
    private const int DuplicatesReported = 20;

    private readonly List<Finding> findings = [];
    private int line = 1;
    private int lineStart;
    private int position;

    public IReadOnlyList<Finding> Findings => findings;

    public PipelineRequest? Parse(ReadOnlySpan<byte> json) =>
        ParseObject(json) is { } root ? new PipelineRequest(root.Members) : null;

    /// <summary>The object that the text is, or null and at least one finding.</summary>
    public RequestValue? ParseObject(ReadOnlySpan<byte> json)
    {
        if (json.StartsWith(Encoding.UTF8.Preamble))
        {
            json = json[Encoding.UTF8.Preamble.Length..];
        }

        if (RefuseWhole(json))
        {
            return null;
        }

        try
        {
            // One level more than we accept, so that it is us who see the level too many.
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = PipelineRequest.DepthLimit + 1 });
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                NotAnObject(reader.TokenType);
                return null;
            }

            var root = ReadValue(ref reader, json, "");
            reader.Read();
            return findings.Count == 0 ? root : null;
        }
        catch (JsonException problem)
        {
            NotJson(problem);
        }
        catch (StopException)
        {
            // The finding is already there.
        }

        return null;
    }

    private bool RefuseWhole(ReadOnlySpan<byte> json)
    {
        if (json.Length > PipelineRequest.SizeLimit)
        {
            Add(
                FindingCodes.TooLarge,
                "",
                null,
                $"{PipelineRequest.SizeLimit} bytes at most",
                $"The {What} has more than 1 MiB.",
                "Put large content into the assets bucket, and its place into the request."
            );
        }
        else if (json.Trim(" \t\r\n"u8).IsEmpty)
        {
            Add(
                FindingCodes.Empty,
                "",
                null,
                "a JSON object",
                $"The {What} is empty.",
                """Send a JSON object: {"pipeline_type": …}."""
            );
        }
        else if (!Utf8.IsValid(json))
        {
            Add(FindingCodes.NotText, "", null, "UTF-8", $"The {What} is not UTF-8.", "Save or send it as UTF-8.");
        }

        return findings.Count > 0;
    }

    private RequestValue ReadValue(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, string pointer)
    {
        MoveTo(json, (int)reader.TokenStartIndex);
        var (atLine, atColumn) = (line, position - lineStart + 1);
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return new RequestValue(RequestValueKind.Text, ReadText(ref reader, pointer), atLine, atColumn);
            case JsonTokenType.Number:
                return new RequestValue(RequestValueKind.Number, Raw(ref reader), atLine, atColumn);
            case JsonTokenType.True or JsonTokenType.False:
                return new RequestValue(RequestValueKind.Boolean, Raw(ref reader), atLine, atColumn);
            case JsonTokenType.Null:
                return new RequestValue(RequestValueKind.Null, "null", atLine, atColumn);
        }

        if (reader.CurrentDepth >= PipelineRequest.DepthLimit)
        {
            Add(
                FindingCodes.TooDeep,
                pointer,
                null,
                $"{PipelineRequest.DepthLimit} levels at most",
                $"The {What} nests too deeply.",
                "Remove the levels that no key asks for."
            );
            throw new StopException();
        }

        // Only a key's value, or its value for one target, is ever used as text.
        var start = reader.CurrentDepth >= 1 && reader.CurrentDepth <= outer + 2 ? (int)reader.TokenStartIndex : -1;
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            var items = new List<RequestValue>();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                items.Add(ReadValue(ref reader, json, $"{pointer}/{items.Count}"));
            }

            return new RequestValue(
                RequestValueKind.Array,
                Compact(json, start, (int)reader.BytesConsumed),
                atLine,
                atColumn
            )
            {
                Items = items,
            };
        }

        var members = ReadMembers(ref reader, json, pointer);
        var text = Compact(json, start, (int)reader.BytesConsumed);
        return new RequestValue(RequestValueKind.Object, text, atLine, atColumn) { Members = members };
    }

    private Dictionary<string, RequestValue> ReadMembers(
        ref Utf8JsonReader reader,
        ReadOnlySpan<byte> json,
        string pointer
    )
    {
        var members = new Dictionary<string, RequestValue>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            MoveTo(json, (int)reader.TokenStartIndex);
            var name = ReadText(ref reader, pointer);
            var at = Quote.Pointer(pointer, name);
            if (members.ContainsKey(name) && findings.Count < DuplicatesReported)
            {
                Add(
                    FindingCodes.DuplicateKey,
                    at,
                    null,
                    "every key once",
                    $"The key {Quote.Text(name)} is there twice.",
                    "Remove one of the two."
                );
            }

            reader.Read();
            members[name] = ReadValue(ref reader, json, at);
        }

        return members;
    }

    private string ReadText(ref Utf8JsonReader reader, string pointer)
    {
        try
        {
            return reader.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            // The reader's way to say that an escape is half of a surrogate pair.
            Add(
                FindingCodes.NotText,
                pointer,
                null,
                "Unicode text",
                "A text has an escape that is only half of a character.",
                "Write both halves of the surrogate pair, or the character itself."
            );
            throw new StopException();
        }
    }

    private static string Raw(ref Utf8JsonReader reader) => Encoding.UTF8.GetString(reader.ValueSpan);

    private static string Compact(ReadOnlySpan<byte> json, int start, int end)
    {
        if (start < 0)
        {
            return "";
        }

        var buffer = new ArrayBufferWriter<byte>(end - start);
        using var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true });
        var reader = new Utf8JsonReader(json[start..end]);
        using var document = JsonDocument.ParseValue(ref reader);
        document.RootElement.WriteTo(writer);
        writer.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private void MoveTo(ReadOnlySpan<byte> json, int offset)
    {
        for (; position < offset; position++)
        {
            if (json[position] == (byte)'\n')
            {
                line++;
                lineStart = position + 1;
            }
        }
    }

    private void NotAnObject(JsonTokenType token) =>
        Add(
            FindingCodes.NotAnObject,
            "",
            null,
            "a JSON object",
            $"The {What} is {(token == JsonTokenType.StartArray ? "an array" : "no object")}.",
            "Send one JSON object per request."
        );

    private string What => outer == 0 ? "request" : "file";

    private void NotJson(JsonException problem)
    {
        var end = problem.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        line = (int)(problem.LineNumber ?? 0) + 1;
        lineStart = 0;
        position = (int)(problem.BytePositionInLine ?? 0);
        Add(
            FindingCodes.NotJson,
            "",
            null,
            "a JSON object (RFC 8259)",
            $"The {What} is not JSON (line {line}): {Quote.Visible(end < 0 ? problem.Message : problem.Message[..end])}",
            "Correct the text there."
        );
    }

    private void Add(string code, string pointer, string? value, string rule, string message, string remedy) =>
        findings.Add(
            new Finding(code, pointer, value, rule, message, remedy) { Line = line, Column = position - lineStart + 1 }
        );

    /// <summary>Leaves the recursion once nothing more can be read.</summary>
    private sealed class StopException : Exception;
}
