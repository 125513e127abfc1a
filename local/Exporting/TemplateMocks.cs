using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Mlops.Infra;
using Mlops.Local.Stacks;
using Mlops.Local.Stacks.Natives;
using Pulumi.Testing;

namespace Mlops.Local.Exporting;

/// <summary>
/// Stands where Pulumi's engine and providers stand: makes nothing, and answers with a token for everything that only
/// AWS could know. It keeps what is made in one account: a template is of one.
/// </summary>
/// <param name="deploymentName">Start of every name.</param>
/// <param name="registrations">What was registered.</param>
/// <param name="target">Whose account; null: the orchestrator's.</param>
internal sealed class TemplateMocks(string deploymentName, Registrations registrations, TargetSettings? target = null)
    : IMocks
{
    private readonly Dictionary<string, Made> made = [];

    /// <summary>Those of other accounts, each with its account.</summary>
    private readonly ConcurrentDictionary<string, string> providers = new(StringComparer.Ordinal);

    /// <summary>Every resource of the program but its components and providers, by logical id.</summary>
    public IReadOnlyList<Declaration> Declarations
    {
        get
        {
            lock (made)
            {
                return
                [
                    .. made.OrderBy(each => each.Key, StringComparer.Ordinal)
                        .Select(each => Declaration(each.Key, each.Value)),
                ];
            }
        }
    }

    /// <inheritdoc />
    public Task<(string? id, object state)> NewResourceAsync(MockResourceArgs args)
    {
        var (token, name) = (args.Type ?? "", args.Name ?? "");
        var inputs = PulumiValues.ToJson(args.Inputs);
        if (ProviderAccounts.IsProvider(token))
        {
            if (ProviderAccounts.RoleOf(inputs) is { } role)
            {
                providers[name] = role.Split(':')[4];
            }

            return Task.FromResult<(string?, object)>((name, args.Inputs));
        }

        if (IsComponent(token))
        {
            return Task.FromResult<(string?, object)>((null, args.Inputs)); // Its children come on their own.
        }

        if (!TypeTable.Takes(token))
        {
            throw new NotSupportedException(
                $"nothing says what {token} ({name}) is in CloudFormation: add it to local/Exporting/TypeTable.cs."
            );
        }

        if (!string.IsNullOrEmpty(args.Id))
        {
            throw new NotSupportedException($"{token} {name} is read, not made: a template cannot read.");
        }

        if (!IsOfThisAccount(args.Provider))
        {
            return Task.FromResult<(string?, object)>((name, Elsewhere(token, name, args.Inputs)));
        }

        var id = LogicalIds.Of(Start, token, name);
        lock (made)
        {
            if (!made.TryAdd(id, new Made(token, name, inputs)))
            {
                throw new NotSupportedException(
                    $"{token} {name} and {made[id].Token} {made[id].Name} would both be called {id} in the template."
                );
            }
        }

        return Task.FromResult<(string?, object)>((Tokens.Of(id), State(token, name, id, args.Inputs)));
    }

    /// <inheritdoc />
    public Task<object> CallAsync(MockCallArgs args) =>
        Task.FromResult<object>(
            args.Token switch
            {
                "aws:index/getCallerIdentity:getCallerIdentity" => Answer(
                    ("id", HomeAccount),
                    ("accountId", HomeAccount),
                    ("arn", $"arn:{Tokens.Partition}:iam::{HomeAccount}:root"),
                    ("userId", HomeAccount)
                ),
                "aws:index/getPartition:getPartition" => Answer(
                    ("id", Tokens.Partition),
                    ("partition", Tokens.Partition),
                    ("dnsSuffix", Tokens.UrlSuffix),
                    ("reverseDnsPrefix", "com.amazonaws")
                ),
                Lookups.Bucket => AssumedLookups.Bucket((string)args.Args["bucketName"]),
                Lookups.BucketNotification => AssumedLookups.BucketNotification((string)args.Args["bucket"]),
                Lookups.Repository => AssumedLookups.Repository((string)args.Args["repositoryName"]),
                Lookups.Key => AssumedLookups.Key((string)args.Args["keyId"]),
                _ => throw new NotSupportedException($"The program calls {args.Token}; a template cannot."),
            }
        );

    /// <summary>What is made in a target has the target's name, too, which would be in every id.</summary>
    private string Start => target is null ? deploymentName : $"{deploymentName}-{target.Name}";

    /// <summary>In a target's template the orchestrator account is another one.</summary>
    private string HomeAccount => target is null ? Tokens.AccountId : Tokens.Of(Parameters.HomeAccount);

    private bool IsOfThisAccount(string? provider) =>
        providers.GetValueOrDefault((provider ?? "").Split("::")[^1]) == target?.AccountId.Text;

    /// <summary>What another account's resource is called there, the template is told by a parameter.</summary>
    private ImmutableDictionary<string, object> Elsewhere(
        string token,
        string name,
        ImmutableDictionary<string, object> inputs
    )
    {
        var id = LogicalIds.Of(deploymentName, token, name);
        var state = inputs;
        foreach (var output in registrations.Of(token, name).Outputs.Where(output => !inputs.ContainsKey(output)))
        {
            state = state.SetItem(output, Tokens.Of($"{Parameters.Home}{id}{TypeTable.Attribute(output)}"));
        }

        return state;
    }

    private static bool IsComponent(string token) =>
        token.StartsWith("mlops:", StringComparison.Ordinal) || token == "pulumi:pulumi:Stack";

    private ImmutableDictionary<string, object> State(
        string token,
        string name,
        string id,
        ImmutableDictionary<string, object> inputs
    )
    {
        var state = inputs;
        foreach (var output in registrations.Of(token, name).Outputs)
        {
            if (TypeTable.IsReference(token, output))
            {
                state = state.SetItem(output, Tokens.Of(id));
            }
            else if (!state.ContainsKey(output))
            {
                state = state.SetItem(output, Tokens.Of(id, TypeTable.Attribute(output)));
            }
        }

        return state;
    }

    private Declaration Declaration(string id, Made resource)
    {
        var registration = registrations.Of(resource.Token, resource.Name);
        return new Declaration(
            resource.Token,
            resource.Name,
            id,
            Here(resource.Inputs),
            registration.Retain,
            [
                .. registration
                    .DependsOn.SelectMany(registrations.Expand)
                    .Select(each => LogicalIds.Of(Start, each.Token, each.Name)),
            ]
        );
    }

    /// <summary>The settings name the target's account; the template is of whichever it is deployed in.</summary>
    private JsonObject Here(JsonObject inputs) =>
        target is null
            ? inputs
            : JsonNode
                .Parse(
                    inputs.ToJsonString().Replace(target.AccountId.Text, Tokens.AccountId, StringComparison.Ordinal)
                )!
                .AsObject();

    private static ImmutableDictionary<string, object> Answer(params (string Name, string Value)[] members) =>
        members.ToImmutableDictionary(member => member.Name, member => (object)member.Value);

    private sealed record Made(string Token, string Name, JsonObject Inputs);
}
