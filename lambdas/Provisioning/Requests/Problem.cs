namespace Mlops.Provisioning.Requests;

/// <summary>What is wrong with a value, before it is known where the value stands.</summary>
internal sealed record Problem(string Code, string Rule, string Message, string Remedy)
{
    /// <summary>Where in the value it is, and what is there; null for the value as a whole.</summary>
    public (string Pointer, RequestValue Value)? Within { get; init; }

    /// <summary>What else is wrong with the same value.</summary>
    public IReadOnlyList<Problem> Others { get; init; } = [];

    /// <summary>Of one value at most so many problems are told: a request may be made of nothing else.</summary>
    private const int Limit = 20;

    /// <summary>All of them as one, the first before the others; null where there is none.</summary>
    public static Problem? All(params IEnumerable<Problem?> problems)
    {
        Problem[] all =
        [
            .. problems.OfType<Problem>().SelectMany(problem => problem.Others.Prepend(problem)).Take(Limit),
        ];
        return all is [var first, .. var others] ? first with { Others = others } : null;
    }

    /// <summary>Changes where it is said to be, of the others too.</summary>
    public Problem Placed(Func<Problem, (string Pointer, RequestValue Value)?> place) =>
        this with
        {
            Within = place(this),
            Others = [.. Others.Select(other => other with { Within = place(other) })],
        };

    /// <summary>A finding for each.</summary>
    public IEnumerable<Finding> AllAt(string pointer, RequestValue value) =>
        Others.Select(other => other.At(pointer, value)).Prepend(At(pointer, value));

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
