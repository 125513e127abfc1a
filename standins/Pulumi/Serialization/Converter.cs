using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;

namespace Pulumi.Serialization;

/// <summary>
/// Turns plain values into the types that a program declares. What does not fit becomes the type's default and a warning,
/// never a failure: providers are older and newer than programs.
/// </summary>
internal sealed class Converter(Action<string> warn)
{
    /// <summary>A wire value as the given type.</summary>
    public OutputData<object?> Convert(string context, object? wireValue, Type target)
    {
        TargetTypes.Check(context, target, []);
        var data = Deserializer.Deserialize(wireValue);
        return data.With(ConvertOrWarn(context, data.Value, target));
    }

    /// <inheritdoc cref="Convert(string, object?, Type)"/>
    public OutputData<T> Convert<T>(string context, object? wireValue)
    {
        var data = Convert(context, wireValue, typeof(T));
        return data.With(data.Value is null ? default! : (T)data.Value);
    }

    private object? ConvertOrWarn(string context, object? value, Type target)
    {
        var (result, error) = TryConvert(context, value, target);

        if (error is not null)
        {
            warn(error);
        }

        return result;
    }

    private Attempt TryConvert(string context, object? value, Type target)
    {
        if (value is null)
        {
            return new(target.IsValueType ? Activator.CreateInstance(target) : null);
        }

        if (Nullable.GetUnderlyingType(target) is { } underlying)
        {
            return TryConvert(context, value, underlying);
        }

        if (target == typeof(object))
        {
            return new(value);
        }

        if (target == typeof(int))
        {
            return value is double number
                ? new((int)number)
                : new(null, Unexpected(context, value, typeof(double)).Error);
        }

        if (typeof(AssetOrArchive).IsAssignableFrom(target))
        {
            return new(target.IsInstanceOfType(value) ? value : Invalid(target));
        }

        if (target == typeof(JsonElement))
        {
            return new(JsonSerializer.SerializeToElement(value));
        }

        if (target.IsEnum)
        {
            var (number, error) = TryConvert(context, value, target.GetEnumUnderlyingType());
            return error is null && number is not null ? new(Enum.ToObject(target, number)) : new(null, error);
        }

        if (TargetTypes.IsWrappedEnum(target))
        {
            return Wrap(context, value, target);
        }

        if (
            target == typeof(string)
            || target == typeof(bool)
            || target == typeof(double)
            || TargetTypes.IsResource(target)
        )
        {
            return target.IsInstanceOfType(value) ? new(value) : Unexpected(context, value, target);
        }

        return target.IsConstructedGenericType
            ? TryConvertGeneric(context, value, target)
            : Construct(context, value, target);
    }

    private Attempt TryConvertGeneric(string context, object value, Type target)
    {
        var open = target.GetGenericTypeDefinition();

        return open == typeof(Union<,>) ? OneOf(context, value, target)
            : open == typeof(ImmutableArray<>) ? ArrayOf(context, value, target.GenericTypeArguments[0])
            : open == typeof(ImmutableDictionary<,>) ? DictionaryOf(context, value, target.GenericTypeArguments[1])
            : open == typeof(Output<>) ? OutputOf(context, value, target.GenericTypeArguments[0])
            : throw new InvalidOperationException(
                $"Unexpected generic target type {target.FullName} when deserializing {context}"
            );
    }

    private Attempt OneOf(string context, object value, Type target)
    {
        var arguments = target.GenericTypeArguments;

        for (var index = 0; index < arguments.Length; index++)
        {
            var (result, error) = TryConvert($"{context}.AsT{index}", value, arguments[index]);

            if (error is null)
            {
                return new(target.GetMethod($"FromT{index}")!.Invoke(null, [result]));
            }
        }

        return new(
            null,
            $"Expected {arguments[0].FullName} or {arguments[1].FullName} but got {value.GetType().FullName} deserializing {context}"
        );
    }

    private Attempt ArrayOf(string context, object value, Type element)
    {
        if (value is not ImmutableArray<object?> array)
        {
            return Unexpected(context, value, typeof(ImmutableArray<object>));
        }

        var converted = array.Select(item => ConvertOrWarn(context, item, element));
        return new(Generic(nameof(MakeArray), element, converted));
    }

    private Attempt DictionaryOf(string context, object value, Type element)
    {
        if (value is not ImmutableDictionary<string, object?> map)
        {
            return Unexpected(context, value, typeof(ImmutableDictionary<string, object>));
        }

        var converted = map.Select(entry =>
            KeyValuePair.Create(entry.Key, ConvertOrWarn(context, entry.Value, element))
        );
        return new(Generic(nameof(MakeDictionary), element, converted));
    }

    private Attempt OutputOf(string context, object value, Type element)
    {
        var (result, error) = TryConvert(context, value, element);
        return error is null ? new(Generic(nameof(MakeOutput), element, result)) : new(result, error);
    }

    private Attempt Construct(string context, object value, Type target)
    {
        if (!target.IsDefined(typeof(OutputTypeAttribute)))
        {
            return new(null, $"Unexpected target type {target.FullName} when deserializing {context}");
        }

        if (TargetTypes.ConstructorOf(target) is not { } constructor)
        {
            return new(
                null,
                $"Expected target type {target.FullName} to have [{nameof(OutputConstructorAttribute)}] constructor when deserializing {context}"
            );
        }

        if (value is not ImmutableDictionary<string, object?> map)
        {
            return Unexpected(context, value, typeof(ImmutableDictionary<string, object>));
        }

        var arguments = constructor
            .GetParameters()
            .Select(parameter =>
                ConvertOrWarn(
                    $"{target.FullName}({parameter.Name})",
                    map.GetValueOrDefault(TargetTypes.WireName(parameter)),
                    parameter.ParameterType
                )
            );

        return new(constructor.Invoke([.. arguments]));
    }

    private static Attempt Wrap(string context, object value, Type target)
    {
        if (value is not (string or double))
        {
            return new(
                null,
                $"Expected {typeof(string).FullName} or {typeof(double).FullName} but got {value.GetType().FullName} deserializing {context}"
            );
        }

        var constructor = target.GetConstructor(
            BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic,
            [value.GetType()]
        );

        return constructor is not null
            ? new(constructor.Invoke([value]))
            : new(
                null,
                $"Expected target type {target.FullName} to have a constructor with a single {value.GetType().FullName} parameter."
            );
    }

    private static Attempt Unexpected(string context, object value, Type expected) =>
        new(
            expected == typeof(bool) || expected == typeof(double) ? Activator.CreateInstance(expected) : null,
            $"Expected {expected.FullName} but got {value.GetType().FullName} deserializing {context}"
        );

    private static AssetOrArchive Invalid(Type target) =>
        target == typeof(Archive) ? new InvalidArchive() : new InvalidAsset();

    private static object? Generic(string method, Type element, object? argument) =>
        typeof(Converter)
            .GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(element)
            .Invoke(null, [argument]);

    private static ImmutableArray<T> MakeArray<T>(IEnumerable<object?> values) =>
        values.Select(To<T>).ToImmutableArray();

    private static ImmutableDictionary<string, T> MakeDictionary<T>(
        IEnumerable<KeyValuePair<string, object?>> entries
    ) => entries.ToImmutableDictionary(entry => entry.Key, entry => To<T>(entry.Value));

    private static Output<T> MakeOutput<T>(object? value) => Output.Create(To<T>(value));

    private static T To<T>(object? value) => value is null ? default! : (T)value;

    private readonly record struct Attempt(object? Value, string? Error = null);
}
