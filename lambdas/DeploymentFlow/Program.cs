using System.Diagnostics;
using Amazon.CodePipeline;
using Amazon.Lambda.RuntimeSupport;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.Runtime.Internal;
using Amazon.S3;
using Amazon.SageMaker;
using Amazon.SecurityToken;
using Amazon.SimpleNotificationService;
using Mlops.DeploymentFlow;
using Mlops.DeploymentFlow.Aws;
using Mlops.DeploymentFlow.Duties;
using Mlops.DeploymentFlow.Jobs;
using Mlops.Provisioning;
using Mlops.Provisioning.Aws;
using Mlops.Provisioning.Logging;
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

using var targets = new AwsTargets(settings, sts);
var function = new DeploymentFlowFunction(
    [
        new Prepare(targets, new ArtifactParameters(), new SageMakerModelPackages(sageMaker), TimeProvider.System),
        new Summarize(
            targets,
            new S3Evidence(s3, settings, Environment.GetEnvironmentVariable("AWS_ENDPOINT_URL")),
            new SnsNotices(sns, settings.NotificationsTopicArn)
        ),
        new Verify(targets, TimeProvider.System),
    ],
    new CodePipelineJobAnswers(codePipeline, log),
    log,
    new EmbeddedMetrics(settings.DeploymentName, MetricNames.DeploymentFlowFunction),
    TimeProvider.System
);

await LambdaBootstrapBuilder
    .Create<CodePipelineJobEvent>(function.HandleAsync, new SourceGeneratorLambdaJsonSerializer<DeploymentFlowJson>())
    .Build()
    .RunAsync();

static string NewId() => ActivitySpanId.CreateRandom().ToHexString();
