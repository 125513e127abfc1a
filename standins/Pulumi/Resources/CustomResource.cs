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

    /// <summary>
    /// The constructor of packages that are made on request. It is here so that a call which leaves out the options is
    /// ambiguous, as it is with the official package.
    /// </summary>
    public CustomResource(
        string type,
        string name,
        ResourceArgs? args,
        CustomResourceOptions? options = null,
        RegisterPackageRequest? registerPackageRequest = null
    )
        : this(type, name, args, options) { }

    private protected CustomResource(string type, string name)
        : base(type, name) { }

    /// <summary>The provider's own name for the resource.</summary>
    [Output(WireNames.Id)]
    public Output<string> Id { get; private protected set; } = null!;
}

/// <summary>A provider with settings of its own, as a resource.</summary>
public class ProviderResource : CustomResource
{
    private string? _reference;

    /// <summary>Declares a provider of a package.</summary>
    public ProviderResource(string package, string name, ResourceArgs args, CustomResourceOptions? options = null)
        : base($"pulumi:providers:{package}", name, args, options) => Package = package;

    /// <inheritdoc cref="CustomResource(string, string, ResourceArgs?, CustomResourceOptions?, RegisterPackageRequest?)"/>
    public ProviderResource(
        string package,
        string name,
        ResourceArgs args,
        CustomResourceOptions? options = null,
        RegisterPackageRequest? registerPackageRequest = null
    )
        : this(package, name, args, options) { }

    internal string Package { get; }

    /// <summary>How resources refer to the provider: <c>urn::id</c>.</summary>
    internal async Task<string> ReferenceAsync()
    {
        if (_reference is null)
        {
            // The official SDK leaves the caller's thread at the first use, so that mocks are called in parallel: here, too.
            await Task.Yield();

            var urn = await Urn.GetValueAsync(whenUnknown: "");
            var id = await Id.GetValueAsync(whenUnknown: "");
            _reference = $"{urn}::{(string.IsNullOrEmpty(id) ? WireNames.Unknown : id)}";
        }

        return _reference;
    }
}

/// <summary>Asks the engine for a package that is made on request; nobody can here.</summary>
public sealed class RegisterPackageRequest
{
    private RegisterPackageRequest() { }
}

/// <summary>A resource of which only the URN is known.</summary>
internal sealed class DependencyResource : CustomResource
{
    public DependencyResource(string urn)
        : base("", "") =>
        Urn = new Output<string>(Task.FromResult(new OutputData<string>([this], urn, IsKnown: true, IsSecret: false)));
}
