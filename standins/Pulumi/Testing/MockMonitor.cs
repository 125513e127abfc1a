using System.Collections.Immutable;
using Pulumi.Serialization;

namespace Pulumi.Testing;

/// <summary>What became of a resource: its URN, its id, and its state as wire values.</summary>
internal sealed record ResourceState(string Urn, string Id, ImmutableDictionary<string, object?> Properties);

/// <summary>What is asked for: a resource's type, name, parent, provider and inputs as wire values.</summary>
internal sealed record ResourceRequest(
    string Type,
    string Name,
    string Parent,
    string Provider,
    ImmutableDictionary<string, object?> Inputs
);

/// <summary>Stands where the engine would be, and asks the mocks.</summary>
internal sealed class MockMonitor(IMocks mocks, string stackName, string projectName)
{
    private readonly Lock _gate = new();
    private readonly List<Resource> _resources = [];
    private readonly Dictionary<string, ResourceState> _states = [];

    /// <summary>Everything declared so far, in the order in which it was ready.</summary>
    public ImmutableArray<Resource> Resources
    {
        get
        {
            lock (_gate)
            {
                return [.. _resources];
            }
        }
    }

    public async Task<ResourceState> RegisterAsync(Resource resource, ResourceRequest request, string importId)
    {
        Add(resource);
        var urn = UrnOf(request);

        if (request.Type == Stack.TypeToken)
        {
            return new(urn, "", ImmutableDictionary<string, object?>.Empty);
        }

        var (id, properties) = await NewResourceAsync(request, importId);
        return Keep(new(urn, id ?? importId, properties));
    }

    public async Task<ResourceState> ReadAsync(Resource resource, ResourceRequest request, string id)
    {
        var (_, properties) = await NewResourceAsync(request, id);
        Add(resource);
        return Keep(new(UrnOf(request), id, properties));
    }

    public ResourceState Get(string urn)
    {
        lock (_gate)
        {
            return _states.GetValueOrDefault(urn) ?? throw new InvalidOperationException($"Unknown resource {urn}");
        }
    }

    public async Task<ImmutableDictionary<string, object?>> InvokeAsync(
        string token,
        ImmutableDictionary<string, object?> args,
        string provider
    ) =>
        await ToWireAsync(
            await mocks.CallAsync(
                new MockCallArgs
                {
                    Token = token,
                    Args = Known(args),
                    Provider = provider,
                }
            )
        );

    public Task RegisterOutputsAsync(string urn, ImmutableDictionary<string, object?> outputs) =>
        mocks.RegisterResourceOutputs(
            new MockRegisterResourceOutputsRequest(
                urn,
                outputs.ToImmutableDictionary(
                    output => output.Key,
                    output => new Output<object?>(Task.FromResult(Deserializer.Deserialize(output.Value)))
                )
            )
        );

    private async Task<(string? Id, ImmutableDictionary<string, object?> State)> NewResourceAsync(
        ResourceRequest request,
        string id
    )
    {
        var (newId, state) = await mocks.NewResourceAsync(
            new MockResourceArgs
            {
                Type = request.Type,
                Name = request.Name,
                Inputs = Known(request.Inputs),
                Provider = request.Provider,
                Id = id,
            }
        );

        return (newId, await ToWireAsync(state));
    }

    // A parent's URN gives only the first type of its chain, as in the official mocks; the engine keeps the whole chain.
    private string UrnOf(ResourceRequest request)
    {
        var chain = request.Parent.Length == 0 ? "" : request.Parent.Split("::")[2].Split('$')[0] + "$";
        return $"urn:pulumi:{stackName}::{projectName}::{chain}{request.Type}::{request.Name}";
    }

    private void Add(Resource resource)
    {
        lock (_gate)
        {
            _resources.Add(resource);
        }
    }

    private ResourceState Keep(ResourceState state)
    {
        lock (_gate)
        {
            return _states[state.Urn] = state;
        }
    }

    private static ImmutableDictionary<string, object> Known(ImmutableDictionary<string, object?> wire)
    {
        var known = ImmutableDictionary.CreateBuilder<string, object>();

        foreach (var (name, value) in wire)
        {
            if (Deserializer.Deserialize(value) is { IsKnown: true, Value: { } plain })
            {
                known.Add(name, plain);
            }
        }

        return known.ToImmutable();
    }

    private static async Task<ImmutableDictionary<string, object?>> ToWireAsync(object answer)
    {
        var value = answer is IDictionary<string, object> map ? map.ToImmutableDictionary() : answer;
        var wire = await new Serializer(keepResources: true).SerializeAsync("", value);
        return wire as ImmutableDictionary<string, object?>
            ?? throw new InvalidOperationException(
                $"{answer?.GetType().FullName ?? "null"} is not a supported argument type"
            );
    }
}
