using System.Collections.Immutable;

namespace Pulumi.Testing;

/// <summary>Answers in place of the providers when a program is run in-process.</summary>
public interface IMocks
{
    /// <summary>Called once for each resource when its inputs are known; gives its id and its state as a dictionary.</summary>
    Task<(string? id, object state)> NewResourceAsync(MockResourceArgs args);

    /// <summary>Called for each function of a provider; gives its answer as a dictionary.</summary>
    Task<object> CallAsync(MockCallArgs args);

    /// <summary>Called when a component or the stack says what its outputs are.</summary>
    Task RegisterResourceOutputs(MockRegisterResourceOutputsRequest args) => Task.CompletedTask;
}

/// <summary>A resource that the program declares.</summary>
public class MockResourceArgs
{
    /// <summary>The type token.</summary>
    public string? Type { get; set; }

    /// <summary>The name that the program gave.</summary>
    public string? Name { get; set; }

    /// <summary>The inputs that are known, by wire name: numbers are doubles, secrets plain, lists and maps immutable.</summary>
    public ImmutableDictionary<string, object> Inputs { get; set; } = null!;

    /// <summary>The provider as <c>urn::id</c>; empty for the default one.</summary>
    public string? Provider { get; set; }

    /// <summary>The id of an existing resource that is read or imported; empty for a new one.</summary>
    public string? Id { get; set; }
}

/// <summary>A function of a provider that the program calls.</summary>
public class MockCallArgs
{
    /// <summary>The function's token.</summary>
    public string? Token { get; set; }

    /// <summary>The arguments that are known, by wire name.</summary>
    public ImmutableDictionary<string, object> Args { get; set; } = null!;

    /// <summary>The provider as <c>urn::id</c>; empty for the default one.</summary>
    public string? Provider { get; set; }
}

/// <summary>The outputs of a component or of the stack.</summary>
public class MockRegisterResourceOutputsRequest(string urn, ImmutableDictionary<string, Output<object?>> outputs)
{
    /// <summary>The URN of the component or the stack.</summary>
    public readonly string Urn = urn;

    /// <summary>The outputs by name.</summary>
    public readonly ImmutableDictionary<string, Output<object?>> Outputs = outputs;
}

/// <summary>What a program that is run in-process sees of its surroundings.</summary>
public class TestOptions
{
    /// <summary>The project's name; "project" by default.</summary>
    public string? ProjectName { get; set; }

    /// <summary>The project's folder.</summary>
    public string? RootDirectory { get; set; }

    /// <summary>The stack's name; "stack" by default.</summary>
    public string? StackName { get; set; }

    /// <summary>Whether it is a preview; true by default, and then what mocks do not return is unknown.</summary>
    public bool? IsPreview { get; set; }

    /// <summary>The organization's name; "organization" by default.</summary>
    public string? OrganizationName { get; set; }
}
