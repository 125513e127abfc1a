using Mlops.Infra.Policies;
using Pulumi;
using Pulumi.AwsNative.Ecr;
using Pulumi.AwsNative.Ecr.Inputs;

namespace Mlops.Infra.Components;

/// <summary>What a caller may choose about the <see cref="ImageRepository"/>.</summary>
public sealed record ImageRepositoryArgs
{
    /// <summary>The user's repository, which is left as it is; null: one is made.</summary>
    public ExistingRepository? Existing { get; init; }

    /// <summary>ARN of the key of the images of one that is made.</summary>
    public Input<string>? KeyArn { get; init; }

    /// <summary>Roles of other accounts that pull images.</summary>
    internal TargetRoles? Targets { get; init; }

    /// <summary>Whether repository and images outlive the stack.</summary>
    public required bool Retain { get; init; }
}

/// <summary>
/// Where images of custom algorithms live; each is scanned when it is pushed. A tag cannot be moved (the predecessor's
/// could): a model that was approved with an image keeps running that image.
/// </summary>
public sealed class ImageRepository : ComponentResource
{
    /// <summary>Makes the repository, called as this component, or stands for the user's.</summary>
    public ImageRepository(string name, ImageRepositoryArgs args, ComponentResourceOptions? options = null)
        : base("mlops:images:ImageRepository", name, options)
    {
        (Arn, Uri) = args.Existing is { } existing
            ? (Output.Create(existing.Arn), Output.Create(existing.Uri))
            : Make(name, args);
        RegisterOutputs();
    }

    /// <summary>ARN of the repository.</summary>
    [Output("arn")]
    public Output<string> Arn { get; private set; }

    /// <summary>Where to push: <c>&lt;account&gt;.dkr.ecr.&lt;region&gt;.amazonaws.com/&lt;name&gt;</c>.</summary>
    [Output("uri")]
    public Output<string> Uri { get; private set; }

    private (Output<string> Arn, Output<string> Uri) Make(string name, ImageRepositoryArgs args)
    {
        var repository = new Repository(
            $"{name}-repository",
            new RepositoryArgs
            {
                RepositoryName = name,
                ImageTagMutability = RepositoryImageTagMutability.Immutable,
                ImageScanningConfiguration = new RepositoryImageScanningConfigurationArgs { ScanOnPush = true },
                EncryptionConfiguration = new RepositoryEncryptionConfigurationArgs
                {
                    EncryptionType = RepositoryEncryptionType.Kms,
                    KmsKey = args.KeyArn,
                },
                EmptyOnDelete = !args.Retain,
                RepositoryPolicyText = args.Targets is { Any: true } targets
                    ? PolicyDocument.Value(Pull(targets))
                    : (Input<object>?)null,
            },
            Retention.Of(args.Retain, this)
        );
        return (repository.Arn, repository.RepositoryUri);
    }

    /// <summary>What stacks of targets may do with images. An existing repository's owner adds it.</summary>
    internal static PolicyStatement Pull(TargetRoles targets) =>
        new()
        {
            Sid = "TargetsPullImages",
            Principal = targets.Accounts,
            Actions = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
            Conditions = [targets.AreOfStacksOrCloudFormation],
        };
}
