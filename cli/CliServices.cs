using Amazon.Runtime;

namespace Mlops.Cli;

/// <summary>What the commands need from outside of the program.</summary>
public sealed record CliServices
{
    /// <summary>Sends every request.</summary>
    public required HttpClient Http { get; init; }

    /// <summary>Sends what goes to S3; null for the SDK's own way, which gives large parts the time they need.</summary>
    public HttpClientFactory? StorageHttp { get; init; }

    /// <summary>Standard input, read where a file is <c>-</c>.</summary>
    public required Stream Input { get; init; }

    /// <summary>Gives the value of an environment variable, or null.</summary>
    public required Func<string, string?> ReadEnvironment { get; init; }

    /// <summary>Relative files are below it.</summary>
    public required string WorkingFolder { get; init; }

    /// <summary>Folder of the blueprints' manifests.</summary>
    public required string BlueprintFolder { get; init; }

    /// <summary>Signs with it and waits by it.</summary>
    public required TimeProvider Clock { get; init; }
}
