namespace Mlops.Provisioning.Api;

/// <summary>One operation of the API.</summary>
/// <param name="Method">HTTP method, upper case.</param>
/// <param name="Path">Path below the stage, with a leading slash; parameters in braces.</param>
/// <param name="OperationId">Name of the operation in the API's own description; unique.</param>
/// <param name="Summary">One line for people.</param>
public sealed record ApiRoute(string Method, string Path, string OperationId, string Summary)
{
    /// <summary>What the query may say; everything in it is optional.</summary>
    public IReadOnlyList<ApiFlag> Flags { get; init; } = [];
}

/// <summary>A parameter of the query that is true or false; false when it is not there.</summary>
/// <param name="Name">As clients write it.</param>
/// <param name="Description">What true does.</param>
public sealed record ApiFlag(string Name, string Description);

/// <summary>Every operation of the API: API Gateway's body and the Orchestrator's dispatch are both made from this table.</summary>
public static class ApiRoutes
{
    /// <summary>The flag of <see cref="ProvisionPipeline"/> that ends a running execution where it is in the way.</summary>
    public const string Force = "force";

    /// <summary>Provisions the pipeline that the body asks for. The predecessor's route.</summary>
    public static ApiRoute ProvisionPipeline { get; } =
        new("POST", "/provisionpipeline", "provisionPipeline", "Provision the pipeline that a request asks for")
        {
            Flags =
            [
                new(Force, "Update the pipeline's definition even though that ends an execution that runs or waits"),
            ],
        };

    /// <summary>Answers the state of one pipeline. The predecessor's route.</summary>
    public static ApiRoute PipelineStatus { get; } =
        new("POST", "/pipelinestatus", "pipelineStatus", "The state of a pipeline, stage by stage");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ApiRoute> All { get; } = [ProvisionPipeline, PipelineStatus];

    /// <summary>The route of this method and path, or null. A trailing slash makes no difference.</summary>
    public static ApiRoute? Find(string? method, string? path)
    {
        var trimmed = path?.TrimEnd('/');
        return All.FirstOrDefault(route =>
            string.Equals(route.Method, method, StringComparison.OrdinalIgnoreCase)
            && string.Equals(route.Path, trimmed, StringComparison.Ordinal)
        );
    }
}
