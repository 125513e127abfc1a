namespace Mlops.Provisioning;

/// <summary>The environment of a function is not what the Pulumi program gives it.</summary>
public sealed class DeploymentSettingsException : Exception
{
    /// <summary>One line per problem.</summary>
    public DeploymentSettingsException(IReadOnlyList<string> problems)
        : base(
            "The function's environment is wrong:\n" + string.Join('\n', problems.Select(problem => "  " + problem))
        ) => Problems = problems;

    /// <summary>Every problem, each with the name of its variable.</summary>
    public IReadOnlyList<string> Problems { get; }
}
