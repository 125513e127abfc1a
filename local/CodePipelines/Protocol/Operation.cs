using System.Text.Json.Nodes;

namespace Mlops.Local.CodePipelines.Protocol;

/// <summary>An operation: the shape of its input, and what answers it; null is an answer without a body.</summary>
internal sealed record Operation(
    StructureShape Input,
    Func<Caller, JsonObject, CancellationToken, Task<JsonObject?>> AnswerAsync
)
{
    /// <summary>An operation that waits for nothing.</summary>
    public static Operation Of(StructureShape input, Func<Caller, JsonObject, JsonObject?> answer) =>
        new(input, (caller, request, _) => Task.FromResult(answer(caller, request)));
}
