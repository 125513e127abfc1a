namespace Mlops.Provisioning.CodePipelines;

/// <summary>
/// All pipelines of a deployment that were made from requests, at once, by their tags: no call for each. The one that
/// applies commits is none of them.
/// </summary>
public interface IPipelineIndex
{
    /// <summary>
    /// Name to tags of every pipeline that has the deployment's tag. Tags that were written a moment ago may be missing, or
    /// have the value of before.
    /// </summary>
    /// <exception cref="ServiceFailureException">AWS failed.</exception>
    Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>> AllAsync(
        string deploymentName,
        CancellationToken cancellationToken
    );

    /// <summary>Name to tags of these pipelines, a hundred at most; those without tags are left out.</summary>
    /// <exception cref="ServiceFailureException">AWS failed.</exception>
    Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>> OfAsync(
        IReadOnlyList<string> arns,
        CancellationToken cancellationToken
    );
}
