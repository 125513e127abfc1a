namespace Pulumi.AwsNative.CodePipeline.Inputs;

public sealed class PipelineGitBranchFilterCriteriaArgs : ResourceArgs
{
    [Input("excludes")]
    private InputList<string>? _excludes;

    public InputList<string> Excludes
    {
        get => _excludes ??= new();
        set => _excludes = value;
    }

    [Input("includes")]
    private InputList<string>? _includes;

    public InputList<string> Includes
    {
        get => _includes ??= new();
        set => _includes = value;
    }

    public static new PipelineGitBranchFilterCriteriaArgs Empty => new();
}
