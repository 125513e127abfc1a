using System.Buffers;
using System.Text.Json;

namespace Mlops.Provisioning.Telemetry;

/// <summary>
/// One call of an AWS service, as X-Ray takes it (X-Ray segment documents: independent subsegments). What was sent and what
/// came back is not in it, nor the message of an error, which may quote either.
/// </summary>
public sealed record Subsegment
{
    /// <summary>Where it belongs.</summary>
    public required TraceContext Context { get; init; }

    /// <summary>Sixteen hexadecimal digits, of its own.</summary>
    public required string Id { get; init; }

    /// <summary>Name of the service, <c>S3</c>.</summary>
    public required string Service { get; init; }

    /// <summary>Name of the operation, <c>PutObject</c>.</summary>
    public required string Operation { get; init; }

    /// <summary>Region of the service's endpoint.</summary>
    public string? Region { get; init; }

    /// <summary>When the call began.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>When it ended, retries included.</summary>
    public required DateTimeOffset End { get; init; }

    /// <summary>How often it was tried again.</summary>
    public int Retries { get; init; }

    /// <summary>The service's own id of the request, by which AWS's support finds it.</summary>
    public string? RequestId { get; init; }

    /// <summary>Status of the answer; null when none came.</summary>
    public int? Status { get; init; }

    /// <summary>Code of the error, <c>AccessDenied</c>; null when all went well.</summary>
    public string? Error { get; init; }

    /// <summary>Writes the document.</summary>
    public void Write(IBufferWriter<byte> buffer)
    {
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("name", Service);
        json.WriteString("id", Id);
        json.WriteString("trace_id", Context.TraceId);
        json.WriteString("parent_id", Context.ParentId);
        json.WriteString("type", "subsegment");
        json.WriteString("namespace", "aws");
        json.WriteNumber("start_time", Seconds(Start));
        json.WriteNumber("end_time", Seconds(End));
        WriteAws(json);
        if (Status is { } status)
        {
            json.WriteStartObject("http");
            json.WriteStartObject("response");
            json.WriteNumber("status", status);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        if (Error is { } error)
        {
            WriteError(json, error);
        }

        json.WriteEndObject();
    }

    private void WriteAws(Utf8JsonWriter json)
    {
        json.WriteStartObject("aws");
        json.WriteString("operation", Operation);
        if (Region is not null)
        {
            json.WriteString("region", Region);
        }

        if (RequestId is not null)
        {
            json.WriteString("request_id", RequestId);
        }

        json.WriteNumber("retries", Retries);
        json.WriteEndObject();
    }

    /// <summary>4xx is the client's error, 429 a throttled one besides, anything else a fault.</summary>
    private void WriteError(Utf8JsonWriter json, string error)
    {
        var isError = Status is >= 400 and < 500;
        json.WriteBoolean(isError ? "error" : "fault", true);
        if (Status == 429 || error.Contains("Throttl", StringComparison.Ordinal))
        {
            json.WriteBoolean("throttle", true);
        }

        json.WriteStartObject("cause");
        json.WriteStartArray("exceptions");
        json.WriteStartObject();
        json.WriteString("id", Id);
        json.WriteString("type", error);
        json.WriteBoolean("remote", Status is not null);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static decimal Seconds(DateTimeOffset time) =>
        (decimal)(time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerSecond;
}
