using System.Reflection;

namespace Pulumi;

/// <summary>A named group of resources.</summary>
public class ComponentResource : Resource
{
    /// <summary>Declares a component without arguments.</summary>
    public ComponentResource(string type, string name, ComponentResourceOptions? options = null)
        : this(type, name, ResourceArgs.Empty, options) { }

    /// <summary>Declares a component; a remote one is made by a provider and not by this program.</summary>
    public ComponentResource(
        string type,
        string name,
        ResourceArgs? args,
        ComponentResourceOptions? options = null,
        bool remote = false
    )
        : base(
            type,
            name,
            custom: false,
            args ?? ResourceArgs.Empty,
            options ?? new ComponentResourceOptions(),
            remote
        ) => IsRemote = remote;

    internal bool IsRemote { get; }

    /// <summary>Says that the component is complete; its outputs are its <see cref="OutputAttribute"/> properties.</summary>
    protected void RegisterOutputs()
    {
        var outputs = new Dictionary<string, object?>();

        foreach (var property in GetType().GetProperties().Where(property => property.Name != nameof(Urn)))
        {
            if (property.GetCustomAttribute<OutputAttribute>() is { } attribute)
            {
                outputs.Add(
                    string.IsNullOrWhiteSpace(attribute.Name) ? property.Name : attribute.Name,
                    property.GetValue(this)
                );
            }
        }

        RegisterOutputs(outputs);
    }

    /// <summary>Says that the component is complete, with these outputs.</summary>
    protected void RegisterOutputs(IDictionary<string, object?> outputs)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        RegisterOutputs(Task.FromResult(outputs));
    }

    /// <summary>Says that the component is complete, with these outputs.</summary>
    protected void RegisterOutputs(Task<IDictionary<string, object?>> outputs)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        RegisterOutputs(Output.Create(outputs));
    }

    /// <summary>Says that the component is complete, with these outputs.</summary>
    protected void RegisterOutputs(Output<IDictionary<string, object?>> outputs)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        Deployment.InDeployment.RegisterOutputs(this, outputs);
    }
}
