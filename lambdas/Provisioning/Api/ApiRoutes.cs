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

    /// <summary>Whether the answer is one page of several, and the query names which (<see cref="ApiRoutes.Page"/>).</summary>
    public bool IsPaged { get; init; }

    /// <summary>Whether what is asked for may go on after the answer, which is 202 then.</summary>
    public bool GoesOn { get; init; }

    /// <summary>Whether a request has a JSON object as its body.</summary>
    public bool HasBody { get; init; } = Method is "POST" or "PUT" or "PATCH";
}

/// <summary>A parameter of the query that is true or false; false when it is not there.</summary>
/// <param name="Name">As clients write it.</param>
/// <param name="Description">What true does.</param>
public sealed record ApiFlag(string Name, string Description);

/// <summary>Every operation of the API: API Gateway's body and the Orchestrator's dispatch are both made from this table.</summary>
public static class ApiRoutes
{
    /// <summary>The flag of routes that end a running execution where it is in the way.</summary>
    public const string Force = "force";

    /// <summary>The flag of <see cref="ProvisionPipeline"/> that rejects what waits for an approval.</summary>
    public const string ReplaceWaiting = "replaceWaiting";

    /// <summary>The parameter of all routes below <see cref="Pipeline"/>.</summary>
    public const string PipelineName = "name";

    /// <summary>The parameter of routes about one stage: its name, or that of the target that it delivers to, in any case.</summary>
    public const string StageName = "stage";

    /// <summary>The parameter in the query of paged routes: <c>next</c> of the page before.</summary>
    public const string Page = "page";

    /// <summary>The parameter of <see cref="Blueprint"/>.</summary>
    public const string BlueprintName = "name";

    /// <summary>Provisions the pipeline that the body asks for. The predecessor's route.</summary>
    public static ApiRoute ProvisionPipeline { get; } =
        new("POST", "/provisionpipeline", "provisionPipeline", "Provision the pipeline that a request asks for")
        {
            Flags =
            [
                new(Force, "Update the pipeline's definition even though that ends an execution that runs or waits"),
                new(ReplaceWaiting, "Reject what of this pipeline waits for an approval, and deliver this instead"),
            ],
        };

    /// <summary>What a config file would change. It has no effect, so who may only look may ask.</summary>
    public static ApiRoute Plan { get; } =
        new("POST", "/plan", "plan", "What a config file would make, change and take down; nothing is changed");

    /// <summary>Answers the state of one pipeline. The predecessor's route.</summary>
    public static ApiRoute PipelineStatus { get; } =
        new("POST", "/pipelinestatus", "pipelineStatus", "The state of a pipeline, stage by stage");

    /// <summary>All pipelines of the deployment.</summary>
    public static ApiRoute Pipelines { get; } =
        new("GET", "/pipelines", "pipelines", "The pipelines, and where they came from") { IsPaged = true };

    /// <summary>One pipeline: what waits in it for whom, and what that would change.</summary>
    public static ApiRoute Pipeline { get; } =
        new(
            "GET",
            $"/pipelines/{{{PipelineName}}}",
            "pipeline",
            "A pipeline with its stages, what waits for an approval and what that would change"
        );

    /// <summary>Takes a pipeline down, with all that it delivered.</summary>
    public static ApiRoute Teardown { get; } =
        new("DELETE", Pipeline.Path, "teardown", "Take a pipeline down with all that it delivered, last target first")
        {
            GoesOn = true,
            Flags = [new(Force, "Take it down even though that ends an execution that runs or waits")],
        };

    /// <summary>Answers what waits for an approval, wherever it is; the body may name the target.</summary>
    public static ApiRoute Approval { get; } =
        new(
            "POST",
            $"/pipelines/{{{PipelineName}}}/approval",
            "approval",
            "Approve or reject what waits in a pipeline"
        );

    /// <summary>Answers what waits in one stage: who may, for which target, an IAM policy can say by this path.</summary>
    public static ApiRoute StageApproval { get; } =
        new(
            "POST",
            $"/pipelines/{{{PipelineName}}}/stages/{{{StageName}}}/approval",
            "stageApproval",
            "Approve or reject what waits in a stage"
        );

    /// <summary>Starts a failed stage again.</summary>
    public static ApiRoute Retry { get; } =
        new(
            "POST",
            $"/pipelines/{{{PipelineName}}}/stages/{{{StageName}}}/retry",
            "retry",
            "Start a failed stage again"
        )
        {
            HasBody = false,
        };

    /// <summary>What can be deployed.</summary>
    public static ApiRoute Blueprints { get; } =
        new("GET", "/blueprints", "blueprints", "The blueprints and their pipeline types");

    /// <summary>Everything that requests of a blueprint can say.</summary>
    public static ApiRoute Blueprint { get; } =
        new(
            "GET",
            $"/blueprints/{{{BlueprintName}}}",
            "blueprint",
            "A blueprint by its name, or by one of its pipeline types: every key of its requests"
        );

    /// <summary>The schema of requests, for this deployment.</summary>
    public static ApiRoute Schema { get; } =
        new("GET", "/schema", "schema", "The JSON Schema of requests to this deployment");

    /// <summary>What the API says of itself.</summary>
    public static ApiRoute OpenApi { get; } = new("GET", "/openapi.json", "openApi", "This description of the API");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ApiRoute> All { get; } =
    [
        ProvisionPipeline,
        Plan,
        PipelineStatus,
        Pipelines,
        Pipeline,
        Teardown,
        Approval,
        StageApproval,
        Retry,
        Blueprints,
        Blueprint,
        Schema,
        OpenApi,
    ];

    /// <summary>
    /// The route of this method and path, or null. A trailing slash makes no difference. The path may be one that was
    /// asked for, or a route as it is declared.
    /// </summary>
    public static ApiRoute? Find(string? method, string? path)
    {
        var segments = Segments(path);
        return segments is null
            ? null
            : All.FirstOrDefault(route =>
                string.Equals(route.Method, method, StringComparison.OrdinalIgnoreCase)
                && Matches(Segments(route.Path)!, segments)
            );
    }

    /// <summary>What stands in the path where the route has a parameter, decoded; null where it has none of this name.</summary>
    public static string? Parameter(ApiRoute route, string? path, string name)
    {
        var pattern = Segments(route.Path)!;
        var index = Array.IndexOf(pattern, $"{{{name}}}");
        return index >= 0 && Segments(path) is { } segments && Matches(pattern, segments)
            ? Uri.UnescapeDataString(segments[index])
            : null;
    }

    private static string[]? Segments(string? path) =>
        path is ['/', .. var below] ? below.TrimEnd('/').Split('/') : null;

    private static bool Matches(string[] pattern, string[] segments) =>
        pattern.Length == segments.Length
        && pattern
            .Zip(segments)
            .All(pair => pair.First == pair.Second || (pair.First is ['{', ..] && pair.Second.Length > 0));
}
