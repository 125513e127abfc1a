namespace Mlops.Provisioning.Configs;

/// <summary>The keys of a config file that has several requests.</summary>
internal static class ConfigFileKeys
{
    /// <summary>Where the schema is; for editors.</summary>
    public const string Schema = "$schema";

    /// <summary>The requests.</summary>
    public const string Pipelines = "pipelines";

    /// <summary>Whether what is named no longer is taken down.</summary>
    public const string Prune = "prune";

    /// <summary>The most that may be taken down at once.</summary>
    public const string PruneLimit = "pruneLimit";
}
