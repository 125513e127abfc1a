using Mlops.DeploymentFlow.Duties;
using Moq;

namespace Mlops.DeploymentFlow.Tests.Duties;

/// <summary>A deployment with one target; asking for another one fails.</summary>
internal sealed class OneTarget(string name, ITargetStacks stacks, IEndpoints? endpoints = null, bool approval = false)
    : ITargets
{
    public TargetServices Of(string target)
    {
        Assert.That(target, Is.EqualTo(name));
        return new("222222222222", approval, stacks, endpoints ?? Mock.Of<IEndpoints>());
    }
}
