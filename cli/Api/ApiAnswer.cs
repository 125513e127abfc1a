using System.Text;
using System.Text.Json;

namespace Mlops.Cli.Api;

/// <summary>Reads what the API answers.</summary>
internal static class ApiAnswer
{
    /// <exception cref="ExpectedFailureException">It is no JSON: somebody else answered.</exception>
    public static JsonDocument Parse(byte[] answer)
    {
        try
        {
            return JsonDocument.Parse(answer);
        }
        catch (JsonException problem)
        {
            throw new ExpectedFailureException(
                $"The answer is not JSON: {Encoding.UTF8.GetString(answer.AsSpan(0, Math.Min(answer.Length, 200)))}",
                "Check the address of the API and its stage.",
                problem
            );
        }
    }

    /// <summary>The text of a member; empty where there is none.</summary>
    public static string TextOf(JsonDocument document, string name) =>
        document.RootElement.ValueKind == JsonValueKind.Object
        && document.RootElement.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString() ?? ""
            : "";
}
