namespace Mlops.Infra;

/// <summary>The user's configuration cannot be used. The message has every problem, each with the command that mends it.</summary>
public sealed class StackSettingsException(IReadOnlyList<string> problems)
    : Exception(string.Join(Environment.NewLine, problems.Prepend("The stack's configuration cannot be used:")))
{
    /// <summary>One line each; never empty.</summary>
    public IReadOnlyList<string> Problems { get; } = problems;
}
