using System.Net;

namespace Mlops.Local.Stacks.Wire;

/// <summary>The local AWS refused a call, or does not know it.</summary>
public sealed class AwsCallException : Exception
{
    /// <summary>Makes an empty one.</summary>
    public AwsCallException()
        : this("The local AWS refused a call.") { }

    /// <summary>Makes one with a whole message.</summary>
    public AwsCallException(string message)
        : base(message) { }

    /// <summary>Makes one with a whole message and the failure behind it.</summary>
    public AwsCallException(string message, Exception innerException)
        : base(message, innerException) { }

    internal AwsCallException(string call, HttpStatusCode status, string code, string message)
        : base($"{call} answered {(int)status} {code}: {message}")
    {
        Status = status;
        Code = code;
    }

    /// <summary>The HTTP status of the answer.</summary>
    public HttpStatusCode Status { get; }

    /// <summary>AWS's error code, for example <c>NoSuchEntity</c>; empty when the answer had none.</summary>
    public string Code { get; } = "";
}
