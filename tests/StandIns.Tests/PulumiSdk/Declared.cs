using System.Collections.Concurrent;
using System.Collections.Immutable;
using Pulumi;
using Pulumi.Testing;

namespace Mlops.StandIns.Tests.PulumiSdk;

/// <summary>Mocks that keep what they are asked, and answer with the inputs and an id unless told otherwise.</summary>
internal sealed class Declared : IMocks
{
    private readonly ConcurrentQueue<MockResourceArgs> _resources = new();
    private readonly ConcurrentQueue<MockCallArgs> _calls = new();
    private readonly ConcurrentDictionary<string, ImmutableDictionary<string, Output<object?>>> _outputs = new();

    /// <summary>What a resource becomes, by name.</summary>
    public Dictionary<string, Func<MockResourceArgs, Task<object>>> States { get; } = [];

    public Func<MockCallArgs, object> Answer { get; init; } = _ => new Dictionary<string, object>();

    public IReadOnlyCollection<MockResourceArgs> Resources => _resources;

    public IReadOnlyCollection<MockCallArgs> Calls => _calls;

    /// <summary>The outputs that components and the stack registered, by URN.</summary>
    public IReadOnlyDictionary<string, ImmutableDictionary<string, Output<object?>>> Outputs => _outputs;

    public MockResourceArgs this[string name] => _resources.Single(resource => resource.Name == name);

    public static TestOptions Update => new() { IsPreview = false };

    public async Task<(string? id, object state)> NewResourceAsync(MockResourceArgs args)
    {
        _resources.Enqueue(args);
        var state = States.TryGetValue(args.Name!, out var make) ? await make(args) : args.Inputs;
        return ($"{args.Name}-id", state);
    }

    public Task<object> CallAsync(MockCallArgs args)
    {
        _calls.Enqueue(args);
        return Task.FromResult(Answer(args));
    }

    public Task RegisterResourceOutputs(MockRegisterResourceOutputsRequest args)
    {
        _outputs[args.Urn] = args.Outputs;
        return Task.CompletedTask;
    }
}
