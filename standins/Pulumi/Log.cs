namespace Pulumi;

/// <summary>Tells the user something. In an in-process run only errors are kept: they fail the run at its end.</summary>
public static class Log
{
    /// <summary>Something for whoever looks for a fault.</summary>
    public static void Debug(string message, Resource? resource = null, int? streamId = null, bool? ephemeral = null) =>
        _ = Deployment.InDeployment;

    /// <summary>Something to know.</summary>
    public static void Info(string message, Resource? resource = null, int? streamId = null, bool? ephemeral = null) =>
        _ = Deployment.InDeployment;

    /// <summary>Something to look at.</summary>
    public static void Warn(string message, Resource? resource = null, int? streamId = null, bool? ephemeral = null) =>
        _ = Deployment.InDeployment;

    /// <summary>Something that fails the run.</summary>
    public static void Error(string message, Resource? resource = null, int? streamId = null, bool? ephemeral = null) =>
        Deployment.InDeployment.Runner.AddError(message);

    /// <summary>An exception that fails the run.</summary>
    public static void Exception(
        Exception exception,
        Resource? resource = null,
        int? streamId = null,
        bool? ephemeral = null
    ) => Error(exception.ToString(), resource, streamId, ephemeral);
}
