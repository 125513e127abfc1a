using System.Collections.Immutable;

namespace Mlops.Infra.Tests.Declaring;

/// <summary>What AWS says of a bucket that was there before us.</summary>
internal sealed record ExistingBucketAnswer
{
    public string Region { get; init; } = "us-east-1";

    /// <summary>Null: never switched on.</summary>
    public string? Versioning { get; init; } = "Enabled";

    /// <summary>Whether it tells EventBridge of its objects.</summary>
    public bool EventBridge { get; init; } = true;

    /// <summary>By id, ARN or alias; null: S3's own encryption.</summary>
    public string? Key { get; init; }

    public ImmutableDictionary<string, object> Of(string name)
    {
        var answer = ImmutableDictionary<string, object>
            .Empty.Add("arn", $"arn:aws:s3:::{name}")
            .Add("regionalDomainName", $"{name}.s3.{Region}.amazonaws.com")
            .Add("bucketEncryption", Map("serverSideEncryptionConfiguration", ImmutableArray.Create<object>(Rule())));
        return Versioning is null ? answer : answer.Add("versioningConfiguration", Map("status", Versioning));
    }

    private ImmutableDictionary<string, object> Rule()
    {
        var rule = Map("sseAlgorithm", Key is null ? "AES256" : "aws:kms");
        return Map("serverSideEncryptionByDefault", Key is null ? rule : rule.Add("kmsMasterKeyId", Key));
    }

    private static ImmutableDictionary<string, object> Map(string key, object value) =>
        ImmutableDictionary<string, object>.Empty.Add(key, value);
}
