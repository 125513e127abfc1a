using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Requests;
using Mlops.Provisioning.Tests.Fakes;

namespace Mlops.Provisioning.Tests.CodePipelines;

/// <summary>A pipeline that has delivered to three accounts, and those who take it down.</summary>
public abstract class TeardownScene
{
    private protected const string Name = Promotion.Name;

    private protected FakeAws Aws { get; set; } = new();

    private protected Promotion Promotion { get; private set; } = null!;

    private protected FakePipeline Pipeline => Aws.Pipeline(Name)!;

    [SetUp]
    public async Task ProvisionAsync()
    {
        Aws = new FakeAws();
        Promotion = new Promotion(Aws);
        await Promotion.ProvisionAsync();
        Aws.Finish();
    }

    private protected async Task<TeardownStarted> StartAsync(
        string name = Name,
        TeardownOptions? options = null,
        ProvisioningSettings? settings = null
    ) => ((Answered<TeardownStarted>)await CallAsync(name, options, settings)).Answer;

    private protected async Task<Refusal> RefusalAsync(string name = Name, TeardownOptions? options = null) =>
        ((Declined<TeardownStarted>)await CallAsync(name, options, null)).Refusal;

    private protected Task<PipelineOutcome<TeardownStarted>> CallAsync(
        string name,
        TeardownOptions? options,
        ProvisioningSettings? settings
    ) =>
        new PipelineTeardown(settings ?? Deployments.Multi(), Aws, Aws).StartAsync(
            name,
            options ?? new TeardownOptions(),
            CancellationToken.None
        );

    private protected Task<TeardownLook> EndAsync() =>
        new TeardownEnd(Deployments.Multi().Deployment, Aws, Aws).RemoveIfDoneAsync(Name, CancellationToken.None);

    private protected async Task<string> CodeOfProvisionAsync(bool force = false) =>
        ((Refused)await Promotion.ProvisionAsync(options: new ProvisionOptions { Force = force }))
            .Findings.Single()
            .Code;
}
