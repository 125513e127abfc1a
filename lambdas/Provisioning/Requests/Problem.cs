namespace Mlops.Provisioning.Requests;

/// <summary>What is wrong with a value, before it is known where the value stands.</summary>
internal sealed record Problem(string Code, string Rule, string Message, string Remedy)
{
    /// <summary>Where in the value it is, and what is there; null for the value as a whole.</summary>
    public (string Pointer, RequestValue Value)? Within { get; init; }

    public Finding At(string pointer, RequestValue value)
    {
        var (place, found) = Within is { } within ? (pointer + within.Pointer, within.Value) : (pointer, value);
        return new Finding(Code, place, Finding.Shortened(found.Text), Rule, Message, Remedy)
        {
            Line = found.Line,
            Column = found.Column,
        };
    }
}
