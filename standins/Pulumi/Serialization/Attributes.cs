namespace Pulumi;

/// <summary>Marks a property of a resource that the deployment fills in; without a name the property's own is used.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OutputAttribute(string? name = null) : Attribute
{
    /// <summary>The property's name on the wire.</summary>
    public string? Name { get; } = name;
}

/// <summary>Marks a member of an argument bag that is sent to the deployment, under the given name.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class InputAttribute(string name, bool required = false, bool json = false) : Attribute
{
    internal string Name { get; } = name;

    internal bool IsRequired { get; } = required;

    internal bool Json { get; } = json;
}

/// <summary>Marks a class that results are turned into, through its <see cref="OutputConstructorAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OutputTypeAttribute : Attribute;

/// <summary>The constructor of an <see cref="OutputTypeAttribute"/> class; its parameters are matched by name.</summary>
[AttributeUsage(AttributeTargets.Constructor)]
public sealed class OutputConstructorAttribute : Attribute;

/// <summary>The wire name of a constructor's parameter, where C# does not allow that name.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class OutputConstructorParameterAttribute(string name) : Attribute
{
    /// <summary>The name on the wire.</summary>
    public string Name { get; } = name;
}

/// <summary>Marks a struct that wraps a string or a double and stands for one of a set of values.</summary>
[AttributeUsage(AttributeTargets.Struct)]
public sealed class EnumTypeAttribute : Attribute;

/// <summary>Marks a resource class with its type token and the version of its package.</summary>
[AttributeUsage(AttributeTargets.Class)]
public class ResourceTypeAttribute(string type, string? version) : Attribute
{
    /// <summary>The type token, <c>package:module:Type</c>.</summary>
    public string Type { get; } = type;

    /// <summary>The package's version.</summary>
    public string? Version { get; } = version;
}
