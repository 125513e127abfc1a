using Mlops.Provisioning.Requests;

namespace Mlops.Cli.Requests;

/// <summary>A file that holds a request.</summary>
/// <param name="Name">As the user wrote it.</param>
/// <param name="Content">Its bytes.</param>
public sealed record RequestFile(string Name, byte[] Content)
{
    /// <summary>What stands for standard input.</summary>
    public const string StandardInput = "-";

    /// <summary>Reads it.</summary>
    /// <exception cref="ExpectedFailureException">It is not there or not readable.</exception>
    public static async Task<RequestFile> ReadAsync(string name, CliServices services, CancellationToken cancellation)
    {
        if (name == StandardInput)
        {
            using var content = new MemoryStream();
            await services.Input.CopyToAsync(content, cancellation);
            return new RequestFile("standard input", content.ToArray());
        }

        try
        {
            var path = Path.Combine(services.WorkingFolder, name);
            return new RequestFile(name, await File.ReadAllBytesAsync(path, cancellation));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new ExpectedFailureException(
                $"{name} cannot be read: {problem.Message}",
                "Check the path; - reads standard input.",
                problem
            );
        }
    }

    /// <summary>The finding with line and column of what its pointer points to, or of the nearest thing around it.</summary>
    public Finding Locate(Finding finding)
    {
        if (finding.Line is not null || !PipelineRequest.TryParse(Content, out var request, out _))
        {
            return finding;
        }

        var (line, column) = request.PlaceOf(finding.Pointer) ?? (1, 1);
        return finding with { Line = line, Column = column };
    }
}
