namespace Pulumi;

/// <summary>How a resource is managed, as opposed to what it is.</summary>
public abstract class ResourceOptions
{
    private InputList<Resource>? _dependsOn;
    private List<string>? _ignoreChanges;
    private List<string>? _replaceOnChanges;
    private List<ResourceTransformation>? _resourceTransformations;

    /// <summary>The id of an existing resource that is read, not created.</summary>
    public Input<string>? Id { get; set; }

    /// <summary>The resource that this one belongs to; the stack by default.</summary>
    public Resource? Parent { get; set; }

    /// <summary>Resources that must be there first although no input says so.</summary>
    public InputList<Resource> DependsOn
    {
        get => _dependsOn ??= new InputList<Resource>();
        set => _dependsOn = value;
    }

    /// <summary>Refuse to delete it; the parent's by default.</summary>
    public bool? Protect { get; set; }

    /// <summary>Properties whose changes are not acted on.</summary>
    public List<string> IgnoreChanges
    {
        get => _ignoreChanges ??= [];
        set => _ignoreChanges = value;
    }

    /// <summary>The version of the provider's package.</summary>
    public string? Version { get; set; }

    /// <summary>The provider; the parent's for the package by default.</summary>
    public ProviderResource? Provider { get; set; }

    /// <summary>How long operations may take.</summary>
    public CustomTimeouts? CustomTimeouts { get; set; }

    /// <summary>Transformations of this resource and those below it.</summary>
    public List<ResourceTransformation> ResourceTransformations
    {
        get => _resourceTransformations ??= [];
        set => _resourceTransformations = value;
    }

    /// <summary>Former names.</summary>
    public List<Input<Alias>> Aliases { get; set; } = [];

    /// <summary>The URN of a resource of this deployment that is read, not declared again.</summary>
    public string? Urn { get; set; }

    /// <summary>Properties whose changes replace the resource.</summary>
    public List<string> ReplaceOnChanges
    {
        get => _replaceOnChanges ??= [];
        set => _replaceOnChanges = value;
    }

    /// <summary>Where the provider's plugin comes from.</summary>
    public string? PluginDownloadURL { get; set; }

    /// <summary>Forget it instead of deleting it.</summary>
    public bool? RetainOnDelete { get; set; }

    /// <summary>A resource whose deletion takes this one along.</summary>
    public Resource? DeletedWith { get; set; }

    internal abstract ResourceOptions Clone();

    /// <summary>Takes over what the other options say; lists are put together.</summary>
    private protected void Add(ResourceOptions other)
    {
        Id = other.Id ?? Id;
        Parent = other.Parent ?? Parent;
        Protect = other.Protect ?? Protect;
        Urn = other.Urn ?? Urn;
        Version = other.Version ?? Version;
        PluginDownloadURL = other.PluginDownloadURL ?? PluginDownloadURL;
        Provider = other.Provider ?? Provider;
        CustomTimeouts = other.CustomTimeouts ?? CustomTimeouts;
        RetainOnDelete = other.RetainOnDelete ?? RetainOnDelete;
        DeletedWith = other.DeletedWith ?? DeletedWith;
        DependsOn = DependsOn.Concat(other.DependsOn);

        IgnoreChanges.AddRange(other.IgnoreChanges);
        ReplaceOnChanges.AddRange(other.ReplaceOnChanges);
        ResourceTransformations.AddRange(other.ResourceTransformations);
        Aliases.AddRange(other.Aliases);
    }
}

/// <summary>The options of a resource that a provider creates.</summary>
public sealed class CustomResourceOptions : ResourceOptions
{
    private List<string>? _additionalSecretOutputs;

    /// <summary>Delete before the replacement is there.</summary>
    public bool? DeleteBeforeReplace { get; set; }

    /// <summary>Outputs that are secret although the provider does not say so.</summary>
    public List<string> AdditionalSecretOutputs
    {
        get => _additionalSecretOutputs ??= [];
        set => _additionalSecretOutputs = value;
    }

    /// <summary>The id of an existing resource that is taken over.</summary>
    public string? ImportId { get; set; }

    /// <summary>New options: the first, with what the second says on top; lists are put together.</summary>
    public static CustomResourceOptions Merge(CustomResourceOptions? options1, CustomResourceOptions? options2)
    {
        var merged = new CustomResourceOptions();

        foreach (var options in new[] { options1, options2 }.OfType<CustomResourceOptions>())
        {
            merged.Add(options);
            merged.DeleteBeforeReplace = options.DeleteBeforeReplace ?? merged.DeleteBeforeReplace;
            merged.ImportId = options.ImportId ?? merged.ImportId;
            merged.AdditionalSecretOutputs.AddRange(options.AdditionalSecretOutputs);
        }

        return merged;
    }

    internal override ResourceOptions Clone() => Merge(this, null);
}

/// <summary>The options of a component.</summary>
public sealed class ComponentResourceOptions : ResourceOptions
{
    private List<ProviderResource>? _providers;

    /// <summary>Providers for the resources of the component, one for each package.</summary>
    public List<ProviderResource> Providers
    {
        get => _providers ??= [];
        set => _providers = value;
    }

    /// <summary>New options: the first, with what the second says on top; lists are put together.</summary>
    public static ComponentResourceOptions Merge(ComponentResourceOptions? options1, ComponentResourceOptions? options2)
    {
        var merged = new ComponentResourceOptions();

        foreach (var options in new[] { options1, options2 }.OfType<ComponentResourceOptions>())
        {
            merged.Add(options);
            merged.Providers.AddRange(options.Providers);
        }

        // The last provider of a package counts.
        merged.Providers =
        [
            .. merged.Providers.AsEnumerable().Reverse().DistinctBy(provider => provider.Package).Reverse(),
        ];
        return merged;
    }

    internal override ResourceOptions Clone()
    {
        var copy = new ComponentResourceOptions { Providers = [.. Providers] };
        copy.Add(this);
        return copy;
    }
}

/// <summary>How long operations on a resource may take; null is the provider's default.</summary>
public sealed class CustomTimeouts
{
    /// <summary>Creating it.</summary>
    public TimeSpan? Create { get; set; }

    /// <summary>Updating it.</summary>
    public TimeSpan? Update { get; set; }

    /// <summary>Deleting it.</summary>
    public TimeSpan? Delete { get; set; }
}
