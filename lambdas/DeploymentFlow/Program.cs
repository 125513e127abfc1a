using System.Diagnostics;
using Amazon.CloudFormation;
using Amazon.CodePipeline;
using Amazon.Lambda.RuntimeSupport;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.Runtime.Internal;
using Amazon.SageMaker;
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
using var cloudFormation = new AmazonCloudFormationClient();
using var sageMaker = new AmazonSageMakerClient();

var stacks = new CloudFormationStacks(cloudFormation);
var function = new DeploymentFlowFunction(
    [
        new Prepare(stacks, new ArtifactParameters(), new SageMakerModelPackages(sageMaker), TimeProvider.System),
        new Verify(stacks, new SageMakerEndpoints(sageMaker), TimeProvider.System),
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
