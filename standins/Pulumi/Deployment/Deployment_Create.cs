using System.Collections.Immutable;
using Pulumi.Serialization;
using Pulumi.Testing;

namespace Pulumi;

public sealed partial class Deployment
{
    /// <summary>Starts the creation of a resource; its pending outputs get their values when it has ended.</summary>
    internal void Create(
        Resource resource,
        ImmutableDictionary<string, IPendingOutput> pending,
        ResourceArgs args,
        ResourceOptions options
    )
    {
        Runner.Register(CreateAsync(resource, pending, args, options));

        foreach (var alias in options.Aliases)
        {
            _ = alias.Apply(former => former.Check());
        }
    }

    /// <summary>Hands the outputs of a component to the mocks when they are there.</summary>
    internal void RegisterOutputs(Resource resource, Output<IDictionary<string, object?>> outputs)
    {
        Runner.Register(RegisterAsync());

        async Task RegisterAsync()
        {
            var urn = await resource.Urn.GetValueAsync(whenUnknown: "");
            var values = await outputs.GetValueAsync(whenUnknown: ImmutableDictionary<string, object?>.Empty);
            var wire = await SerializeAsync("monitor.registerResourceOutputs(...)", values);
            await _monitor.RegisterOutputsAsync(urn, wire.Values);
        }
    }

    private async Task CreateAsync(
        Resource resource,
        ImmutableDictionary<string, IPendingOutput> pending,
        ResourceArgs args,
        ResourceOptions options
    )
    {
        try
        {
            Fill(resource, pending, await ReadOrRegisterAsync(resource, args, options));
        }
        catch (Exception failure)
        {
            foreach (var output in pending.Values)
            {
                output.TrySetException(failure);
            }

            throw;
        }

        // What the mock did not return is unknown in a preview, and the type's default otherwise.
        foreach (var output in pending.Values)
        {
            output.TrySetDefault(isKnown: !IsDryRun);
        }
    }

    private static void Fill(
        Resource resource,
        ImmutableDictionary<string, IPendingOutput> pending,
        ResourceState state
    )
    {
        pending[WireNames.Urn].Set(OutputData.Known<object?>(state.Urn));

        if (resource is CustomResource)
        {
            pending[WireNames.Id].Set(OutputData.Known<object?>(state.Id) with { IsKnown = state.Id.Length > 0 });
        }

        var converter = new Converter(warning => Log.Warn(warning, resource));

        foreach (var (name, output) in pending)
        {
            if (name is not (WireNames.Urn or WireNames.Id) && state.Properties.TryGetValue(name, out var value))
            {
                output.Set(converter.Convert($"{resource.GetType().FullName}.{name}", value, output.TargetType));
            }
        }
    }

    private async Task<ResourceState> ReadOrRegisterAsync(Resource resource, ResourceArgs args, ResourceOptions options)
    {
        if (options.Urn is not null)
        {
            return _monitor.Get(options.Urn);
        }

        var id = options.Id is null ? "" : await options.Id.ToOutput().GetValueAsync(whenUnknown: "");

        if (string.IsNullOrEmpty(id))
        {
            var importId = (options as CustomResourceOptions)?.ImportId ?? "";
            return await _monitor.RegisterAsync(resource, await PrepareAsync(resource, args, options), importId);
        }

        return resource is CustomResource
            ? await _monitor.ReadAsync(resource, await PrepareAsync(resource, args, options), id)
            : throw new ArgumentException(
                $"{nameof(ResourceOptions)}.{nameof(ResourceOptions.Id)} is only valid for a {nameof(CustomResource)}"
            );
    }

    /// <summary>Waits for everything that the resource needs.</summary>
    private async Task<ResourceRequest> PrepareAsync(Resource resource, ResourceArgs args, ResourceOptions options)
    {
        if (options.DeletedWith is { } owner)
        {
            await owner.Urn.DataTask;
        }

        var (type, name) = (resource.GetResourceType(), resource.GetResourceName());
        var explicitly = await options.DependsOn.ToOutput().GetValueAsync(whenUnknown: []);
        var inputs = args.ToDictionary().Remove(WireNames.Id).Remove(WireNames.Urn);
        var wire = await SerializeAsync($"resource:{name}[{type}]", inputs);

        var above = options.Parent ?? (type == Stack.TypeToken ? null : Stack);
        var parentUrn = above is null ? "" : await above.Urn.GetValueAsync(whenUnknown: "");
        var provider = resource is CustomResource ? options.Provider ?? options.Parent?.GetProvider(type) : null;
        var reference = provider is null ? "" : await provider.ReferenceAsync();

        await AllCreatedAsync([.. explicitly, .. wire.Dependencies]);

        return new(type, name, parentUrn, reference, wire.Values);
    }

    /// <summary>Waits for resources; for a component that is for the resources it groups.</summary>
    private static Task AllCreatedAsync(IEnumerable<Resource> resources) =>
        Task.WhenAll(Reachable(resources).Select(resource => resource.Urn.DataTask));

    private static HashSet<Resource> Reachable(IEnumerable<Resource> resources)
    {
        var seen = new HashSet<Resource>();
        var open = new Stack<Resource>(resources);

        while (open.TryPop(out var resource))
        {
            if (seen.Add(resource) && resource is ComponentResource)
            {
                foreach (var child in resource.ChildrenNow())
                {
                    open.Push(child);
                }
            }
        }

        seen.RemoveWhere(resource => resource is ComponentResource { IsRemote: false });
        return seen;
    }

    /// <summary>The values that are not null, as wire values, and the resources that they came from.</summary>
    private static async Task<Wire> SerializeAsync(string label, IDictionary<string, object?> values)
    {
        var wire = ImmutableDictionary.CreateBuilder<string, object?>();
        var serializer = new Serializer(keepResources: true);

        foreach (var (name, value) in values)
        {
            try
            {
                if (await serializer.SerializeAsync($"{label}.{name}", value) is { } serialized)
                {
                    wire.Add(name, serialized);
                }
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException(
                    $"error serializing property \"{name}\": {failure.Message}",
                    failure
                );
            }
        }

        return new(wire.ToImmutable(), serializer.Dependencies);
    }

    private sealed record Wire(ImmutableDictionary<string, object?> Values, HashSet<Resource> Dependencies);
}
