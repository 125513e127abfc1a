namespace Pulumi.AwsNative.CodePipeline.Inputs;

public sealed class PipelineGitPushFilterArgs : ResourceArgs
{
    [Input("branches")]
    public Input<Inputs.PipelineGitBranchFilterCriteriaArgs>? Branches { get; set; }

    [Input("filePaths")]
    public Input<Inputs.PipelineGitFilePathFilterCriteriaArgs>? FilePaths { get; set; }

    public static new PipelineGitPushFilterArgs Empty => new();
}
