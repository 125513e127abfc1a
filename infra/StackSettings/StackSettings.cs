using Mlops.Provisioning;

namespace Mlops.Infra;

/// <summary>Which Lambda package is built.</summary>
public enum LambdaPackageKind
{
    /// <summary>NativeAOT where this machine can build it for Amazon Linux 2023, else managed.</summary>
    Auto,

    /// <summary>NativeAOT for <c>provided.al2023</c>, or an error that says why not.</summary>
    Aot,

    /// <summary>Framework-dependent, for Lambda's managed <c>dotnet10</c> runtime.</summary>
    Managed,
}

/// <summary>Everything a stack's configuration decides, read once.</summary>
public sealed record StackSettings
{
    /// <summary>Which accounts pipelines are deployed to (<c>mlops:accountMode</c>, required).</summary>
    public required AccountMode AccountMode { get; init; }

    /// <summary>The region of everything (<c>aws:region</c>, required).</summary>
    public required string Region { get; init; }

    /// <summary>Who hears of every outcome; gets a mail to confirm first (<c>mlops:notificationEmail</c>, required).</summary>
    public required string NotificationEmail { get; init; }

    /// <summary>
    /// Whether buckets, keys and the repository outlive the stack, and are protected (<c>mlops:retainData</c>, default
    /// true). Otherwise <c>pulumi destroy</c> empties and removes them.
    /// </summary>
    public bool RetainData { get; init; } = true;

    /// <summary>Which Lambda package is built (<c>mlops:lambdaPackage</c>, default auto).</summary>
    public LambdaPackageKind LambdaPackage { get; init; } = LambdaPackageKind.Auto;

    /// <summary>
    /// The only account that may be worked in (<c>mlops:accountId</c>); null: whichever the credentials belong to.
    /// </summary>
    public string? AccountId { get; init; }

    /// <summary>
    /// Whether the program sets the role with which API Gateway writes logs (<c>mlops:manageApiGatewayLogging</c>,
    /// default true). It is one setting for all APIs of an account and region: set it to false where somebody else
    /// keeps it.
    /// </summary>
    public bool ManageApiGatewayLogging { get; init; } = true;

    /// <summary>Reads the configuration of a stack.</summary>
    /// <param name="read">Gives the value of a key with its namespace (<c>mlops:accountMode</c>), or null.</param>
    /// <exception cref="StackSettingsException">At least one setting is missing or wrong; the message names all.</exception>
    public static StackSettings Read(Func<string, string?> read)
    {
        var reader = new StackSettingsReader(read);
        var settings = new StackSettings
        {
            AccountMode = reader.AccountMode("mlops:accountMode"),
            Region = reader.Region("aws:region"),
            NotificationEmail = reader.Email("mlops:notificationEmail"),
            RetainData = reader.Flag("mlops:retainData", otherwise: true),
            LambdaPackage = reader.Choice("mlops:lambdaPackage", otherwise: LambdaPackageKind.Auto),
            AccountId = reader.AccountId("mlops:accountId"),
            ManageApiGatewayLogging = reader.Flag("mlops:manageApiGatewayLogging", otherwise: true),
        };
        reader.ThrowIfAnyProblem();
        return settings;
    }
}
