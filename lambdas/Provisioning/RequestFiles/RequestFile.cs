using System.Security.Cryptography;

namespace Mlops.Provisioning.RequestFiles;

/// <summary>
/// A file that is made of a request, because a container reads it. It lies in the assets bucket under the hash of its
/// bytes: another request has another file, and none is ever changed.
/// </summary>
public sealed class RequestFile
{
    /// <summary>A file of this name and content.</summary>
    public RequestFile(string name, byte[] content)
    {
        Content = content;
        Key = $"{DeploymentNames.RequestFilePrefix}{Convert.ToHexStringLower(SHA256.HashData(content))}/{name}";
    }

    /// <summary>Where it lies in the assets bucket.</summary>
    public string Key { get; }

    /// <summary>Its bytes.</summary>
    public ReadOnlyMemory<byte> Content { get; }
}
