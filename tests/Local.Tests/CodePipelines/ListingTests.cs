using System.Diagnostics;
using Amazon.CodePipeline;
using Amazon.ResourceGroupsTaggingAPI;
using Amazon.Runtime;
using Mlops.Provisioning;
using Mlops.Provisioning.Aws;
using Mlops.Provisioning.CodePipelines;
using static Mlops.Local.Tests.CodePipelines.Definitions;

namespace Mlops.Local.Tests.CodePipelines;

/// <summary>What the Orchestrator lists, with its own clients.</summary>
public sealed class ListingTests
{
    private const string Deployment = "mlops-dev";

    private static readonly BasicAWSCredentials Credentials = new("AKIATEST", "any");

    private Bench bench = null!;
    private AmazonCodePipelineClient codePipeline = null!;
    private AmazonResourceGroupsTaggingAPIClient tagging = null!;

    [SetUp]
    public async Task Start()
    {
        bench = await Bench.StartAsync();
        var endpoint = bench.Endpoint.AbsoluteUri;
        codePipeline = new AmazonCodePipelineClient(
            Credentials,
            new AmazonCodePipelineConfig { ServiceURL = endpoint, AuthenticationRegion = "us-east-1" }
        );
        tagging = new AmazonResourceGroupsTaggingAPIClient(
            Credentials,
            new AmazonResourceGroupsTaggingAPIConfig { ServiceURL = endpoint, AuthenticationRegion = "us-east-1" }
        );
    }

    [TearDown]
    public async Task End()
    {
        codePipeline.Dispose();
        tagging.Dispose();
        await bench.DisposeAsync();
    }

    [Test]
    public async Task A_pipeline_that_was_not_made_from_a_request_is_none_of_the_deployments_although_it_has_its_tag()
    {
        Add(Name(1), Deployment);
        Add(Name(2), "mlops-prod");
        Add(DeploymentNames.Config(Deployment), Deployment);
        var index = new TaggedPipelines(tagging);

        var all = await index.AllAsync(Deployment, CancellationToken.None);
        var these = await index.OfAsync(
            [Settings.PipelineArn(Name(1)), Settings.PipelineArn(DeploymentNames.Config(Deployment))],
            CancellationToken.None
        );

        Assert.That(all.Keys, Is.EqualTo([Name(1)]));
        Assert.That(these.Keys, Is.EqualTo([Name(1)]));
        Assert.That((await ListAsync()).Select(pipeline => pipeline.Name), Is.EqualTo([Name(1)]));
    }

    /// <summary>Best of three: the machine may have other work.</summary>
    [Test]
    public async Task A_thousand_pipelines_are_listed_within_a_second()
    {
        for (var number = 1; number <= 1000; number++)
        {
            Add(Name(number), Deployment);
        }

        var shortest = TimeSpan.MaxValue;
        for (var time = 0; time < 3 && shortest >= TimeSpan.FromSeconds(1); time++)
        {
            var began = Stopwatch.GetTimestamp();
            var all = await ListAsync();
            shortest = TimeSpan.FromTicks(Math.Min(shortest.Ticks, Stopwatch.GetElapsedTime(began).Ticks));

            Assert.That(all.Select(pipeline => pipeline.Name), Is.EqualTo(Enumerable.Range(1, 1000).Select(Name)));
        }

        Assert.That(shortest, Is.LessThan(TimeSpan.FromSeconds(1)));
        TestContext.Out.WriteLine($"1,000 pipelines: {shortest.TotalMilliseconds:0} ms");
    }

    private async Task<IReadOnlyList<ListedPipeline>> ListAsync()
    {
        var lister = new PipelineLister(Settings, new CodePipelineService(codePipeline), new TaggedPipelines(tagging));
        var all = new List<ListedPipeline>();
        string? page = null;
        do
        {
            var list = await lister.ReadAsync(page, CancellationToken.None);
            all.AddRange(list.Pipelines);
            page = list.Next;
        } while (page is not null);

        return all;
    }

    /// <summary>Without an execution, which is what takes time in a creation.</summary>
    private void Add(string name, string deployment)
    {
        var definition = Of(bench, ("Approve", [Approval("Approve", 1)]));
        definition["name"] = name;
        bench.Add(definition, new Dictionary<string, string> { [DeploymentTags.Deployment] = deployment });
    }

    private static string Name(int number) => $"mlops-pipeline-model-{number:D4}-byompipelinerealtimebuiltin";

    private static ProvisioningSettings Settings { get; } =
        new()
        {
            Deployment = new DeploymentSettings
            {
                DeploymentName = Deployment,
                AccountMode = AccountMode.Single,
                Targets = [],
                AssetsBucket = "assets",
                NotificationsTopicArn = $"arn:aws:sns:us-east-1:{Bench.Account}:topic",
                Partition = "aws",
                Region = "us-east-1",
            },
            ArtifactBucket = "artifacts",
            ArtifactKeyArn = $"arn:aws:kms:us-east-1:{Bench.Account}:key/1",
            PipelineRoleArn = $"arn:aws:iam::{Bench.Account}:role/pipeline",
            DeploymentFlowFunction = "flow",
            EcrRepositoryArn = $"arn:aws:ecr:us-east-1:{Bench.Account}:repository/images",
        };
}
