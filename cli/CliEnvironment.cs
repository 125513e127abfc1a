namespace Mlops.Cli;

/// <summary>The environment variables that the command line reads, and nothing else does.</summary>
public static class CliEnvironment
{
    /// <summary>Address of the API, as <c>--api</c>.</summary>
    public const string Api = "MLOPS_API";

    /// <summary>Name of the assets bucket, as <c>--bucket</c> of <c>mlops upload</c>.</summary>
    public const string AssetsBucket = "MLOPS_ASSETS_BUCKET";

    /// <summary>Folder of the repository, set by the script <c>mlops</c>; absent for a published command line.</summary>
    public const string Root = "MLOPS_ROOT";
}
