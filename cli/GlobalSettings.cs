using Mlops.Cli.Display;

namespace Mlops.Cli;

/// <summary>The options that every command has.</summary>
public sealed record GlobalSettings
{
    /// <summary>Address of the API with its stage; null for <see cref="CliEnvironment.Api"/>.</summary>
    public string? Api { get; init; }

    /// <summary>Talk to the system that <c>mlops local</c> runs on this machine.</summary>
    public bool Local { get; init; }

    /// <summary>Where that system says how it is reached; null for <c>.mlops/local.json</c>.</summary>
    public string? InfoFile { get; init; }

    /// <summary>Region of the API; null for the one in its address, or the usual places.</summary>
    public string? Region { get; init; }

    /// <summary>Profile of the AWS configuration; null for the usual order of credentials.</summary>
    public string? Profile { get; init; }

    /// <summary>What is written to standard output.</summary>
    public OutputFormat Output { get; init; }

    /// <summary>How the next command begins that talks to the same API, ready to be pasted.</summary>
    public string Command(CliServices services)
    {
        var words = new List<string> { services.ReadEnvironment(CliEnvironment.Root) is null ? "mlops" : "./mlops" };
        if (Local)
        {
            words.Add("--local");
        }

        foreach (
            var (name, value) in new[]
            {
                ("--info", InfoFile),
                ("--api", Api),
                ("--region", Region),
                ("--profile", Profile),
            }
        )
        {
            if (value is not null)
            {
                words.Add($"{name} '{value.Replace("'", "'\\''", StringComparison.Ordinal)}'");
            }
        }

        return string.Join(' ', words);
    }
}
