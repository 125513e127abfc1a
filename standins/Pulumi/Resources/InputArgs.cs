using System.Collections.Immutable;
using System.Reflection;
using Pulumi.Serialization;

namespace Pulumi;

/// <summary>A bag of arguments: its members marked with <see cref="InputAttribute"/>.</summary>
public abstract class InputArgs
{
    private const BindingFlags AnyInstance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private protected InputArgs() { }

    internal virtual ImmutableDictionary<string, object?> ToDictionary()
    {
        var members = ImmutableDictionary.CreateBuilder<string, object?>();

        foreach (var field in GetType().GetFields(AnyInstance))
        {
            AddMember(members, field, field.GetValue(this));
        }

        foreach (var property in GetType().GetProperties(AnyInstance))
        {
            if (property.IsDefined(typeof(InputAttribute)))
            {
                AddMember(members, property, property.GetValue(this));
            }
        }

        return members.ToImmutable();
    }

    private void AddMember(ImmutableDictionary<string, object?>.Builder members, MemberInfo member, object? value)
    {
        if (member.GetCustomAttribute<InputAttribute>() is not { } input)
        {
            return;
        }

        var label = $"[Input] {GetType().FullName}.{member.Name}";

        if (input.IsRequired && value is null)
        {
            throw new ArgumentNullException(member.Name, $"{label} is required but was not given a value");
        }

        members.Add(input.Name, input.Json ? ToJson(label, value) : value);
    }

    private static Output<string>? ToJson(string label, object? value)
    {
        return value switch
        {
            null => null,
            IInput input => input.ToOutput().ApplyUntyped(known => Output.Create(TextAsync(known))),
            _ => Output.Create(TextAsync(value)),
        };

        async Task<string> TextAsync(object? known) =>
            WireJson.Format(await new Serializer(keepResources: false).SerializeAsync(label, known));
    }
}

/// <summary>The arguments of a resource.</summary>
public abstract class ResourceArgs : InputArgs
{
    /// <summary>No arguments.</summary>
    public static readonly ResourceArgs Empty = new EmptyArgs();

    private sealed class EmptyArgs : ResourceArgs;
}

/// <summary>The arguments of a function of a provider.</summary>
public abstract class InvokeArgs : InputArgs
{
    /// <summary>No arguments.</summary>
    public static readonly InvokeArgs Empty = new EmptyArgs();

    private sealed class EmptyArgs : InvokeArgs;
}

/// <summary>A resource's arguments without a class for them.</summary>
public sealed class DictionaryResourceArgs : ResourceArgs
{
    private readonly ImmutableDictionary<string, object?> _dictionary;

    /// <summary>Arguments from a dictionary, whose values must be of types that can be sent.</summary>
    public DictionaryResourceArgs(ImmutableDictionary<string, object?> dictionary)
    {
        TargetTypes.CheckValues(dictionary);
        _dictionary = dictionary;
    }

    internal override ImmutableDictionary<string, object?> ToDictionary() => _dictionary;
}

/// <summary>A function's arguments without a class for them.</summary>
public sealed class DictionaryInvokeArgs : InvokeArgs
{
    private readonly ImmutableDictionary<string, object?> _dictionary;

    /// <summary>Arguments from a dictionary, whose values must be of types that can be sent.</summary>
    public DictionaryInvokeArgs(ImmutableDictionary<string, object?> dictionary)
    {
        TargetTypes.CheckValues(dictionary);
        _dictionary = dictionary;
    }

    internal override ImmutableDictionary<string, object?> ToDictionary() => _dictionary;
}
