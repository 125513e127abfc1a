using Mlops.Provisioning.Requests;
using Spectre.Console;

namespace Mlops.Cli.Display;

/// <summary>Findings as people and editors read them: <c>file:line:column: code pointer: message remedy</c>.</summary>
internal static class FindingWriter
{
    public static void Write(IAnsiConsole console, string? file, IEnumerable<Finding> findings)
    {
        foreach (var finding in findings)
        {
            var place =
                file is null ? ""
                : finding.Line is null ? $"{file}: "
                : $"{file}:{finding.Line}:{finding.Column}: ";
            var pointer = finding.Pointer.Length == 0 ? "request" : finding.Pointer;
            console.MarkupLineInterpolated(
                $"[bold]{place}[/][red]{finding.Code}[/] [yellow]{pointer}[/]: {finding.Message} [dim]{finding.Remedy}[/]"
            );
        }
    }
}
