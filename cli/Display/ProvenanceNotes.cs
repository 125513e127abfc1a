using Mlops.Provisioning.CodePipelines;
using Spectre.Console;

namespace Mlops.Cli.Display;

/// <summary>Where a pipeline came from, in words.</summary>
internal static class ProvenanceNotes
{
    private const int ShortId = 12;

    /// <summary>What is said below the tree; nothing where nothing is known.</summary>
    public static void Write(IAnsiConsole console, PipelineReport? report)
    {
        if (report?.State is { } state)
        {
            console.MarkupLineInterpolated($"[yellow]{state}[/]");
        }

        if (report?.Provenance is { Origin: { } origin } from)
        {
            console.MarkupLineInterpolated($"[dim]from {From(origin, from.Revision, from.RequestedBy)}[/]");
        }

        if (report?.Provenance is { Package: { } package } given)
        {
            console.MarkupLineInterpolated(
                $"[dim]package {Short(package)}{(given.Version is { } version ? $", provisioned by version {version}" : "")}[/]"
            );
        }
    }

    /// <summary>On one line.</summary>
    public static string From(string? origin, string? revision, string? requestedBy) =>
        string.Join(
            ' ',
            new[]
            {
                origin,
                string.IsNullOrEmpty(revision) ? null : $"at {Short(revision)}",
                string.IsNullOrEmpty(requestedBy) ? null : $"by {requestedBy}",
            }.Where(word => !string.IsNullOrEmpty(word))
        );

    private static string Short(string id) => id[..Math.Min(id.Length, ShortId)];
}
