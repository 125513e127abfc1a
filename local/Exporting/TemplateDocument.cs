using System.Text.Json.Nodes;

namespace Mlops.Local.Exporting;

/// <summary>Puts declarations together to one CloudFormation template.</summary>
internal sealed class TemplateDocument
{
    private readonly SortedDictionary<string, Entry> entries = new(StringComparer.Ordinal);

    /// <summary>Where each declaration is: settings of a bucket are in the bucket.</summary>
    private readonly Dictionary<string, string> places = [];

    /// <summary>Translates the declarations.</summary>
    /// <exception cref="NotSupportedException">One has no counterpart; the message names it.</exception>
    public TemplateDocument(IReadOnlyList<Declaration> declarations)
    {
        foreach (var declared in declarations)
        {
            if (TypeTable.Translate(declared) is var (type, properties))
            {
                entries[declared.LogicalId] = new Entry(type, properties, declared.Retain);
                places[declared.LogicalId] = declared.LogicalId;
            }
        }

        foreach (var declared in declarations.Where(each => !places.ContainsKey(each.LogicalId)))
        {
            Set(declared);
        }

        foreach (var declared in declarations)
        {
            entries[places[declared.LogicalId]].DependsOn.UnionWith(declared.DependsOn.Select(id => places[id]));
        }
    }

    /// <summary>The template.</summary>
    /// <param name="description">What it is, for people.</param>
    /// <param name="outputs">Values with tokens, by name.</param>
    public JsonObject Write(string description, IEnumerable<(string Name, string Value)> outputs)
    {
        var resources = new JsonObject();
        foreach (var (id, entry) in entries)
        {
            resources[id] = Resource(id, entry);
        }

        var written = new JsonObject();
        foreach (var (name, value) in outputs)
        {
            written[TypeTable.Attribute(name)] = new JsonObject { ["Value"] = Tokens.Resolve(value) };
        }

        return new JsonObject
        {
            ["AWSTemplateFormatVersion"] = "2010-09-09",
            ["Description"] = description,
            ["Parameters"] = Parameters.Used(entries.Values.SelectMany(entry => Tokens.ReferencesIn(entry.Properties))),
            ["Resources"] = resources,
            ["Outputs"] = written,
        };
    }

    private static JsonObject Resource(string id, Entry entry)
    {
        // What a value refers to is there first anyway.
        var before = entry.DependsOn.Except(Tokens.ReferencesIn(entry.Properties)).Where(other => other != id).ToList();
        var resource = new JsonObject { ["Type"] = entry.Type };
        if (before.Count > 0)
        {
            resource["DependsOn"] = new JsonArray([.. before.Select(other => (JsonNode)other)]);
        }

        var policy = entry.Retain ? "Retain" : "Delete";
        resource["DeletionPolicy"] = policy;
        resource["UpdateReplacePolicy"] = policy;
        resource["Properties"] = Tokens.Resolve(entry.Properties);
        return resource;
    }

    private void Set(Declaration declared)
    {
        var setting = BucketSettings.ByToken[declared.Token];
        var inputs = declared.Inputs.DeepClone().AsObject();
        var bucket = Tokens.ReferenceIn((string?)inputs[BucketSettings.Bucket]);
        if (bucket is null || !entries.TryGetValue(bucket, out var entry))
        {
            throw new NotSupportedException($"{declared.Where} is about a bucket that the program does not make.");
        }

        inputs.Remove(BucketSettings.Bucket);
        if (!entry.Properties.TryAdd(setting.Property, setting.Shape(declared.Where, inputs)))
        {
            throw new NotSupportedException($"{declared.Where}: the bucket has two {setting.Property}.");
        }

        places[declared.LogicalId] = bucket;
    }

    private sealed record Entry(string Type, JsonObject Properties, bool Retain)
    {
        public SortedSet<string> DependsOn { get; } = new(StringComparer.Ordinal);
    }
}
