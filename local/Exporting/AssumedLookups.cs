using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Mlops.Local.Stacks;

namespace Mlops.Local.Exporting;

/// <summary>
/// What the providers' functions answer about things that the program did not make: that they are there, as the program
/// wants them, encrypted with a customer's key, for which it needs most permissions.
/// </summary>
internal static class AssumedLookups
{
    public static ImmutableDictionary<string, object> Bucket(string name) =>
        PulumiValues.ToState(
            new JsonObject
            {
                ["arn"] = $"arn:{Tokens.Partition}:s3:::{name}",
                ["regionalDomainName"] = $"{name}.s3.{Tokens.Region}.{Tokens.UrlSuffix}",
                ["versioningConfiguration"] = new JsonObject { ["status"] = "Enabled" },
                ["bucketEncryption"] = new JsonObject
                {
                    ["serverSideEncryptionConfiguration"] = new JsonArray(
                        new JsonObject
                        {
                            ["serverSideEncryptionByDefault"] = new JsonObject
                            {
                                ["sseAlgorithm"] = "aws:kms",
                                ["kmsMasterKeyId"] = Tokens.Of(Parameters.ExistingAssetsKey),
                            },
                        }
                    ),
                },
            }
        );

    public static ImmutableDictionary<string, object> BucketNotification(string name) =>
        PulumiValues.ToState(new JsonObject { ["bucket"] = name, ["eventbridge"] = true });

    public static ImmutableDictionary<string, object> Repository(string name) =>
        PulumiValues.ToState(
            new JsonObject
            {
                ["arn"] = $"arn:{Tokens.Partition}:ecr:{Tokens.Region}:{Tokens.AccountId}:repository/{name}",
                ["repositoryUri"] = $"{Tokens.AccountId}.dkr.ecr.{Tokens.Region}.{Tokens.UrlSuffix}/{name}",
            }
        );

    public static ImmutableDictionary<string, object> Key(string id) =>
        PulumiValues.ToState(
            new JsonObject
            {
                ["arn"] = id,
                ["id"] = id,
                ["keyManager"] = "CUSTOMER",
            }
        );
}
