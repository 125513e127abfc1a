namespace Mlops.Local.CodePipelines.Aws;

/// <summary>An error that a service of AWS's query protocol answered with.</summary>
internal sealed class AwsCallException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}
