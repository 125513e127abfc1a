namespace Mlops.Provisioning.Requests;

/// <summary>One thing that is wrong with a request.</summary>
/// <param name="Code">One of <see cref="FindingCodes"/>: <c>MLP014</c>. Stable: programs may rely on it.</param>
/// <param name="Pointer">Where: a JSON pointer (RFC 6901) into the request; empty for the request as a whole.</param>
/// <param name="Value">What was found there, shortened; null where nothing was.</param>
/// <param name="Rule">What is asked for, in general.</param>
/// <param name="Message">What is wrong, in one sentence.</param>
/// <param name="Remedy">What to do about it.</param>
public sealed record Finding(string Code, string Pointer, string? Value, string Rule, string Message, string Remedy)
{
    /// <summary>The longest value that is repeated to the client, in characters.</summary>
    public const int ValueLimit = 200;

    /// <summary>Line in the text of the request, from 1; null where there is no text.</summary>
    public int? Line { get; init; }

    /// <summary>Column (in bytes) in that line, from 1.</summary>
    public int? Column { get; init; }

    /// <summary><c>MLP014 /inference_instance/prod: message remedy</c>, as people read it.</summary>
    public override string ToString() => $"{Code} {(Pointer.Length == 0 ? "request" : Pointer)}: {Message} {Remedy}";

    internal static string Shortened(string value) =>
        value.Length <= ValueLimit ? value : string.Concat(value.AsSpan(0, ValueLimit - 1), "…");
}
