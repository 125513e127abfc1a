using System.Text.Json.Nodes;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Core;
using Microsoft.Extensions.Time.Testing;
using Mlops.Orchestrator.Http;
using Mlops.Orchestrator.Routes;
using Mlops.Provisioning;
using Mlops.Provisioning.Api;
using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Configs;
using Mlops.Provisioning.Logging;
using Mlops.Provisioning.ModelCards;
using Mlops.Provisioning.Telemetry;
using Mlops.Provisioning.Tests.Fakes;
using Moq;

namespace Mlops.Orchestrator.Tests.Support;

/// <summary>The whole function as Program wires it, over an AWS in memory.</summary>
internal sealed class Invoked
{
    public const string RequestId = "c6af9ac6-7b61-11e6-9a41-93e8deadbeef";
    public const string LambdaRequestId = "8476a536-e9f4-11e8-9739-2dfe598c3fcd";
    public const string Provision = "/provisionpipeline";
    public const string Status = "/pipelinestatus";

    // Made once: a mock by expression costs more than a whole provision.
    private static readonly ILambdaContext Context = Mock.Of<ILambdaContext>(context =>
        context.AwsRequestId == LambdaRequestId
    );

    private static readonly BlueprintCatalog Catalog = BlueprintCatalog.Open(Deployments.BlueprintFolder);

    private readonly OrchestratorFunction function;

    public Invoked(
        ProvisioningSettings? settings = null,
        RequestPlanner? planner = null,
        IPackageStore? packages = null,
        IPipelines? pipelines = null,
        IModelCards? cards = null
    )
    {
        settings ??= Deployments.Single();
        var answers = new Answers(settings.DetailedErrors);
        var service = new PipelineService(
            planner ?? Deployments.Planner(settings),
            settings,
            packages ?? Aws,
            pipelines ?? Aws
        );
        var approvals = new PipelineApprovals(settings, packages ?? Aws, pipelines ?? Aws);
        function = new OrchestratorFunction(
            [
                new ProvisionPipeline(service, new ModelCardService(cards ?? Cards, settings), answers),
                new PlanRoute(
                    new ConfigPlanner(
                        planner ?? Deployments.Planner(settings),
                        service,
                        pipelines ?? Aws,
                        Aws,
                        packages ?? Aws,
                        settings,
                        TimeProvider.System
                    ),
                    settings,
                    answers
                ),
                new PipelineStatusRoute(new PipelineStatus(settings, pipelines ?? Aws), answers),
                new PipelinesRoute(new PipelineLister(settings, pipelines ?? Aws, Aws)),
                new PipelineRoute(new PipelineOverview(settings, packages ?? Aws, pipelines ?? Aws), answers),
                new TeardownRoute(new PipelineTeardown(settings, packages ?? Aws, pipelines ?? Aws), answers),
                new ApprovalRoute(ApiRoutes.Approval, approvals, answers),
                new ApprovalRoute(ApiRoutes.StageApproval, approvals, answers),
                new RetryRoute(new StageRetry(settings, pipelines ?? Aws), answers),
                new BlueprintsRoute(Catalog),
                new BlueprintRoute(Catalog, answers),
                new SchemaRoute(Catalog, settings),
                new OpenApiRoute(settings),
            ],
            answers,
            new StructuredLog(Lines.Add, Clock),
            new EmbeddedMetrics(settings.Deployment.DeploymentName, MetricNames.OrchestratorFunction),
            Clock
        );
    }

    public FakeAws Aws { get; } = new();

    public FakeModelCards Cards { get; } = new();

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    /// <summary>What was logged, as it was written.</summary>
    public List<string> Lines { get; } = [];

    public IReadOnlyList<JsonObject> Logged => [.. Lines.Select(line => JsonNode.Parse(line)!.AsObject())];

    public Task<APIGatewayProxyResponse> PostAsync(
        string path,
        string? body,
        bool base64 = false,
        IDictionary<string, string>? query = null,
        string? resource = null,
        string? caller = "arn:aws:iam::123456789012:user/ada"
    ) =>
        HandleAsync(
            new APIGatewayProxyRequest
            {
                Resource = resource ?? path,
                Path = path,
                HttpMethod = "POST",
                QueryStringParameters = query,
                RequestContext = new APIGatewayProxyRequest.ProxyRequestContext
                {
                    RequestId = RequestId,
                    Identity = new APIGatewayProxyRequest.RequestIdentity { UserArn = caller },
                },
                Body = body,
                IsBase64Encoded = base64,
            }
        );

    /// <summary>As API Gateway hands over a call of a route without body.</summary>
    public Task<APIGatewayProxyResponse> GetAsync(
        string path,
        string? resource = null,
        IDictionary<string, string>? query = null,
        string method = "GET"
    ) =>
        HandleAsync(
            new APIGatewayProxyRequest
            {
                Resource = resource ?? path,
                Path = path,
                HttpMethod = method,
                QueryStringParameters = query,
            }
        );

    public Task<APIGatewayProxyResponse> HandleAsync(APIGatewayProxyRequest request) =>
        function.HandleAsync(request, Context);
}
