using System.Text.Json.Nodes;

namespace Mlops.Local.Functions;

/// <summary>One event on its way through a process.</summary>
internal sealed class Invocation(string payload)
{
    private readonly TaskCompletionSource<FunctionAnswer> answer = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );

    public string RequestId { get; } = Guid.NewGuid().ToString();

    public string Payload { get; } = payload;

    /// <summary>The process has taken the event: from here on it is never handed to another one.</summary>
    public bool Delivered { get; set; }

    public Task<FunctionAnswer> Answer => answer.Task;

    /// <summary>The first answer counts; a later one is the runtime's mistake.</summary>
    public bool TryAnswer(FunctionAnswer given) => answer.TrySetResult(given);
}

/// <summary>The answers that Lambda gives in a function's place.</summary>
internal static class FunctionFailure
{
    public static FunctionAnswer TimedOut(string requestId, TimeSpan limit) =>
        Of(
            "Sandbox.Timedout",
            FormattableString.Invariant(
                $"RequestId: {requestId} Error: Task timed out after {limit.TotalSeconds:0.00} seconds"
            )
        );

    /// <summary>A shell tells a signal as 128 + its number.</summary>
    public static FunctionAnswer Exited(string requestId, int exitCode) =>
        exitCode == 0
            ? Of("Runtime.ExitError", $"RequestId: {requestId} Error: Runtime exited without providing a reason")
            : Of(
                "Runtime.ExitError",
                $"RequestId: {requestId} Error: Runtime exited with error: {(exitCode > 128 ? $"signal {exitCode - 128}" : $"exit status {exitCode}")}"
            );

    public static FunctionAnswer ResponseTooLarge(int limit) =>
        Of(
            "Function.ResponseSizeTooLarge",
            $"Response payload size exceeded maximum allowed payload size ({limit} bytes)."
        );

    private static FunctionAnswer Of(string type, string message) =>
        new(new JsonObject { ["errorType"] = type, ["errorMessage"] = message }.ToJsonString(), IsError: true);
}
