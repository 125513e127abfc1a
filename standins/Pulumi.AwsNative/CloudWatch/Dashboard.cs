namespace Pulumi.AwsNative.CloudWatch;

[AwsNativeResourceType("aws-native:cloudwatch:Dashboard")]
public partial class Dashboard : CustomResource
{
    [Output("dashboardName")]
    public Output<string?> DashboardName { get; private set; } = null!;

    public Dashboard(string name, DashboardArgs args, CustomResourceOptions? options = null)
        : base(
            "aws-native:cloudwatch:Dashboard",
            name,
            args ?? new DashboardArgs(),
            Utilities.Options(options, "dashboardName")
        ) { }
}

public sealed class DashboardArgs : ResourceArgs
{
    [Input("dashboardBody", required: true)]
    public Input<string> DashboardBody { get; set; } = null!;

    [Input("dashboardName")]
    public Input<string>? DashboardName { get; set; }

    public static new DashboardArgs Empty => new();
}
