using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace Pulumi;

/// <summary>The settings of the stack under one namespace, the project's name by default.</summary>
public sealed class Config
{
    private const string OldSuffix = ":config";

    private readonly string _name;

    /// <summary>The settings under this namespace.</summary>
    public Config(string? name = null)
    {
        name ??= Deployment.Instance.ProjectName;
        _name = name.EndsWith(OldSuffix, StringComparison.Ordinal) ? name[..^OldSuffix.Length] : name;
    }

    /// <summary>The text of a setting, if it is there.</summary>
    public string? Get(string key) => Deployment.InDeployment.GetConfig(FullKey(key));

    /// <inheritdoc cref="Get"/>
    public Output<string>? GetSecret(string key) => Get(key) is { } value ? Output.CreateSecret(value) : null;

    /// <summary>A setting that is <c>true</c> or <c>false</c>, if it is there.</summary>
    public bool? GetBoolean(string key) =>
        Get(key) switch
        {
            null => null,
            "true" => true,
            "false" => false,
            var value => throw new ConfigTypeException(FullKey(key), value, nameof(Boolean)),
        };

    /// <inheritdoc cref="GetBoolean"/>
    public Output<bool>? GetSecretBoolean(string key) =>
        GetBoolean(key) is { } value ? Output.CreateSecret(value) : null;

    /// <summary>A setting that is a whole number, if it is there.</summary>
    public int? GetInt32(string key) =>
        Get(key) is not { } value ? null
        : int.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number
        : throw new ConfigTypeException(FullKey(key), value, nameof(Int32));

    /// <inheritdoc cref="GetInt32"/>
    public Output<int>? GetSecretInt32(string key) => GetInt32(key) is { } value ? Output.CreateSecret(value) : null;

    /// <summary>A setting that is a number, if it is there.</summary>
    public double? GetDouble(string key) =>
        Get(key) is not { } value ? null
        : double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
        : throw new ConfigTypeException(FullKey(key), value, nameof(Double));

    /// <inheritdoc cref="GetDouble"/>
    public Output<double>? GetSecretDouble(string key) =>
        GetDouble(key) is { } value ? Output.CreateSecret(value) : null;

    /// <summary>A setting that is JSON, read as a type, if it is there.</summary>
    [return: MaybeNull]
    public T GetObject<T>(string key) => Parse<T>(key, Get(key), options: null);

    /// <inheritdoc cref="GetObject{T}(string)"/>
    [return: MaybeNull]
    public T GetObject<T>(string key, JsonSerializerOptions options) => Parse<T>(key, Get(key), options);

    /// <inheritdoc cref="GetObject{T}(string)"/>
    public Output<T>? GetSecretObject<T>(string key) =>
        Get(key) is { } value ? Output.CreateSecret(Parse<T>(key, value, null)!) : null;

    /// <inheritdoc cref="GetObject{T}(string)"/>
    public Output<T>? GetSecretObject<T>(string key, JsonSerializerOptions options) =>
        Parse<T>(key, Get(key), options) is { } value ? Output.CreateSecret(value) : null;

    /// <summary>The text of a setting that must be there.</summary>
    public string Require(string key) => Get(key) ?? throw new ConfigMissingException(FullKey(key));

    /// <inheritdoc cref="Require"/>
    public Output<string> RequireSecret(string key) => Output.CreateSecret(Require(key));

    /// <summary>A setting that must be there and be <c>true</c> or <c>false</c>.</summary>
    public bool RequireBoolean(string key) => GetBoolean(key) ?? throw new ConfigMissingException(FullKey(key));

    /// <inheritdoc cref="RequireBoolean"/>
    public Output<bool> RequireSecretBoolean(string key) => Output.CreateSecret(RequireBoolean(key));

    /// <summary>A setting that must be there and be a whole number.</summary>
    public int RequireInt32(string key) => GetInt32(key) ?? throw new ConfigMissingException(FullKey(key));

    /// <inheritdoc cref="RequireInt32"/>
    public Output<int> RequireSecretInt32(string key) => Output.CreateSecret(RequireInt32(key));

    /// <summary>A setting that must be there and be a number.</summary>
    public double RequireDouble(string key) => GetDouble(key) ?? throw new ConfigMissingException(FullKey(key));

    /// <inheritdoc cref="RequireDouble"/>
    public Output<double> RequireSecretDouble(string key) => Output.CreateSecret(RequireDouble(key));

    /// <summary>A setting that must be there and be JSON, read as a type.</summary>
    public T RequireObject<T>(string key) => Parse<T>(key, Require(key), options: null)!;

    /// <inheritdoc cref="RequireObject{T}(string)"/>
    public T RequireObject<T>(string key, JsonSerializerOptions options) => Parse<T>(key, Require(key), options)!;

    /// <inheritdoc cref="RequireObject{T}(string)"/>
    public Output<T> RequireSecretObject<T>(string key) => Output.CreateSecret(RequireObject<T>(key));

    /// <inheritdoc cref="RequireObject{T}(string)"/>
    public Output<T> RequireSecretObject<T>(string key, JsonSerializerOptions options) =>
        Output.CreateSecret(RequireObject<T>(key, options));

    private T? Parse<T>(string key, string? value, JsonSerializerOptions? options)
    {
        try
        {
            return value is null ? default : JsonSerializer.Deserialize<T>(value, options);
        }
        catch (JsonException failure)
        {
            throw new ConfigTypeException(FullKey(key), value, typeof(T).FullName!, failure);
        }
    }

    private string FullKey(string key) => $"{_name}:{key}";

    private sealed class ConfigTypeException(string key, string? value, string expected, Exception? cause = null)
        : RunException($"Configuration '{key}' value '{value}' is not a valid {expected}", cause);

    private sealed class ConfigMissingException(string key)
        : RunException(
            $"Missing Required configuration variable '{key}'\n\tplease set a value using the command `pulumi config set {key} <value>`"
        );
}
