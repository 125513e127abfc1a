using Mlops.Infra.Operations;
using Pulumi;
using Pulumi.AwsNative.CloudWatch;

namespace Mlops.Infra.Components;

/// <summary>What a caller may choose about the <see cref="OperationsDashboard"/>.</summary>
public sealed record OperationsDashboardArgs
{
    /// <summary>What is shown.</summary>
    public required WatchedParts Parts { get; init; }

    /// <summary>The alarms whose state is on top.</summary>
    public required Alarms Alarms { get; init; }
}

/// <summary>One page that says how the deployment is doing. Dashboards are global in an account: the name is the prefix.</summary>
public sealed class OperationsDashboard : ComponentResource
{
    /// <summary>Makes the dashboard.</summary>
    public OperationsDashboard(string name, OperationsDashboardArgs args, ComponentResourceOptions? options = null)
        : base("mlops:operations:OperationsDashboard", name, options)
    {
        _ = new Dashboard(
            $"{name}-dashboard",
            new DashboardArgs
            {
                DashboardName = args.Parts.Prefix,
                DashboardBody = Output.All(args.Alarms.Arns).Apply(arns => DashboardBody.Of(args.Parts, arns)),
            },
            new CustomResourceOptions { Parent = this }
        );
        RegisterOutputs();
    }
}
