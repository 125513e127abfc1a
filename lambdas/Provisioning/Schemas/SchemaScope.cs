namespace Mlops.Provisioning.Schemas;

/// <summary>What a schema of requests takes for granted, as far as the deployment is known.</summary>
public sealed record SchemaScope
{
    /// <summary>Whether every model comes from the SageMaker Model Registry.</summary>
    public bool UseModelRegistry { get; init; }

    /// <summary>
    /// Names of the targets, where a value may be an object with one for each of them. Null: not known, then an object
    /// may have any names. Empty: one target, so that there are no such objects.
    /// </summary>
    public IReadOnlyList<string>? Targets { get; init; }

    /// <summary>Refuse keys that mean nothing. The API passes over them, as the predecessor did; an editor shows a typing mistake.</summary>
    public bool Strict { get; init; }
}
