namespace Mlops.Provisioning.Telemetry;

/// <summary>The place in a trace that Lambda gives to an invocation.</summary>
/// <param name="TraceId"><c>1-5759e988-bd862e3fe1be46a994272793</c>.</param>
/// <param name="ParentId">Sixteen hexadecimal digits: the function's own segment.</param>
public sealed record TraceContext(string TraceId, string ParentId)
{
    /// <summary>
    /// Reads X-Ray's tracing header (<c>Root=…;Parent=…;Sampled=1</c>, X-Ray concepts). Null when there is none, when it names
    /// no parent, and when this trace is not among the sampled ones: then nothing is to be sent.
    /// </summary>
    public static TraceContext? Sampled(string? header)
    {
        string? root = null;
        string? parent = null;
        var sampled = false;
        foreach (var part in (header ?? "").Split(';', StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var value = part[(equals + 1)..];
            switch (equals < 0 ? "" : part[..equals])
            {
                case "Root":
                    root = value;
                    break;
                case "Parent":
                    parent = value;
                    break;
                case "Sampled":
                    sampled = value == "1";
                    break;
                default:
                    break; // Self, Lineage and what comes.
            }
        }

        return sampled && !string.IsNullOrEmpty(root) && !string.IsNullOrEmpty(parent)
            ? new TraceContext(root, parent)
            : null;
    }
}
