using System.Security.Cryptography;
using System.Text;
using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Requests;

namespace Mlops.Provisioning;

/// <summary>Tags that say what belongs to what.</summary>
public static class DeploymentTags
{
    /// <summary>The deployment.</summary>
    public const string Deployment = "mlops:deployment";

    /// <summary>The pipeline that deployed a stack.</summary>
    public const string Pipeline = "mlops:pipeline";

    /// <summary>The pipeline's type.</summary>
    public const string PipelineType = "mlops:pipeline-type";

    /// <summary>The model, as the request spells it.</summary>
    public const string ModelName = "mlops:model-name";

    /// <summary>SHA-256 of the package that a pipeline was last given.</summary>
    public const string Package = "mlops:package";

    /// <summary>
    /// S3's id of the version of that package. The bytes alone do not tell that they were delivered: a request that goes
    /// back to what it was uploads them once more.
    /// </summary>
    public const string PackageVersion = "mlops:package-version";

    /// <summary>Hash of the definition that a pipeline was last given.</summary>
    public const string Definition = "mlops:definition";

    /// <summary>The <see cref="Definition"/> of a pipeline that is being taken down.</summary>
    public const string Teardown = "teardown";

    /// <summary>Where the pipeline came from: <see cref="ApiOrigin"/>, or the source that its request was committed to.</summary>
    public const string Origin = "mlops:origin";

    /// <summary>Id of the commit that a pipeline was last given; empty where that came by the API.</summary>
    public const string Revision = "mlops:revision";

    /// <summary>Who asked for what a pipeline was last given; empty where nobody knows.</summary>
    public const string RequestedBy = "mlops:requested-by";

    /// <summary>The version of this software that provisioned a pipeline last.</summary>
    public const string Version = "mlops:version";

    /// <summary>The <see cref="Origin"/> of what clients of the API asked for.</summary>
    public const string ApiOrigin = "api";

    /// <summary>The <see cref="Origin"/> of what a config file in a bucket asked for.</summary>
    public static string BucketOrigin(string bucket, string key) => OriginOf($"s3:{bucket}/{key}");

    /// <summary>An <see cref="Origin"/> as a tag may have it: with a hash of the whole where a tag cannot have all of it, so that two sources are never one.</summary>
    public static string OriginOf(string source)
    {
        const int hashLength = 8;
        if (Value(source) == source)
        {
            return source;
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(source)))[..hashLength];
        return $"{Value(source[..Math.Min(source.Length, ValueLimit - hashLength - 1)])}-{hash}";
    }

    /// <summary>The longest value of a tag, in characters (CodePipeline's API, Tag).</summary>
    public const int ValueLimit = 256;

    /// <summary>Tags of every stack of a pipeline, and by that of what the stack makes: nothing that changes with each request.</summary>
    public static IReadOnlyDictionary<string, string> OfStack(ValidatedRequest request, string deploymentName) =>
        new Dictionary<string, string>
        {
            [Deployment] = deploymentName,
            [Pipeline] = request.Name.Text,
            [PipelineType] = request.Type.Type,
            [ModelName] = request.ModelName,
        };

    /// <summary>Tags of a pipeline, but for its origin, which it keeps: an answer of the API's does not make it the API's.</summary>
    public static IReadOnlyDictionary<string, string> OfPipeline(
        RequestPlan plan,
        string packageVersion,
        ProvisionOptions options,
        DeploymentSettings settings
    ) =>
        new Dictionary<string, string>
        {
            [Deployment] = settings.DeploymentName,
            [PipelineType] = plan.Request.Type.Type,
            [ModelName] = plan.Request.ModelName,
            [Package] = plan.Package.Sha256,
            [PackageVersion] = Value(packageVersion),
            [Definition] = DefinitionText.Hash(plan.Definition, settings.Region),
            [Revision] = Value(options.Revision),
            [RequestedBy] = Value(options.Caller),
            [Version] = ThisVersion,
        };

    /// <summary>Whether a pipeline with these tags was given this package and this definition last, and started with them.</summary>
    public static bool TellOf(
        RequestPlan plan,
        string packageVersion,
        IReadOnlyDictionary<string, string> tags,
        DeploymentSettings settings
    ) => TellOfPackage(plan, packageVersion, tags) && TellOfDefinition(plan, tags, settings);

    /// <summary>Whether a pipeline with these tags was given this version of this package last.</summary>
    public static bool TellOfPackage(
        RequestPlan plan,
        string packageVersion,
        IReadOnlyDictionary<string, string> tags
    ) =>
        tags.GetValueOrDefault(Package) == plan.Package.Sha256
        && tags.GetValueOrDefault(PackageVersion) == Value(packageVersion);

    /// <summary>Whether a pipeline with these tags was given this definition last.</summary>
    public static bool TellOfDefinition(
        RequestPlan plan,
        IReadOnlyDictionary<string, string> tags,
        DeploymentSettings settings
    ) => tags.GetValueOrDefault(Definition) == DefinitionText.Hash(plan.Definition, settings.Region);

    /// <summary>Whether a pipeline with these tags is being taken down.</summary>
    public static bool TellOfTeardown(IReadOnlyDictionary<string, string> tags) =>
        tags.GetValueOrDefault(Definition) == Teardown;

    /// <summary>The value of a tag; null where it is not there, or empty.</summary>
    public static string? Find(IReadOnlyDictionary<string, string> tags, string key) =>
        tags.GetValueOrDefault(key) is { Length: > 0 } value ? value : null;

    /// <summary>As a tag may have it: other characters than letters, digits, space and <c>_.:/=+-@</c> become a space.</summary>
    public static string Value(string? text)
    {
        var allowed = string.Concat(
            (text ?? "").Select(letter => char.IsLetterOrDigit(letter) || "_.:/=+-@".Contains(letter) ? letter : ' ')
        );
        var words = string.Join(' ', allowed.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return words.Length <= ValueLimit ? words : words[..ValueLimit].Trim();
    }

    private static string ThisVersion => typeof(DeploymentTags).Assembly.GetName().Version?.ToString(3) ?? "";
}
