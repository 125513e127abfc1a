namespace Pulumi;

/// <summary>
/// Looks at a resource before it is declared and may give other arguments and options; null leaves them. It is called
/// for the resource that it was given to and for all below it, the innermost first.
/// </summary>
public delegate ResourceTransformationResult? ResourceTransformation(ResourceTransformationArgs args);

/// <summary>What a <see cref="ResourceTransformation"/> sees.</summary>
public readonly struct ResourceTransformationArgs(Resource resource, ResourceArgs args, ResourceOptions options)
{
    /// <summary>The resource, under construction.</summary>
    public Resource Resource { get; } = resource;

    /// <summary>The arguments, as they are so far.</summary>
    public ResourceArgs Args { get; } = args;

    /// <summary>The options, as they are so far.</summary>
    public ResourceOptions Options { get; } = options;
}

/// <summary>What a <see cref="ResourceTransformation"/> gives instead; the parent must stay.</summary>
public readonly struct ResourceTransformationResult(ResourceArgs args, ResourceOptions options)
{
    /// <summary>The new arguments.</summary>
    public ResourceArgs Args { get; } = args;

    /// <summary>The new options.</summary>
    public ResourceOptions Options { get; } = options;
}

/// <summary>The options of a stack.</summary>
public class StackOptions
{
    private List<ResourceTransformation>? _resourceTransformations;

    /// <summary>Transformations of every resource of the stack.</summary>
    public List<ResourceTransformation> ResourceTransformations
    {
        get => _resourceTransformations ??= [];
        set => _resourceTransformations = value;
    }
}
