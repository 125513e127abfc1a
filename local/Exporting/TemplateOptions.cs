namespace Mlops.Local.Exporting;

/// <summary>What the command line asks for.</summary>
public sealed record TemplateOptions
{
    /// <summary>The stack of the Pulumi program, which is in every name.</summary>
    public string Stack { get; init; } = "dev";

    /// <summary>Where its settings are; null is <c>Pulumi.&lt;stack&gt;.yaml</c>.</summary>
    public string? ConfigFile { get; init; }

    /// <summary>A target in another account; null is the orchestrator account.</summary>
    public string? Target { get; init; }

    /// <summary>Where the template goes; null is the standard output.</summary>
    public string? Output { get; init; }
}
