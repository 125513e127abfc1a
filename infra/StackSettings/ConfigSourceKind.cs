namespace Mlops.Infra;

/// <summary>Where the config file comes from that names the pipelines.</summary>
public enum ConfigSourceKind
{
    /// <summary>Nowhere: pipelines come by the API alone.</summary>
    None,

    /// <summary>A bucket of the user's.</summary>
    Bucket,

    /// <summary>A repository of AWS CodeCommit.</summary>
    CodeCommit,

    /// <summary>A repository of GitHub, GitLab or Bitbucket, by a connection of AWS CodeConnections.</summary>
    Connection,
}
