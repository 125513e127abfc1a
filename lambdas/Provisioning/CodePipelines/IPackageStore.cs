using Mlops.Provisioning.Packaging;
using Mlops.Provisioning.RequestFiles;

namespace Mlops.Provisioning.CodePipelines;

/// <summary>Where packages are kept. Every failure is a <see cref="ServiceFailureException"/>.</summary>
public interface IPackageStore
{
    /// <summary>The newest version under this key, or null.</summary>
    Task<StoredPackage?> FindAsync(string key, CancellationToken cancellationToken);

    /// <summary>Makes a new version under this key and gives its id.</summary>
    Task<string> PutAsync(
        string key,
        TemplatePackage package,
        PackageOrigin origin,
        CancellationToken cancellationToken
    );

    /// <summary>Removes what is under this key; its older versions stay until the bucket's own rules end them.</summary>
    Task DeleteAsync(string key, CancellationToken cancellationToken);

    /// <summary>ARN of who asked for a version; null where that was not noted, or the version is not there.</summary>
    Task<string?> RequestedByAsync(string key, string version, CancellationToken cancellationToken);

    /// <summary>The first bytes of an asset or of the newest version of a package, fewer than asked for when that is all of it; null when it is not there.</summary>
    Task<ReadOnlyMemory<byte>?> ReadStartAsync(string key, int length, CancellationToken cancellationToken);

    /// <summary>Puts a file where packages of the same deployment find it. The same file again changes nothing.</summary>
    Task PutAsync(RequestFile file, CancellationToken cancellationToken);
}

/// <summary>A package that is there.</summary>
/// <param name="VersionId">S3's id of this version.</param>
/// <param name="Sha256">Lower-case hex of its bytes as we noted it; null when somebody else put it there.</param>
/// <param name="ModelName">The <c>model_name</c> as the request spelled it; null when not noted.</param>
/// <param name="LastModified">When it was uploaded, to the second.</param>
public sealed record StoredPackage(string VersionId, string? Sha256, string? ModelName, DateTimeOffset LastModified);

/// <summary>Where a package comes from: noted with it.</summary>
/// <param name="ModelName">The <c>model_name</c> as the request spells it.</param>
/// <param name="RequestedBy">ARN of who asked; null where nobody knows.</param>
public sealed record PackageOrigin(string ModelName, string? RequestedBy);
