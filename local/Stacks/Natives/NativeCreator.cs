using System.Text.Json.Nodes;
using Mlops.Local.Stacks.Wire;

namespace Mlops.Local.Stacks.Natives;

/// <summary>Resources of Pulumi's AWS Native package, whatever their type.</summary>
internal sealed class NativeCreator(LocalAws aws, NotCarriedOutList notCarriedOut, TimeProvider clock)
{
    public async Task<CreatedResource> CreateAsync(
        string token,
        string name,
        JsonObject inputs,
        ProviderAccount provider,
        CancellationToken cancellationToken
    )
    {
        var typeName = NativeNames.ToCloudFormationType(token);
        var type = NativeTypes.ByName.GetValueOrDefault(typeName);
        var resource = new NativeResource(aws, provider.Account, Declaration(type, name, inputs, typeName, provider));
        var id = await MakeAsync(type, typeName, name, resource, cancellationToken);
        if (id is null)
        {
            notCarriedOut.Add(new NotCarriedOut(typeName, NotCarriedOut.Everything, name));
            return Created(token, name, AutoName.Make(name), resource, new JsonObject());
        }

        if (type is null)
        {
            notCarriedOut.Add(new NotCarriedOut(typeName, NotCarriedOut.Unread, name));
            return Created(token, name, id, resource, new JsonObject());
        }

        var found = await type.ReadAsync(resource, id, cancellationToken);
        foreach (var property in Comparison.Missing(resource.Declared, found).Except(type.Unreadable))
        {
            notCarriedOut.Add(new NotCarriedOut(typeName, property, name));
        }

        return Created(token, name, Identifier(type, id, found), resource, found);
    }

    /// <summary>What is there under an id (<c>X.Get</c>); nothing is created.</summary>
    public async Task<CreatedResource> ReadAsync(
        string token,
        string name,
        string id,
        ProviderAccount provider,
        CancellationToken cancellationToken
    )
    {
        var typeName = NativeNames.ToCloudFormationType(token);
        var type =
            NativeTypes.ByName.GetValueOrDefault(typeName)
            ?? throw new NotSupportedException($"The local stack cannot read a {typeName}.");
        var resource = new NativeResource(aws, provider.Account, new JsonObject());
        return Created(token, name, id, resource, await type.ReadAsync(resource, id, cancellationToken));
    }

    private async Task<string?> MakeAsync(
        NativeType? type,
        string typeName,
        string name,
        NativeResource resource,
        CancellationToken cancellationToken
    )
    {
        if (type?.CreateAsync is { } create)
        {
            return await create(resource, cancellationToken);
        }

        var stack = AutoName.MakeStackName(name);
        var id = await OneResourceStack.CreateAsync(resource, typeName, stack, clock, cancellationToken);
        if (id is not null && type?.CompleteAsync is { } complete)
        {
            await complete(resource, id, cancellationToken);
        }

        return id;
    }

    private static JsonObject Declaration(
        NativeType? type,
        string name,
        JsonObject inputs,
        string typeName,
        ProviderAccount provider
    )
    {
        var declared = NativeNames.ToCloudFormation(typeName, inputs);
        if (type?.NameProperty is { } property && !declared.ContainsKey(property))
        {
            declared[property] = AutoName.Make(name);
        }

        if (type is { Tagged: true } && provider.DefaultTags.Count > 0)
        {
            declared["Tags"] = WithDefaults(declared["Tags"] as JsonArray ?? [], provider.DefaultTags);
        }

        return declared;
    }

    private static JsonArray WithDefaults(JsonArray declared, IReadOnlyDictionary<string, string> defaults)
    {
        var tags = declared.DeepClone().AsArray();
        var own = tags.Select(tag => (string?)tag!["Key"]).ToHashSet();
        foreach (var (key, value) in defaults.Where(tag => !own.Contains(tag.Key)))
        {
            tags.Add(new JsonObject { ["Key"] = key, ["Value"] = value });
        }

        return tags;
    }

    private static string Identifier(NativeType type, string physicalId, JsonObject found) =>
        type.Identifier.Count == 0
            ? physicalId
            : string.Join('|', type.Identifier.Select(name => (string?)found[name]));

    private static CreatedResource Created(
        string token,
        string name,
        string id,
        NativeResource resource,
        JsonObject found
    )
    {
        var properties = resource.Declared.DeepClone().AsObject();
        foreach (
            var (property, value) in found.Where(member =>
                member.Value is not null && !properties.ContainsKey(member.Key)
            )
        )
        {
            properties[property] = value!.DeepClone();
        }

        var state = NativeNames.ToPulumi(properties);
        return new CreatedResource(token, name, id, resource.Declared, state, resource.Account);
    }
}
