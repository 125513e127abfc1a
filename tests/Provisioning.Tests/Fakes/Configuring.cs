using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Configs;

namespace Mlops.Provisioning.Tests.Fakes;

/// <summary>What carries out config files, over AWS in memory.</summary>
internal static class Configuring
{
    public static ConfigPlanner Planner(FakeAws aws, ProvisioningSettings? settings = null)
    {
        settings ??= Deployments.Single();
        var planner = Deployments.Planner(settings);
        return new ConfigPlanner(
            planner,
            new PipelineService(planner, settings, aws, aws),
            aws,
            aws,
            aws,
            settings,
            aws.Clock
        );
    }

    public static ConfigService Service(FakeAws aws, TimeProvider clock)
    {
        var settings = Deployments.Single();
        return new ConfigService(
            Planner(aws, settings),
            new PipelineService(Deployments.Planner(settings), settings, aws, aws),
            new PipelineTeardown(settings, aws, aws),
            aws,
            clock
        );
    }
}
