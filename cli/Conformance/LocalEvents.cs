using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mlops.Cli.Conformance;

/// <summary>Reads what <c>./mlops local --output json</c> tells: one JSON object per line. Examples come one after the other.</summary>
internal sealed class LocalEvents
{
    private readonly Dictionary<string, LocalExample> examples = new(StringComparer.Ordinal);
    private string? current;

    /// <summary>Whether the run has told anything at all.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>What failed, a text each.</summary>
    public List<string> Failures { get; } = [];

    /// <summary>What the local AWS cannot do of the stacks. A thing that several have is told once.</summary>
    public List<string> NotCarriedOut { get; } = [];

    /// <summary>What came of an example; null where its turn did not come.</summary>
    public LocalExample? Of(string type) => examples.GetValueOrDefault(type);

    /// <summary>Takes a line. What is none of the run's is passed over.</summary>
    public void Read(string line)
    {
        if (Parsed(line) is not { } told)
        {
            return;
        }

        HasBegun = true;
        switch ($"{told["event"]}")
        {
            case "failed":
                Failures.Add($"{told["text"]}");
                break;
            case "exampleAnswered":
                Answered($"{told["type"]}", (int?)told["status"] ?? 0, told["answer"]);
                break;
            // What the program itself lacks is told before.
            case "leftOut" when current is not null:
                NotCarriedOut.AddRange((told["things"] as JsonArray ?? []).Select(Thing));
                break;
            case "pipelineEnded" when Current is { } run && $"{told["name"]}" == run.Pipeline:
                Current = run with { Status = $"{told["status"]}", Reason = (string?)told["reason"] };
                break;
        }
    }

    private LocalExample? Current
    {
        get => current is null ? null : examples.GetValueOrDefault(current);
        set => examples[current!] = value!;
    }

    private void Answered(string type, int status, JsonNode? answer)
    {
        current = type;
        var refusal =
            status == 200
                ? null
                : $"the API answered {status}: {answer?["detailedMessage"] ?? answer?["message"] ?? answer}";
        Current = new LocalExample(type, $"{answer?["pipeline_name"]}", "", refusal);
    }

    private static string Thing(JsonNode? thing) =>
        $"{thing?["property"]}" is var property && property is "" or "*"
            ? $"{thing?["type"]} ({thing?["name"]})"
            : $"{thing?["type"]}.{property} ({thing?["name"]})";

    private static JsonObject? Parsed(string line)
    {
        try
        {
            return JsonNode.Parse(line) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
