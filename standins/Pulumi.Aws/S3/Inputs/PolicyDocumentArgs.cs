namespace Pulumi.Aws.S3.Inputs;

public sealed class PolicyDocumentArgs : ResourceArgs
{
    [Input("Id")]
    public Input<string>? Id { get; set; }

    public static new PolicyDocumentArgs Empty => new();
}
