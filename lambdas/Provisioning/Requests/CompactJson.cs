using System.Text;
using System.Text.Json;

namespace Mlops.Provisioning.Requests;

/// <summary>JSON inside of a text.</summary>
internal static class CompactJson
{
    public static bool IsObjectOrArray(string text)
    {
        try
        {
            var reader = new Utf8JsonReader(
                Encoding.UTF8.GetBytes(text),
                new JsonReaderOptions { MaxDepth = PipelineRequest.DepthLimit }
            );
            var composite = reader.Read() && reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray;
            while (reader.Read()) { }

            return composite;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
