namespace Mlops.Provisioning.Requests;

/// <summary>What a request is checked against, besides the blueprints: the deployment as far as it is known.</summary>
public sealed record ValidationScope
{
    /// <summary>Single-account in us-east-1, no registry: what a check without any deployment assumes.</summary>
    public static ValidationScope Offline { get; } = new() { Targets = [DeploymentNames.SingleTarget] };

    /// <summary>In single-account mode a key has one value, never one per target.</summary>
    public AccountMode AccountMode { get; init; } = AccountMode.Single;

    /// <summary>Names of the targets in the order of delivery.</summary>
    public required IReadOnlyList<string> Targets { get; init; }

    /// <summary>Whether every model comes from the SageMaker Model Registry.</summary>
    public bool UseModelRegistry { get; init; }

    /// <summary>The region, which decides where images come from.</summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary>Name of the assets bucket; null when it is not known.</summary>
    public string? AssetsBucket { get; init; }
}
