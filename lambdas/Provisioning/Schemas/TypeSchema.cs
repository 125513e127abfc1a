using System.Text.Json.Nodes;
using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.ModelCards;

namespace Mlops.Provisioning.Schemas;

/// <summary>JSON Schema of the requests of one pipeline type.</summary>
internal sealed class TypeSchema(BlueprintManifest manifest, PipelineTypeDefinition type, SchemaScope scope)
{
    /// <summary>Name of the definition of what counts as no value.</summary>
    public const string Nothing = "nothing";

    private IEnumerable<KeyDefinition> Keys => manifest.Keys.Where(key => key.BelongsTo(type.Type));

    /// <summary>Of a model card; no other type has any.</summary>
    private IReadOnlyList<CardField> Sections =>
        manifest == CardManifest.Default ? CardManifest.Sections(type.Type) : [];

    /// <summary>As if the key were not there.</summary>
    public static JsonObject NothingSchema =>
        new()
        {
            ["description"] = "As if the key were not there.",
            ["type"] = new JsonArray("null", "string"),
            ["pattern"] = @"^\s*$",
        };

    /// <summary>The definitions that <see cref="Request"/> refers to, by name.</summary>
    public IEnumerable<(string Name, JsonObject Schema)> Definitions =>
        Keys.Select(key => (NameOf(key), KeySchema.Of(key)))
            .Concat(Sections.Select(section => (NameOf(section), CardFieldSchema.Of(section))));

    /// <summary>The request itself.</summary>
    public JsonObject Request()
    {
        var properties = new JsonObject
        {
            [RequestKeys.PipelineType] = new JsonObject { ["description"] = type.Summary, ["const"] = type.Type },
        };
        var required = new JsonArray(RequestKeys.PipelineType);
        var conditions = new JsonArray();
        foreach (var key in Keys)
        {
            var always = IsAlwaysRequired(key);
            properties[key.Name] = Property(key, always);
            if (always)
            {
                required.Add((JsonNode?)key.Name);
            }
            else if (Condition(key) is { } condition)
            {
                conditions.Add((JsonNode?)condition);
            }
        }

        foreach (var section in Sections)
        {
            properties[section.Name] = new JsonObject
            {
                ["description"] = section.Description,
                ["anyOf"] = new JsonArray((JsonNode?)Reference(NameOf(section)), Reference(Nothing)),
            };
        }

        var schema = new JsonObject
        {
            ["title"] = type.Type,
            ["description"] = $"{type.Summary}. {manifest.Summary}.",
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = required,
        };
        foreach (var rule in manifest.Rules)
        {
            if (RuleSchema.Of(rule, Keys) is { } condition)
            {
                conditions.Add((JsonNode?)condition);
            }
        }

        if (conditions.Count > 0)
        {
            schema["allOf"] = conditions;
        }

        schema["examples"] = new JsonArray(Example());
        return schema;
    }

    /// <summary>Whether the key is required of every request that this scope knows.</summary>
    private bool IsAlwaysRequired(KeyDefinition key) =>
        key.RequiredWhen is { } when
            ? Applies(when) && when.Without is null && (when.Registry is null || scope.UseModelRegistry)
            : key.Required;

    /// <summary>
    /// Whether the condition can hold at all: of this type, and as to the registry. Where the deployment does not take
    /// models from it, a request that names a package does, and then that key is there already.
    /// </summary>
    private bool Applies(KeyCondition when) =>
        (when.PipelineTypes is null || when.PipelineTypes.Contains(type.Type))
        && (when.Registry is null || when.Registry == scope.UseModelRegistry);

    private JsonObject? Condition(KeyDefinition key)
    {
        if (key.RequiredWhen is not { } when || !Applies(when))
        {
            return null;
        }

        IEnumerable<string> absent = when.Without ?? [];
        if (when.Registry == false && manifest.Keys.Any(other => other.Name == RequestKeys.ModelPackageName))
        {
            absent = absent.Append(RequestKeys.ModelPackageName);
        }

        var then = new JsonObject
        {
            ["required"] = new JsonArray(key.Name),
            ["properties"] = new JsonObject { [key.Name] = Value(key) },
        };
        var given = absent.Select(other => (JsonNode?)Given(other)).ToList();
        return given.Count == 0
            ? then
            : new JsonObject
            {
                ["if"] = new JsonObject { ["not"] = new JsonObject { ["anyOf"] = new JsonArray([.. given]) } },
                ["then"] = then,
            };
    }

    /// <summary>The key is there and has a value.</summary>
    public static JsonObject Given(string key) =>
        new()
        {
            ["required"] = new JsonArray(key),
            ["properties"] = new JsonObject { [key] = new JsonObject { ["not"] = Reference(Nothing) } },
        };

    private JsonObject Property(KeyDefinition key, bool required)
    {
        var property = new JsonObject { ["description"] = key.Description };
        var value = Value(key);
        if (required)
        {
            foreach (var (name, part) in value.ToList())
            {
                value.Remove(name);
                property[name] = part;
            }
        }
        else
        {
            property["anyOf"] = new JsonArray(value, Reference(Nothing));
        }

        if (key.Default is { } otherwise)
        {
            property["default"] = KeySchema.Written(key.Type, otherwise);
        }

        if (key.Example is { } example)
        {
            property["examples"] = new JsonArray(KeySchema.Written(key.Type, example));
        }

        return property;
    }

    /// <summary>One value, or where the key allows it one for each target.</summary>
    private JsonObject Value(KeyDefinition key) =>
        key.PerTarget && scope.Targets is null or { Count: > 0 }
            ? new JsonObject { ["anyOf"] = new JsonArray(Reference(NameOf(key)), PerTarget(key)) }
            : Reference(NameOf(key));

    private JsonObject PerTarget(KeyDefinition key)
    {
        var one = new JsonObject { ["anyOf"] = new JsonArray(Reference(NameOf(key)), Reference(Nothing)) };
        var schema = new JsonObject { ["description"] = "A value for each target.", ["type"] = "object" };
        if (scope.Targets is not { } targets)
        {
            schema["minProperties"] = 1;
            schema["additionalProperties"] = one;
            return schema;
        }

        schema["properties"] = new JsonObject(
            targets.Select(target => KeyValuePair.Create(target, (JsonNode?)one.DeepClone()))
        );
        schema["required"] = new JsonArray([.. targets.Select(target => (JsonNode?)target)]);
        schema["additionalProperties"] = false;
        return schema;
    }

    /// <summary>The shortest request, of the keys' own examples, with what these ask for in turn.</summary>
    public JsonObject Example()
    {
        var there = Keys.Where(IsInExample).ToList();
        while (manifest.Rules.Select(rule => AskedFor(rule, there)).FirstOrDefault(key => key is not null) is { } more)
        {
            there.Add(more);
        }

        var example = new JsonObject { [RequestKeys.PipelineType] = type.Type };
        foreach (var key in Keys.Where(there.Contains))
        {
            example[key.Name] = KeySchema.Written(key.Type, key.Example!);
        }

        return example;
    }

    /// <summary>The key that a rule wants besides these, or null.</summary>
    private KeyDefinition? AskedFor(KeyRule rule, List<KeyDefinition> there)
    {
        var applies = rule.When.All(given =>
            there.Any(key =>
                key.Name == given.Key
                && (given.Values is null || given.Values.Contains(key.Example, StringComparer.Ordinal))
            )
        );
        return applies && there.All(key => key.Name != rule.Then.Key)
            ? Keys.FirstOrDefault(key => key.Name == rule.Then.Key && key is { Example: not null, Default: null })
            : null;
    }

    private bool IsInExample(KeyDefinition key) =>
        key.Example is not null && (key.RequiredWhen is { } when ? Applies(when) : key.Required);

    private string NameOf(KeyDefinition key) => $"{manifest.Name}.{key.Name}";

    private string NameOf(CardField section) => $"{manifest.Name}.{section.Name}";

    private static JsonObject Reference(string definition) => new() { ["$ref"] = $"#/$defs/{definition}" };
}
