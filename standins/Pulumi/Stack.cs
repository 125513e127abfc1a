using System.Collections.Immutable;
using System.Reflection;

namespace Pulumi;

/// <summary>The root of a program: derive, declare resources in the constructor, and set the output properties.</summary>
public class Stack : ComponentResource
{
    internal const string TypeToken = "pulumi:pulumi:Stack";

    /// <summary>Starts the stack of the running deployment.</summary>
    public Stack(StackOptions? options = null)
        : base(TypeToken, $"{Deployment.Instance.ProjectName}-{Deployment.Instance.StackName}", Convert(options)) =>
        Deployment.InDeployment.Stack = this;

    /// <summary>Registers the output properties, all of which must be set by now.</summary>
    internal void RegisterPropertyOutputs()
    {
        var outputs = GetType()
            .GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.DeclaringType?.IsAssignableFrom(typeof(Stack)) != true)
            .Select(property => (Property: property, Attribute: property.GetCustomAttribute<OutputAttribute>()))
            .Where(pair => pair.Attribute is not null)
            .ToDictionary(pair => pair.Attribute!.Name ?? pair.Property.Name, pair => pair.Property.GetValue(this));

        var missing = outputs.Where(output => output.Value is null).Select(output => output.Key).ToList();

        if (missing.Count > 0)
        {
            throw new RunException(
                $"Output(s) '{string.Join(", ", missing)}' have no value assigned. "
                    + "[Output] attributed properties must be assigned inside Stack constructor."
            );
        }

        var wrong = outputs.Where(output => output.Value is not IOutput).Select(output => output.Key).ToList();

        if (wrong.Count > 0)
        {
            throw RunException.OutputsHaveIncorrectType(wrong);
        }

        RegisterOutputs(outputs);
    }

    private static ComponentResourceOptions? Convert(StackOptions? options) =>
        options is null ? null : new() { ResourceTransformations = options.ResourceTransformations };
}
