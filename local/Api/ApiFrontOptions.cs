namespace Mlops.Local.Api;

/// <summary>A REST API as the program declared it, and where to serve it.</summary>
public sealed record ApiFrontOptions
{
    /// <summary>The <c>Body</c> of the declared RestApi: OpenAPI 3 as JSON, with API Gateway's extensions.</summary>
    public required string Body { get; init; }

    /// <summary>The deployed stage; the first segment of every path.</summary>
    public required string Stage { get; init; }

    /// <summary>The function behind every route.</summary>
    public required string FunctionName { get; init; }

    /// <summary>The API's id; ends up in the events.</summary>
    public required string ApiId { get; init; }

    /// <summary>The account that the API lives in.</summary>
    public required string AccountId { get; init; }

    /// <summary>The API's region.</summary>
    public required string Region { get; init; }

    /// <summary>STS is asked here who signed a request.</summary>
    public required Uri AwsEndpoint { get; init; }

    /// <summary>0 takes any free port.</summary>
    public int Port { get; init; }

    /// <summary>How long the function may take; API Gateway's limit is 29 seconds (quota "Maximum integration timeout").</summary>
    public TimeSpan IntegrationTimeout { get; init; } = TimeSpan.FromSeconds(29);
}
