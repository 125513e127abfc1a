namespace Mlops.Provisioning.Requests;

/// <summary>What is wrong with a value, before it is known where the value stands.</summary>
internal sealed record Problem(string Code, string Rule, string Message, string Remedy)
{
    public Finding At(string pointer, RequestValue value) =>
        new(Code, pointer, Finding.Shortened(value.Text), Rule, Message, Remedy)
        {
            Line = value.Line,
            Column = value.Column,
        };
}
