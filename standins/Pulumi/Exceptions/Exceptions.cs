namespace Pulumi;

/// <summary>A failure that is shown by its message alone, without a stack.</summary>
public class RunException : Exception
{
    /// <summary>A failure with this message.</summary>
    public RunException(string message)
        : base(message) { }

    /// <summary>A failure with this message and its cause.</summary>
    public RunException(string message, Exception? innerException)
        : base(message, innerException) { }

    /// <summary>The failure of <see cref="OutputAttribute"/> properties that are no <see cref="Output{T}"/>.</summary>
    public static RunException OutputsHaveIncorrectType(IEnumerable<string> outputAttributeNames) =>
        new(
            $"Output(s) '{string.Join(", ", outputAttributeNames)}' have incorrect type. "
                + "[Output] attributed properties must be instances of Output<T>."
        );
}

/// <summary>A failure that belongs to one resource.</summary>
public class ResourceException(string message, Resource? resource, bool hideStack = false) : Exception(message)
{
    internal Resource? Resource { get; } = resource;

    internal bool HideStack { get; } = hideStack;
}
