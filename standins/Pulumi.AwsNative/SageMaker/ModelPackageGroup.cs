namespace Pulumi.AwsNative.SageMaker;

[AwsNativeResourceType("aws-native:sagemaker:ModelPackageGroup")]
public partial class ModelPackageGroup : CustomResource
{
    [Output("modelPackageGroupArn")]
    public Output<string> ModelPackageGroupArn { get; private set; } = null!;

    [Output("modelPackageGroupName")]
    public Output<string> ModelPackageGroupName { get; private set; } = null!;

    [Output("modelPackageGroupPolicy")]
    public Output<object?> ModelPackageGroupPolicy { get; private set; } = null!;

    public ModelPackageGroup(string name, ModelPackageGroupArgs? args = null, CustomResourceOptions? options = null)
        : base(
            "aws-native:sagemaker:ModelPackageGroup",
            name,
            args ?? new ModelPackageGroupArgs(),
            Utilities.Options(options, "modelPackageGroupDescription", "modelPackageGroupName")
        ) { }
}

public sealed class ModelPackageGroupArgs : ResourceArgs
{
    [Input("modelPackageGroupDescription")]
    public Input<string>? ModelPackageGroupDescription { get; set; }

    [Input("modelPackageGroupName")]
    public Input<string>? ModelPackageGroupName { get; set; }

    [Input("modelPackageGroupPolicy")]
    public Input<object>? ModelPackageGroupPolicy { get; set; }

    public static new ModelPackageGroupArgs Empty => new();
}
