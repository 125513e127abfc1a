namespace Pulumi.AwsNative.CodePipeline.Inputs;

public sealed class PipelineTriggerDeclarationArgs : ResourceArgs
{
    [Input("gitConfiguration")]
    public Input<Inputs.PipelineGitConfigurationArgs>? GitConfiguration { get; set; }

    [Input("providerType", required: true)]
    public Input<Pulumi.AwsNative.CodePipeline.PipelineTriggerDeclarationProviderType> ProviderType { get; set; } =
        null!;

    public static new PipelineTriggerDeclarationArgs Empty => new();
}
