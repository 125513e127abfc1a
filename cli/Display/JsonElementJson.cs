using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mlops.Cli.Display;

/// <summary>Writes an answer of the API again, on one line.</summary>
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class JsonElementJson : JsonSerializerContext;
