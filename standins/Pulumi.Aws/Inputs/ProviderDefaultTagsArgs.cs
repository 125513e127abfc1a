namespace Pulumi.Aws.Inputs;

public sealed class ProviderDefaultTagsArgs : ResourceArgs
{
    [Input("tags")]
    private InputMap<string>? _tags;

    public InputMap<string> Tags
    {
        get => _tags ??= new();
        set => _tags = value;
    }

    public static new ProviderDefaultTagsArgs Empty => new();
}
