namespace Mlops.Infra.Publishing;

/// <summary>What is published, and for whom.</summary>
public sealed record LambdaPublishing
{
    /// <summary>The checkout: the folder with <c>MlopsPulumi.sln</c>.</summary>
    public required string RepositoryRoot { get; init; }

    /// <summary>Which kind of package; auto takes what this machine can build.</summary>
    public LambdaPackageKind Kind { get; init; } = LambdaPackageKind.Auto;

    /// <summary>Folders of blueprints that are packed beside ours, relative to the checkout.</summary>
    public IReadOnlyList<string> BlueprintPaths { get; init; } = [];

    /// <summary>Whether the packages stay on this machine. Only then may they hold stand-ins (docs/packages.md).</summary>
    public bool ForLocal { get; init; }

    /// <summary>Is told, in sentences, what is done and why.</summary>
    public Action<string> Tell { get; init; } = _ => { };
}

/// <summary>The functions could not be built. The message says why, and what to do.</summary>
public sealed class LambdaPublishingException(string message) : Exception(message);
