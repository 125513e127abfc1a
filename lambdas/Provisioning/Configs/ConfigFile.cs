using System.Diagnostics.CodeAnalysis;
using Mlops.Provisioning.Requests;

namespace Mlops.Provisioning.Configs;

/// <summary>
/// What <c>mlops-config.json</c> says: one request, as the predecessor's file was, or
/// <c>{"$schema": …, "pipelines": [request, …], "prune": false, "pruneLimit": 5}</c>. Read, but its requests not yet judged.
/// </summary>
/// <param name="Requests">In the order of the file; none where the file wants no pipelines.</param>
/// <param name="Prune">Whether pipelines that this source made and that the file no longer names are taken down.</param>
/// <param name="PruneLimit">The most that may be taken down at once; null for half of them.</param>
public sealed record ConfigFile(IReadOnlyList<ConfigRequest> Requests, bool Prune, int? PruneLimit)
{
    /// <summary>Whether the file is a request itself, as the predecessor's was.</summary>
    public bool IsOneRequest => Requests is [{ Pointer.Length: 0 }];

    /// <summary>Name of the file in a repository, unless the setting says otherwise: the predecessor's.</summary>
    public const string DefaultPath = "mlops-config.json";

    /// <summary>The largest file that is read, in bytes.</summary>
    public const int SizeLimit = PipelineRequest.SizeLimit;

    /// <summary>Where the file says how much may be taken down; null where it takes nothing down.</summary>
    public FilePlace? PrunePlace { get; init; }

    /// <summary>Reads a file. Whatever the bytes are, the answer is a file or at least one finding, with line and column.</summary>
    public static bool TryParse(
        ReadOnlySpan<byte> json,
        [NotNullWhen(true)] out ConfigFile? file,
        out IReadOnlyList<Finding> findings
    )
    {
        var reader = new ConfigFileReader();
        file = reader.Read(json);
        findings = reader.Findings;
        return file is not null;
    }
}

/// <summary>One request of a file.</summary>
/// <param name="Request">Its keys.</param>
/// <param name="Pointer">Where it stands (RFC 6901): empty where the file is the request.</param>
/// <param name="Line">Line that it begins in, from 1.</param>
/// <param name="Column">Column that it begins in, from 1.</param>
public sealed record ConfigRequest(PipelineRequest Request, string Pointer, int Line, int Column)
{
    /// <summary>The finding about this request as one about the file.</summary>
    public Finding Locate(Finding finding)
    {
        var (line, column) = Request.PlaceOf(finding.Pointer) ?? (Line, Column);
        return new FilePlace(Pointer, line, column).Locate(finding);
    }
}

/// <summary>A place in a file.</summary>
/// <param name="Pointer">RFC 6901; empty for the file as a whole.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
public sealed record FilePlace(string Pointer, int Line, int Column)
{
    /// <summary>The finding about what stands here as one about the file.</summary>
    public Finding Locate(Finding finding) =>
        finding with
        {
            Pointer = Pointer + finding.Pointer,
            Line = finding.Line ?? Line,
            Column = finding.Line is null ? Column : finding.Column,
        };
}
