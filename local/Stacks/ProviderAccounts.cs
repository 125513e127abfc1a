using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Mlops.Local.Stacks.Wire;

namespace Mlops.Local.Stacks;

/// <summary>What a provider of the program stands for: an account, and the tags that land on everything it makes.</summary>
/// <param name="Account">Credentials that the local AWS maps to the account.</param>
/// <param name="DefaultTags">May be empty.</param>
public sealed record ProviderAccount(AwsAccount Account, IReadOnlyDictionary<string, string> DefaultTags);

/// <summary>
/// The program's providers. A resource refers to its provider as <c>&lt;urn&gt;::&lt;id&gt;</c>; complex settings of a
/// provider come as JSON text.
/// </summary>
public sealed class ProviderAccounts(LocalAws aws, AwsAccount orchestrator)
{
    private const string Prefix = "pulumi:providers:";
    private readonly ConcurrentDictionary<string, ProviderAccount> byId = new();

    /// <summary>Whether a resource is a provider.</summary>
    public static bool IsProvider(string token) => token.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Takes a provider up and answers its id; one that assumes a role gets that account's credentials.</summary>
    /// <exception cref="AwsCallException">The role cannot be assumed.</exception>
    /// <exception cref="InvalidOperationException">The account is not one that the provider allows.</exception>
    public async Task<string> AddAsync(string name, JsonObject inputs, CancellationToken cancellationToken)
    {
        var account = orchestrator with { Region = (string?)inputs["region"] ?? orchestrator.Region };
        if (RoleOf(inputs) is { } role)
        {
            account = await LocalAccounts.AssumeAsync(aws, account, role, cancellationToken);
        }

        if (Parsed(inputs["allowedAccountIds"]) is JsonArray { Count: > 0 } allowed)
        {
            RefuseOthers(name, account, [.. allowed.Select(id => id!.ToString())]);
        }

        var id = AutoName.Make(name);
        byId[id] = new ProviderAccount(account, TagsOf(inputs));
        return id;
    }

    /// <summary>The account of a resource's provider.</summary>
    /// <param name="reference">As the mock sees it; empty for the default provider.</param>
    /// <exception cref="InvalidOperationException">There is none: the program forbids default providers.</exception>
    public ProviderAccount Of(string? reference) =>
        reference is { Length: > 0 } && byId.TryGetValue(reference.Split("::")[^1], out var provider)
            ? provider
            : throw new InvalidOperationException(
                $"its provider \"{reference}\" is not one that the program declared: pass one (default providers are off)"
            );

    private static void RefuseOthers(string name, AwsAccount account, string[] allowed)
    {
        if (!allowed.Contains(account.AccountId))
        {
            throw new InvalidOperationException(
                $"provider {name} is in account {account.AccountId}, and allows only {string.Join(", ", allowed)}"
            );
        }
    }

    /// <summary>ARN of the role that a provider takes on; null where it works as the program.</summary>
    internal static string? RoleOf(JsonObject inputs) =>
        (Parsed(inputs["assumeRoles"]) as JsonArray)?.FirstOrDefault()?["roleArn"]?.ToString()
        ?? Parsed(inputs["assumeRole"])?["roleArn"]?.ToString();

    private static Dictionary<string, string> TagsOf(JsonObject inputs) =>
        (Parsed(inputs["defaultTags"])?["tags"] as JsonObject ?? []).ToDictionary(
            tag => tag.Key,
            tag => tag.Value!.ToString()
        );

    private static JsonNode? Parsed(JsonNode? value) =>
        value is JsonValue text && text.TryGetValue<string>(out var json) ? JsonNode.Parse(json) : value;
}
