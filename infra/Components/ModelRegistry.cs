using Mlops.Infra.Policies;
using Mlops.Provisioning;
using Pulumi;
using Pulumi.AwsNative.SageMaker;

namespace Mlops.Infra.Components;

/// <summary>What a caller may choose about the <see cref="ModelRegistry"/>.</summary>
public sealed record ModelRegistryArgs
{
    /// <summary>The account that it is in.</summary>
    public required OrchestratorAccount Account { get; init; }

    /// <summary>Roles of other accounts that deploy its packages.</summary>
    internal TargetRoles? Targets { get; init; }

    /// <summary>Whether the group and its versions outlive the stack.</summary>
    public required bool Retain { get; init; }
}

/// <summary>
/// A group of the SageMaker Model Registry for the models that pipelines deploy. Its policy says what may be done with it
/// besides registering and approving, which stay with whoever IAM lets do so.
/// </summary>
public sealed class ModelRegistry : ComponentResource
{
    /// <summary>
    /// Makes the group. Its name has 63 characters at most (SageMaker, CreateModelPackageGroup). SageMaker does not delete a
    /// group that has versions: without <see cref="ModelRegistryArgs.Retain"/> they have to go first.
    /// </summary>
    public ModelRegistry(string name, ModelRegistryArgs args, ComponentResourceOptions? options = null)
        : base("mlops:models:ModelRegistry", name, options)
    {
        var groupName = DeploymentNames.ModelPackageGroup(args.Account.Prefix);
        var group = new ModelPackageGroup(
            $"{name}-group",
            new ModelPackageGroupArgs
            {
                ModelPackageGroupName = groupName,
                ModelPackageGroupDescription = "Models that MLOps pipelines deploy; only approved versions are",
                ModelPackageGroupPolicy = PolicyDocument.Value(Policy(args, groupName)),
            },
            Retention.Of(args.Retain, this)
        );

        Arn = group.ModelPackageGroupArn;
        RegisterOutputs();
    }

    /// <summary>ARN of the model package group.</summary>
    [Output("arn")]
    public Output<string> Arn { get; private set; }

    /// <summary>
    /// To the account, so that the policies of its roles decide: that of CloudFormation lets it create models from
    /// packages, that of DeploymentFlow lets it ask for an approval. AWS's own examples name an account here; whether such
    /// a policy heeds conditions is on no page of AWS's. It denies nothing, so nobody who could use the group is shut out.
    /// </summary>
    private static PolicyStatement[] Policy(ModelRegistryArgs args, string group)
    {
        var account = args.Account;
        var accounts = args.Targets is { Any: true } targets
            ? new PolicyPrincipal("AWS", [.. PolicyPrincipal.Account(account).Values, .. targets.Accounts.Values])
            : PolicyPrincipal.Account(account);
        return
        [
            new()
            {
                Sid = "SeeTheGroup",
                Principal = accounts,
                Actions = ["sagemaker:DescribeModelPackageGroup"],
                Resources = [account.Arn("sagemaker", $"model-package-group/{group}")],
            },
            new()
            {
                Sid = "DeployItsPackages",
                Principal = accounts,
                Actions = ["sagemaker:CreateModel", "sagemaker:DescribeModelPackage", "sagemaker:ListModelPackages"],
                Resources = [account.Arn("sagemaker", $"model-package/{group}/*")],
            },
        ];
    }
}
