namespace Pulumi;

/// <summary>Which provider answers a function.</summary>
public class InvokeOptions
{
    /// <summary>The resource whose provider for the function's package is used.</summary>
    public Resource? Parent { get; set; }

    /// <summary>The provider.</summary>
    public ProviderResource? Provider { get; set; }

    /// <summary>The version of the provider's package.</summary>
    public string? Version { get; set; }

    /// <summary>Where the provider's plugin comes from.</summary>
    public string? PluginDownloadURL { get; set; }
}

/// <summary>The options of a function whose answer is an output.</summary>
public class InvokeOutputOptions : InvokeOptions
{
    private InputList<Resource>? _dependsOn;

    /// <summary>Resources that must be there first although no argument says so.</summary>
    public InputList<Resource> DependsOn
    {
        get => _dependsOn ??= new InputList<Resource>();
        set => _dependsOn = value;
    }
}
