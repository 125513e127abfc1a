using Pulumi;

namespace Mlops.Infra.Policies;

/// <summary>
/// Statements that the owner of something adds to its policy: what the user has already is used, and never changed. They are
/// told by <c>pulumi up</c>, and are outputs of the stack.
/// </summary>
internal static class StatementsToAdd
{
    /// <summary>As JSON: one statement, or a list of several.</summary>
    public static Output<string?> To(string what, params IReadOnlyList<PolicyStatement> statements) =>
        PolicyDocument
            .Statements(statements)
            .Apply(text =>
            {
                Log.Info($"Targets in other accounts need this in the policy of {what}, which is yours: {text}");
                return (string?)text;
            });
}
