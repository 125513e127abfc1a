namespace Mlops.DeploymentFlow.Duties;

/// <summary>The accounts that are delivered into.</summary>
public interface ITargets
{
    /// <summary>What this function can reach of the target.</summary>
    /// <exception cref="InvalidDataException">There is no such target (any more).</exception>
    TargetServices Of(string target);
}

/// <summary>What this function reaches of a target.</summary>
/// <param name="Account">Its account.</param>
/// <param name="Approval">Whether somebody has to approve before it is changed.</param>
/// <param name="Stacks">Its stacks.</param>
/// <param name="Endpoints">Its endpoints.</param>
public sealed record TargetServices(string Account, bool Approval, ITargetStacks Stacks, IEndpoints Endpoints);
