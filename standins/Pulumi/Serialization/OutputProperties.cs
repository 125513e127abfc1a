using System.Collections.Immutable;
using System.Reflection;

namespace Pulumi.Serialization;

/// <summary>An <see cref="OutputAttribute"/> property of a resource whose value comes when the resource is there.</summary>
internal interface IPendingOutput
{
    Type TargetType { get; }

    object Output { get; }

    void Set(OutputData<object?> data);

    void TrySetDefault(bool isKnown);

    void TrySetException(Exception exception);
}

internal sealed class PendingOutput<T> : IPendingOutput
{
    private readonly TaskCompletionSource<OutputData<T>> _source = new();
    private readonly Resource _resource;

    public PendingOutput(Resource resource)
    {
        _resource = resource;
        Output = new Output<T>(_source.Task);
    }

    public Type TargetType => typeof(T);

    public object Output { get; }

    public void Set(OutputData<object?> data) =>
        _source.SetResult(
            (data with { Resources = data.Resources.Add(_resource) }).With(
                data.Value is null ? default! : (T)data.Value
            )
        );

    public void TrySetDefault(bool isKnown) =>
        _source.TrySetResult(new OutputData<T>([_resource], default!, isKnown, IsSecret: false));

    public void TrySetException(Exception exception) => _source.TrySetException(exception);
}

internal static class OutputProperties
{
    /// <summary>Gives every output property of a new resource a pending output, by wire name.</summary>
    public static ImmutableDictionary<string, IPendingOutput> Initialize(Resource resource, bool isFilledByEngine)
    {
        var pending = ImmutableDictionary.CreateBuilder<string, IPendingOutput>();

        foreach (var property in resource.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            // A local component fills its own properties, perhaps already in their initializers.
            if (
                property.GetCustomAttribute<OutputAttribute>() is { } attribute
                && (resource is not ComponentResource || isFilledByEngine || property.DeclaringType == typeof(Resource))
            )
            {
                pending.Add(attribute.Name ?? property.Name, Initialize(resource, property, attribute));
            }
        }

        return pending.ToImmutable();
    }

    private static IPendingOutput Initialize(Resource resource, PropertyInfo property, OutputAttribute attribute)
    {
        var label = $"[Output] {resource.GetType().FullName}.{property.Name}";
        var type = property.PropertyType;

        if (!type.IsConstructedGenericType || type.GetGenericTypeDefinition() != typeof(Output<>))
        {
            throw RunException.OutputsHaveIncorrectType([attribute.Name ?? property.Name]);
        }

        var setter =
            property.DeclaringType!.GetProperty(property.Name)?.GetSetMethod(nonPublic: true)
            ?? throw new InvalidOperationException($"{label} did not have a 'set' method");

        var target = type.GenericTypeArguments[0];
        TargetTypes.Check(label, target, []);

        var output = (IPendingOutput)
            Activator.CreateInstance(typeof(PendingOutput<>).MakeGenericType(target), resource)!;
        setter.Invoke(resource, [output.Output]);
        return output;
    }
}
