using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;

namespace Pulumi.Serialization;

/// <summary>Says which types a result may be turned into, so that a wrong one fails when its class is first used.</summary>
internal static class TargetTypes
{
    private static readonly ImmutableHashSet<Type> Simple =
    [
        typeof(bool),
        typeof(int),
        typeof(double),
        typeof(string),
        typeof(object),
        typeof(Asset),
        typeof(Archive),
        typeof(AssetOrArchive),
        typeof(JsonElement),
        typeof(ImmutableDictionary<string, object>),
        typeof(ImmutableArray<object>),
    ];

    /// <summary>The marked constructor, or the only public one.</summary>
    public static ConstructorInfo? ConstructorOf(Type type)
    {
        var all = type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);
        var open = Array.FindAll(all, constructor => constructor.IsPublic);
        return Array.Find(all, constructor => constructor.IsDefined(typeof(OutputConstructorAttribute)))
            ?? (open.Length == 1 ? open[0] : null);
    }

    public static string WireName(ParameterInfo parameter) =>
        parameter.GetCustomAttribute<OutputConstructorParameterAttribute>()?.Name ?? parameter.Name!;

    public static bool IsWrappedEnum(Type type) => type.IsValueType && type.IsDefined(typeof(EnumTypeAttribute));

    public static bool IsResource(Type type) => typeof(Resource).IsAssignableFrom(type);

    public static void CheckValues(ImmutableDictionary<string, object?> values)
    {
        var seen = new HashSet<Type>();

        foreach (var value in values.Values.OfType<object>())
        {
            var type = value.GetType();
            var open = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
            var isOutput = open == typeof(Output<>) || open == typeof(Input<>);
            Check("dictionary", isOutput ? type.GenericTypeArguments[0] : type, seen);
        }
    }

    public static void Check(string context, Type type, HashSet<Type> seen)
    {
        if (!seen.Add(type) || Simple.Contains(type) || IsResource(type))
        {
            return;
        }

        if (type.IsEnum && type.GetEnumUnderlyingType() == typeof(int))
        {
            return;
        }

        if (IsWrappedEnum(type))
        {
            CheckWrappedEnum(type);
        }
        else if (type.IsConstructedGenericType)
        {
            CheckGeneric(context, type, seen);
        }
        else
        {
            CheckOutputType(context, type, seen);
        }
    }

    private static void CheckWrappedEnum(Type type)
    {
        foreach (var wrapped in new[] { typeof(string), typeof(double) })
        {
            if (
                type.GetConstructor(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, [wrapped])
                is null
            )
            {
                continue;
            }

            var conversion = type.GetMethod("op_Explicit", BindingFlags.Public | BindingFlags.Static, [type]);

            if (conversion?.ReturnType == wrapped)
            {
                return;
            }

            throw new InvalidOperationException(
                $"{type.FullName} had [{nameof(EnumTypeAttribute)}], but did not contain an explicit conversion operator to {wrapped.FullName}."
            );
        }

        throw new InvalidOperationException(
            $"{type.FullName} had [{nameof(EnumTypeAttribute)}], but did not contain constructor with a single String or Double parameter."
        );
    }

    private static void CheckGeneric(string context, Type type, HashSet<Type> seen)
    {
        var open = type.GetGenericTypeDefinition();
        var arguments = type.GenericTypeArguments;

        if (open == typeof(ImmutableDictionary<,>))
        {
            if (arguments[0] != typeof(string))
            {
                throw new InvalidOperationException(
                    $"{context} contains invalid type {type.FullName}:\n\tThe only allowed ImmutableDictionary 'TKey' type is 'String'."
                );
            }

            Check(context, arguments[1], seen);
        }
        else if (
            open == typeof(Nullable<>)
            || open == typeof(Union<,>)
            || open == typeof(ImmutableArray<>)
            || open == typeof(Output<>)
        )
        {
            foreach (var argument in arguments)
            {
                Check(context, argument, seen);
            }
        }
        else
        {
            throw Unsupported(context, type);
        }
    }

    private static void CheckOutputType(string context, Type type, HashSet<Type> seen)
    {
        if (!type.IsDefined(typeof(OutputTypeAttribute)))
        {
            throw Unsupported(context, type);
        }

        var constructor =
            ConstructorOf(type)
            ?? throw new InvalidOperationException(
                $"{type.FullName} had [{nameof(OutputTypeAttribute)}], but did not contain [{nameof(OutputConstructorAttribute)}] constructor."
            );

        foreach (var parameter in constructor.GetParameters())
        {
            Check($"{type.FullName}({parameter.Name})", parameter.ParameterType, seen);
        }
    }

    private static InvalidOperationException Unsupported(string context, Type type) =>
        new(
            $"{context} contains invalid type {type.FullName}. Allowed types are: String, Boolean, Int32, Double, Asset, Archive, "
                + "JsonElement, resources, enums, nullables, unions, ImmutableArray, ImmutableDictionary<string, ...>, "
                + $"and classes with [{nameof(OutputTypeAttribute)}]."
        );
}
