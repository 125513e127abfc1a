using System.Text.Json.Nodes;
using Mlops.Local.Stacks.Wire;

namespace Mlops.Local.Stacks.Natives;

/// <summary>One resource on its way into the local AWS: where it goes and what was declared, in CloudFormation's spelling.</summary>
/// <param name="Aws">The calls.</param>
/// <param name="Account">Of the resource's provider.</param>
/// <param name="Declared">With the generated name, where the declaration has none.</param>
internal sealed record NativeResource(LocalAws Aws, AwsAccount Account, JsonObject Declared)
{
    public string Text(string property) => (string?)Declared[property] ?? "";

    public Task<JsonObject> JsonAsync(
        string service,
        string target,
        JsonObject body,
        CancellationToken cancellationToken
    ) => Aws.JsonAsync(Account, service, target, body, cancellationToken);

    public Task<JsonObject> RestAsync(
        string service,
        HttpMethod method,
        string path,
        JsonNode? body,
        CancellationToken cancellationToken
    ) => Aws.RestAsync(Account, service, method, path, body, cancellationToken);
}

/// <summary>What the local stack knows about one CloudFormation type.</summary>
/// <param name="Name">For example <c>AWS::IAM::Role</c>.</param>
/// <param name="ReadAsync">The properties and attributes that the service has, by physical id; CloudFormation's spelling.</param>
internal sealed record NativeType(
    string Name,
    Func<NativeResource, string, CancellationToken, Task<JsonObject>> ReadAsync
)
{
    /// <summary>The property that the engine fills with a generated name; null when the service makes the name.</summary>
    public string? NameProperty { get; init; }

    /// <summary>Whether the provider's default tags land on it, in <c>Tags</c>.</summary>
    public bool Tagged { get; init; }

    /// <summary>Creates it by one call where moto's CloudFormation lacks the type; the answer is the physical id.</summary>
    public Func<NativeResource, CancellationToken, Task<string>>? CreateAsync { get; init; }

    /// <summary>Makes good by one call what moto's CloudFormation leaves out of a type that it has.</summary>
    public Func<NativeResource, string, CancellationToken, Task>? CompleteAsync { get; init; }

    /// <summary>
    /// Finds the physical id of what a stack has made, where moto's CloudFormation does not tell it; null when there is
    /// nothing. The declaration has references to other resources worked out.
    /// </summary>
    public Func<NativeResource, CancellationToken, Task<string?>>? FindAsync { get; init; }

    /// <summary>The properties (or attributes) that make Pulumi's id, joined by <c>|</c>; empty: the physical id.</summary>
    public IReadOnlyList<string> Identifier { get; init; } = [];

    /// <summary>Properties that no service tells (they are about deletion, or about the call itself).</summary>
    public IReadOnlyList<string> Unreadable { get; init; } = [];
}
