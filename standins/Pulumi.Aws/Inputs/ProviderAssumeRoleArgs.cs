namespace Pulumi.Aws.Inputs;

public sealed class ProviderAssumeRoleArgs : ResourceArgs
{
    [Input("externalId")]
    public Input<string>? ExternalId { get; set; }

    [Input("roleArn")]
    public Input<string>? RoleArn { get; set; }

    [Input("sessionName")]
    public Input<string>? SessionName { get; set; }

    public static new ProviderAssumeRoleArgs Empty => new();
}
