using System.Diagnostics;
using Amazon.CodePipeline;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.RuntimeSupport;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.ResourceGroupsTaggingAPI;
using Amazon.Runtime.Internal;
using Amazon.S3;
using Amazon.SageMaker;
using Mlops.Orchestrator;
using Mlops.Orchestrator.Http;
using Mlops.Orchestrator.Routes;
using Mlops.Provisioning;
using Mlops.Provisioning.Api;
using Mlops.Provisioning.Aws;
using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Configs;
using Mlops.Provisioning.Images;
using Mlops.Provisioning.Logging;
using Mlops.Provisioning.ModelCards;
using Mlops.Provisioning.Requests;
using Mlops.Provisioning.Telemetry;

// Standard output itself: the runtime's Console puts a prefix before each line, and CloudWatch wants bare JSON.
await using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
var log = new StructuredLog(output.WriteLine, TimeProvider.System);
var settings = ProvisioningSettings.Read(Environment.GetEnvironmentVariable);

// Before the first client: a pipeline is customized when it is made.
if (CallTracing.Over(Environment.GetEnvironmentVariable, NewId, TimeProvider.System) is { } tracing)
{
    RuntimePipelineCustomizerRegistry.Instance.Register(tracing);
}

using var s3 = new AmazonS3Client();
using var codePipeline = new AmazonCodePipelineClient();
using var sageMaker = new AmazonSageMakerClient();
using var tagging = new AmazonResourceGroupsTaggingAPIClient();

var pipelines = new CodePipelineService(codePipeline);
var packages = new S3PackageStore(s3, settings.Deployment.AssetsBucket);
var catalog = BlueprintCatalog.Open(Path.Combine(AppContext.BaseDirectory, "blueprints"));
var planner = new RequestPlanner(new RequestValidator(catalog, new ImageCatalog()), settings);
var answers = new Answers(settings.DetailedErrors);
var approvals = new PipelineApprovals(settings, packages, pipelines);
var service = new PipelineService(planner, settings, packages, pipelines);
var index = new TaggedPipelines(tagging);
var function = new OrchestratorFunction(
    [
        new ProvisionPipeline(service, new ModelCardService(new SageMakerModelCards(sageMaker), settings), answers),
        new PlanRoute(
            new ConfigPlanner(planner, service, pipelines, index, packages, settings, TimeProvider.System),
            settings,
            answers
        ),
        new PipelineStatusRoute(new PipelineStatus(settings, pipelines), answers),
        new PipelinesRoute(new PipelineLister(settings, pipelines, index)),
        new PipelineRoute(new PipelineOverview(settings, packages, pipelines), answers),
        new TeardownRoute(new PipelineTeardown(settings, packages, pipelines), answers),
        new ApprovalRoute(ApiRoutes.Approval, approvals, answers),
        new ApprovalRoute(ApiRoutes.StageApproval, approvals, answers),
        new RetryRoute(new StageRetry(settings, pipelines), answers),
        new BlueprintsRoute(catalog),
        new BlueprintRoute(catalog, answers),
        new SchemaRoute(catalog, settings),
        new OpenApiRoute(settings),
    ],
    answers,
    log,
    new EmbeddedMetrics(settings.Deployment.DeploymentName, MetricNames.OrchestratorFunction),
    TimeProvider.System
);

await LambdaBootstrapBuilder
    .Create<APIGatewayProxyRequest, APIGatewayProxyResponse>(
        function.HandleAsync,
        new SourceGeneratorLambdaJsonSerializer<OrchestratorJson>()
    )
    .Build()
    .RunAsync();

static string NewId() => ActivitySpanId.CreateRandom().ToHexString();
