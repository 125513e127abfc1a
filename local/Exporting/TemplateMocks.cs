using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Mlops.Local.Stacks;
using Mlops.Local.Stacks.Natives;
using Pulumi.Testing;

namespace Mlops.Local.Exporting;

/// <summary>
/// Stands where Pulumi's engine and providers stand: makes nothing, and answers with a token for everything that only
/// AWS could know.
/// </summary>
internal sealed class TemplateMocks(string deploymentName, Registrations registrations) : IMocks
{
    private readonly Dictionary<string, Made> made = [];

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
            RefuseOtherAccounts(name, inputs);
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

        var id = LogicalIds.Of(deploymentName, token, name);
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
                    ("id", Tokens.AccountId),
                    ("accountId", Tokens.AccountId),
                    ("arn", $"arn:{Tokens.Partition}:iam::{Tokens.AccountId}:root"),
                    ("userId", Tokens.AccountId)
                ),
                "aws:index/getPartition:getPartition" => Answer(
                    ("id", Tokens.Partition),
                    ("partition", Tokens.Partition),
                    ("dnsSuffix", Tokens.UrlSuffix),
                    ("reverseDnsPrefix", "com.amazonaws")
                ),
                Lookups.Bucket => AssumedLookups.Bucket((string)args.Args["bucketName"]),
                Lookups.Repository => AssumedLookups.Repository((string)args.Args["repositoryName"]),
                Lookups.Key => AssumedLookups.Key((string)args.Args["keyId"]),
                _ => throw new NotSupportedException($"The program calls {args.Token}; a template cannot."),
            }
        );

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
            resource.Inputs,
            registration.Retain,
            [
                .. registration
                    .DependsOn.SelectMany(registrations.Expand)
                    .Select(each => LogicalIds.Of(deploymentName, each.Token, each.Name)),
            ]
        );
    }

    private static void RefuseOtherAccounts(string name, JsonObject inputs)
    {
        if (inputs.ContainsKey("assumeRole") || inputs.ContainsKey("assumeRoles"))
        {
            throw new NotSupportedException(
                $"The provider {name} works in another account: one template is of one account."
            );
        }
    }

    private static ImmutableDictionary<string, object> Answer(params (string Name, string Value)[] members) =>
        members.ToImmutableDictionary(member => member.Name, member => (object)member.Value);

    private sealed record Made(string Token, string Name, JsonObject Inputs);
}
