namespace Mlops.Cli.Commands;

/// <summary>What <c>mlops upload</c> is asked.</summary>
/// <param name="Global">Options of every command.</param>
/// <param name="File">The file.</param>
public sealed record UploadCommandSettings(GlobalSettings Global, string File)
{
    /// <summary>Where in the bucket; with a slash at its end the file's name is added. Null: made of the file's content and name.</summary>
    public string? Key { get; init; }

    /// <summary>Name of the assets bucket; null for the local system's, or <see cref="CliEnvironment.AssetsBucket"/>.</summary>
    public string? Bucket { get; init; }
}
