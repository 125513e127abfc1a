using System.Collections.Immutable;
using Pulumi.Serialization;

namespace Pulumi;

/// <summary>A node of the program's tree: something to be created, or a component that groups such things.</summary>
public class Resource
{
    private readonly string _type;
    private readonly string _name;
    private readonly bool? _protect;
    private readonly ImmutableArray<ResourceTransformation> _transformations = [];
    private readonly ImmutableDictionary<string, ProviderResource> _providers = ImmutableDictionary<
        string,
        ProviderResource
    >.Empty;

    /// <summary>A resource that is only referred to, and not declared here.</summary>
    private protected Resource(string type, string name) => (_type, _name) = (type, name);

    private protected Resource(
        string type,
        string name,
        bool custom,
        ResourceArgs args,
        ResourceOptions options,
        bool remote
    )
    {
        _type = NotEmpty(type, nameof(type));
        _name = NotEmpty(name, nameof(name));

        var pending = OutputProperties.Initialize(this, isFilledByEngine: remote || options.Urn is not null);
        var deployment = Deployment.InDeployment;

        _transformations = [.. options.ResourceTransformations, .. Above(deployment, options)?._transformations ?? []];
        (args, options) = Transform(args, options);
        options = options.Clone();

        if (options is ComponentResourceOptions { Provider: not null, Providers.Count: > 0 })
        {
            throw new ResourceException(
                "Do not supply both 'provider' and 'providers' options to a ComponentResource.",
                options.Parent
            );
        }

        if (options.Parent is { } parent)
        {
            parent.AddChild(this);
            options.Protect ??= parent._protect;
            _providers = parent._providers;
        }

        _protect = options.Protect;
        _providers = custom ? ProvidersOfCustom(options) : _providers.SetItems(ProvidersOfComponent(options));

        deployment.Create(this, pending, args, options);
    }

    /// <summary>The name that is unique in the stack.</summary>
    [Output(WireNames.Urn)]
    public Output<string> Urn { get; private protected set; } = null!;

    internal HashSet<Resource> Children { get; } = [];

    /// <summary>The type token, <c>package:module:Type</c>.</summary>
    public string GetResourceType() => _type;

    /// <summary>The name that the program gave.</summary>
    public string GetResourceName() => _name;

    /// <summary>The provider that children of this resource use for a type or function, if one was given.</summary>
    internal ProviderResource? GetProvider(string token) =>
        PackageOf(token) is { } package ? _providers.GetValueOrDefault(package) : null;

    internal ImmutableArray<Resource> ChildrenNow()
    {
        lock (Children)
        {
            return [.. Children];
        }
    }

    private static string NotEmpty(string value, string parameter) =>
        string.IsNullOrEmpty(value)
            ? throw new ArgumentException($"'{parameter}' cannot be null or empty.", parameter)
            : value;

    private static string? PackageOf(string token) => token.Split(':') is [var package, _, _] ? package : null;

    private Resource? Above(Deployment deployment, ResourceOptions options) =>
        _type == Stack.TypeToken ? null
        : options.Parent is { } parent ? parent
        : options.Urn is null ? deployment.Stack
        : null;

    private (ResourceArgs Args, ResourceOptions Options) Transform(ResourceArgs args, ResourceOptions options)
    {
        foreach (var transformation in _transformations)
        {
            if (transformation(new ResourceTransformationArgs(this, args, options)) is not { } result)
            {
                continue;
            }

            if (result.Options.Parent != options.Parent)
            {
                throw new ArgumentException(
                    "Transformations cannot currently be used to change the 'parent' of a resource."
                );
            }

            (args, options) = (result.Args, result.Options);
        }

        return (args, options);
    }

    private ImmutableDictionary<string, ProviderResource> ProvidersOfCustom(ResourceOptions options)
    {
        if (options.Provider is { } provider)
        {
            return PackageOf(_type) is { } package ? _providers.SetItem(package, provider) : _providers;
        }

        options.Provider = options.Parent?.GetProvider(_type);
        return _providers;
    }

    private static IEnumerable<KeyValuePair<string, ProviderResource>> ProvidersOfComponent(ResourceOptions options)
    {
        var given = options.Provider is { } provider
            ? [provider]
            : (options as ComponentResourceOptions)?.Providers ?? [];
        return given.Select(each => KeyValuePair.Create(each.Package, each));
    }

    private void AddChild(Resource child)
    {
        lock (Children)
        {
            Children.Add(child);
        }
    }
}
