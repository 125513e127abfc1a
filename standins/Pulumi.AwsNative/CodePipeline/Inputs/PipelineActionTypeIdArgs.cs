namespace Pulumi.AwsNative.CodePipeline.Inputs;

public sealed class PipelineActionTypeIdArgs : ResourceArgs
{
    [Input("category", required: true)]
    public Input<Pulumi.AwsNative.CodePipeline.PipelineActionTypeIdCategory> Category { get; set; } = null!;

    [Input("owner", required: true)]
    public Input<string> Owner { get; set; } = null!;

    [Input("provider", required: true)]
    public Input<string> Provider { get; set; } = null!;

    [Input("version", required: true)]
    public Input<string> Version { get; set; } = null!;

    public static new PipelineActionTypeIdArgs Empty => new();
}
