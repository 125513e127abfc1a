using System.Diagnostics;
using Amazon.CodeCommit;
using Amazon.CodePipeline;
using Amazon.Lambda.RuntimeSupport;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.ResourceGroupsTaggingAPI;
using Amazon.Runtime.Internal;
using Amazon.S3;
using Amazon.SageMaker;
using Amazon.SecurityToken;
using Amazon.SimpleNotificationService;
using Mlops.DeploymentFlow;
using Mlops.DeploymentFlow.Aws;
using Mlops.DeploymentFlow.Duties;
using Mlops.DeploymentFlow.Events;
using Mlops.DeploymentFlow.Jobs;
using Mlops.Provisioning;
using Mlops.Provisioning.Aws;
using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Configs;
using Mlops.Provisioning.Images;
using Mlops.Provisioning.Logging;
using Mlops.Provisioning.Requests;
using Mlops.Provisioning.Telemetry;

// Standard output itself: the runtime's Console puts a prefix before each line, and CloudWatch wants bare JSON.
await using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
var log = new StructuredLog(output.WriteLine, TimeProvider.System);
var settings = DeploymentSettings.Read(Environment.GetEnvironmentVariable);

// Before the first client: a pipeline is customized when it is made.
if (CallTracing.Over(Environment.GetEnvironmentVariable, NewId, TimeProvider.System) is { } tracing)
{
    RuntimePipelineCustomizerRegistry.Instance.Register(tracing);
}

using var codePipeline = new AmazonCodePipelineClient();
using var s3 = new AmazonS3Client();
using var sns = new AmazonSimpleNotificationServiceClient();
using var sts = new AmazonSecurityTokenServiceClient();
using var sageMaker = new AmazonSageMakerClient();
using var tagging = new AmazonResourceGroupsTaggingAPIClient();

using var targets = new AwsTargets(settings, sts);
var notices = new SnsNotices(sns, settings.NotificationsTopicArn);
var configs = Configs();
using var codeCommit = configs is null ? null : new AmazonCodeCommitClient();
var configEvents =
    configs is not null
    && Environment.GetEnvironmentVariable(DeploymentEnvironment.ConfigBucket) is { Length: > 0 } configBucket
        ? new ConfigEvents(
            new S3ConfigObjects(s3),
            configs,
            notices,
            log,
            new ConfigPlace(
                configBucket,
                Environment.GetEnvironmentVariable(DeploymentEnvironment.ConfigPath) ?? ConfigFile.DefaultPath
            ),
            NewId
        )
        : null;
var function = new DeploymentFlowFunction(
    [
        new Prepare(targets, new ArtifactParameters(), new SageMakerModelPackages(sageMaker), TimeProvider.System),
        new Summarize(
            targets,
            new S3Evidence(s3, settings, Environment.GetEnvironmentVariable("AWS_ENDPOINT_URL")),
            notices
        ),
        new Verify(targets, TimeProvider.System),
        .. configs is null ? Array.Empty<IDuty>() : [new Apply(new ConfigArtifacts(), Commits(), configs, log, NewId)],
    ],
    new CodePipelineJobAnswers(codePipeline, log),
    log,
    new EmbeddedMetrics(settings.DeploymentName, MetricNames.DeploymentFlowFunction),
    TimeProvider.System,
    configEvents,
    new TeardownEvents(
        new TeardownEnd(settings, new S3PackageStore(s3, settings.AssetsBucket), new CodePipelineService(codePipeline)),
        notices,
        log,
        settings,
        TimeProvider.System
    )
);

await LambdaBootstrapBuilder
    .Create<CodePipelineJobEvent>(function.HandleAsync, new SourceGeneratorLambdaJsonSerializer<DeploymentFlowJson>())
    .Build()
    .RunAsync();

// Only where pulumi up has made a source of config files, the function knows and may do what the Orchestrator does.
ConfigService? Configs()
{
    if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(DeploymentEnvironment.PipelineRoleArn)))
    {
        return null;
    }

    var provisioning = ProvisioningSettings.Read(Environment.GetEnvironmentVariable);
    var catalog = BlueprintCatalog.Open(Path.Combine(AppContext.BaseDirectory, "blueprints"));
    var planner = new RequestPlanner(new RequestValidator(catalog, new ImageCatalog()), provisioning);
    var packages = new S3PackageStore(s3, settings.AssetsBucket);
    var pipelines = new CodePipelineService(codePipeline);
    var service = new PipelineService(planner, provisioning, packages, pipelines);
    return new ConfigService(
        new ConfigPlanner(
            planner,
            service,
            pipelines,
            new TaggedPipelines(tagging),
            packages,
            provisioning,
            TimeProvider.System
        ),
        service,
        new PipelineTeardown(provisioning, packages, pipelines),
        new S3ConfigClaims(s3, settings.AssetsBucket),
        TimeProvider.System
    );
}

CodePipelineCommits Commits() =>
    new(codePipeline, codeCommit!, log, DeploymentNames.Config(settings.DeploymentName), TimeProvider.System);

static string NewId() => ActivitySpanId.CreateRandom().ToHexString();
