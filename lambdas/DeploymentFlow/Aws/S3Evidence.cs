using Amazon.S3;
using Amazon.S3.Model;
using Mlops.DeploymentFlow.Duties;
using Mlops.Provisioning;
using Mlops.Provisioning.Evidence;

namespace Mlops.DeploymentFlow.Aws;

/// <summary>Evidence as objects of the assets bucket.</summary>
/// <param name="s3">With this function's own permissions.</param>
/// <param name="settings">The deployment.</param>
/// <param name="endpoint">Where AWS's services are, if not at AWS: there the object itself is the address.</param>
public sealed class S3Evidence(IAmazonS3 s3, DeploymentSettings settings, string? endpoint) : IEvidence
{
    /// <inheritdoc />
    public async Task<Uri> KeepAsync(TargetChanges changes, CancellationToken cancellationToken)
    {
        var key = TargetChanges.Key(changes.Pipeline, changes.Execution, changes.Target);
        using var content = new MemoryStream(changes.ToJson(), writable: false);
        await s3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = settings.AssetsBucket,
                Key = key,
                InputStream = content,
                ContentType = "application/json",
            },
            cancellationToken
        );
        return Address(key);
    }

    /// <summary>The console asks for a sign-in and shows the object; a link that needs none would be a secret.</summary>
    private Uri Address(string key) =>
        string.IsNullOrEmpty(endpoint)
            ? new Uri(
                $"https://{settings.Region}.{Console()}/s3/object/{settings.AssetsBucket}?region={settings.Region}&prefix={Uri.EscapeDataString(key)}"
            )
            : new Uri($"{endpoint.TrimEnd('/')}/{settings.AssetsBucket}/{key}");

    private string Console() =>
        settings.Partition == "aws-us-gov" ? "console.amazonaws-us-gov.com" : "console.aws.amazon.com";
}
