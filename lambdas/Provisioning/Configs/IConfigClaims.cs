using Mlops.Provisioning.CodePipelines;

namespace Mlops.Provisioning.Configs;

/// <summary>Who carries out a source's file: the last one who said so.</summary>
public interface IConfigClaims
{
    /// <summary>Says that from now on this run does, and nobody who said so before.</summary>
    /// <returns>Whether who said so before had not ended, and so may be writing one more pipeline.</returns>
    /// <exception cref="ServiceFailureException">AWS failed.</exception>
    Task<bool> ClaimAsync(string source, ConfigClaim claim, CancellationToken cancellationToken);

    /// <summary>Says that this run writes nothing more, whoever has claimed since.</summary>
    /// <exception cref="ServiceFailureException">AWS failed.</exception>
    Task EndAsync(string source, ConfigClaim claim, CancellationToken cancellationToken);

    /// <summary>Who does, or null.</summary>
    /// <exception cref="ServiceFailureException">AWS failed.</exception>
    Task<ConfigClaim?> HolderAsync(string source, CancellationToken cancellationToken);
}

/// <summary>One run that carries out a file.</summary>
/// <param name="Run">Another one for each run, also of the same job.</param>
/// <param name="Job">CodePipeline's job, or the event, that it answers.</param>
/// <param name="Revision">Which state of the file.</param>
public sealed record ConfigClaim(string Run, string Job, string Revision);
