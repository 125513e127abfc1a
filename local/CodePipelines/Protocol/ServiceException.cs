namespace Mlops.Local.CodePipelines.Protocol;

/// <summary>An error that CodePipeline answers a call with: its code is the error's name in the service model.</summary>
internal sealed class ServiceException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}
