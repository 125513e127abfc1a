using Pulumi.Serialization;

namespace Pulumi;

/// <summary>A resource that a provider creates.</summary>
public class CustomResource : Resource
{
    /// <summary>Declares a resource.</summary>
    public CustomResource(string type, string name, ResourceArgs? args, CustomResourceOptions? options = null)
        : base(
            type,
            name,
            custom: true,
            args ?? ResourceArgs.Empty,
            options ?? new CustomResourceOptions(),
            remote: false
        ) { }

    private protected CustomResource(string type, string name)
        : base(type, name) { }

    /// <summary>The provider's own name for the resource.</summary>
    [Output(WireNames.Id)]
    public Output<string> Id { get; private protected set; } = null!;
}

/// <summary>A provider with settings of its own, as a resource.</summary>
public class ProviderResource : CustomResource
{
    /// <summary>Declares a provider of a package.</summary>
    public ProviderResource(string package, string name, ResourceArgs args, CustomResourceOptions? options = null)
        : base($"pulumi:providers:{package}", name, args, options) => Package = package;

    internal string Package { get; }

    /// <summary>How resources refer to the provider: <c>urn::id</c>.</summary>
    internal async Task<string> ReferenceAsync()
    {
        var urn = await Urn.GetValueAsync(whenUnknown: "");
        var id = await Id.GetValueAsync(whenUnknown: "");
        return $"{urn}::{(string.IsNullOrEmpty(id) ? WireNames.Unknown : id)}";
    }
}

/// <summary>A resource of which only the URN is known.</summary>
internal sealed class DependencyResource : CustomResource
{
    public DependencyResource(string urn)
        : base("", "") =>
        Urn = new Output<string>(Task.FromResult(new OutputData<string>([this], urn, IsKnown: true, IsSecret: false)));
}
