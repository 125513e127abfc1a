using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mlops.Provisioning.Blueprints;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    WriteIndented = true,
    NewLine = "\n"
)]
[JsonSerializable(typeof(BlueprintManifest))]
[JsonSerializable(typeof(SortedDictionary<string, string>))]
internal sealed partial class BlueprintJson : JsonSerializerContext;
