namespace Mlops.Provisioning.Requests;

/// <summary>Kinds of JSON values.</summary>
public enum RequestValueKind
{
    /// <summary><c>null</c>.</summary>
    Null,

    /// <summary>A string.</summary>
    Text,

    /// <summary>A number.</summary>
    Number,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>An object.</summary>
    Object,

    /// <summary>An array.</summary>
    Array,
}

/// <summary>A value of a request, and where it stands in the text.</summary>
public sealed class RequestValue
{
    internal RequestValue(RequestValueKind kind, string text, int line, int column)
    {
        Kind = kind;
        Text = text;
        Line = line;
        Column = column;
    }

    /// <summary>Which kind.</summary>
    public RequestValueKind Kind { get; }

    /// <summary>Content of a string; a number, <c>true</c>, <c>false</c> or <c>null</c> as written; compact JSON of anything else.</summary>
    public string Text { get; }

    /// <summary>From 1.</summary>
    public int Line { get; }

    /// <summary>From 1, in bytes.</summary>
    public int Column { get; }

    /// <summary>Members of an object, in the order of the text; empty for anything else.</summary>
    public IReadOnlyDictionary<string, RequestValue> Members { get; internal init; } = NoMembers;

    /// <summary>Items of an array; empty for anything else.</summary>
    public IReadOnlyList<RequestValue> Items { get; internal init; } = [];

    internal static IReadOnlyDictionary<string, RequestValue> NoMembers { get; } =
        new Dictionary<string, RequestValue>();

    /// <summary>The kind with its article, as people say it.</summary>
    internal string KindName =>
        Kind switch
        {
            RequestValueKind.Null => "null",
            RequestValueKind.Text => "a text",
            RequestValueKind.Number => "a number",
            RequestValueKind.Boolean => "true or false",
            RequestValueKind.Object => "an object",
            _ => "an array",
        };
}
