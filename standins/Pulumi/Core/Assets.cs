using System.Collections.Immutable;
using Pulumi.Serialization;

namespace Pulumi;

/// <summary>Something that is read from a place when it is deployed: a file, a text, an address, or several of them.</summary>
public abstract class AssetOrArchive
{
    private protected AssetOrArchive(string signature, string name, object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        (Signature, Name, Value) = (signature, name, value);
    }

    internal string Signature { get; }

    internal string Name { get; }

    internal object Value { get; }
}

/// <summary>One blob.</summary>
public abstract class Asset : AssetOrArchive
{
    private protected Asset(string name, object value)
        : base(WireNames.AssetSignature, name, value) { }
}

/// <summary>A file of this machine.</summary>
public sealed class FileAsset(string path) : Asset(WireNames.Path, path);

/// <summary>A text in UTF-8.</summary>
public sealed class StringAsset(string text) : Asset(WireNames.Text, text);

/// <summary>A blob behind an address.</summary>
public sealed class RemoteAsset(string uri) : Asset(WireNames.Uri, uri);

/// <summary>Several named blobs.</summary>
public abstract class Archive : AssetOrArchive
{
    private protected Archive(string name, object value)
        : base(WireNames.ArchiveSignature, name, value) { }
}

/// <summary>A folder, or a zip or tar file, of this machine.</summary>
public sealed class FileArchive(string path) : Archive(WireNames.Path, path);

/// <summary>An archive behind an address.</summary>
public sealed class RemoteArchive(string uri) : Archive(WireNames.Uri, uri);

/// <summary>An archive put together from other assets and archives.</summary>
public sealed class AssetArchive(IDictionary<string, AssetOrArchive> assets)
    : Archive(WireNames.Assets, assets.ToImmutableDictionary());

/// <summary>Takes the place of a result that should have been an asset and is not.</summary>
internal sealed class InvalidAsset() : Asset(WireNames.Text, "");

/// <summary>Takes the place of a result that should have been an archive and is not.</summary>
internal sealed class InvalidArchive() : Archive(WireNames.Assets, ImmutableDictionary<string, AssetOrArchive>.Empty);
