using Mlops.Infra.Policies;
using Pulumi;
using Pulumi.AwsNative.Iam.Inputs;

namespace Mlops.Infra.Components;

/// <summary>Policies of a role, in the order of their names: the same ones always give the same list.</summary>
internal static class InlinePolicies
{
    public static InputList<RolePolicyArgs> Of(IReadOnlyDictionary<string, IReadOnlyList<PolicyStatement>> policies)
    {
        var inline = new InputList<RolePolicyArgs>();
        foreach (var (name, statements) in policies.OrderBy(policy => policy.Key, StringComparer.Ordinal))
        {
            inline.Add(new RolePolicyArgs { PolicyName = name, PolicyDocument = PolicyDocument.Value(statements) });
        }

        return inline;
    }
}
