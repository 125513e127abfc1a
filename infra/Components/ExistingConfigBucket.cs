using Pulumi;
using Pulumi.Aws.S3;

namespace Mlops.Infra.Components;

/// <summary>The bucket of the user's that config files are put into. It is looked at, never changed.</summary>
internal static class ExistingConfigBucket
{
    private const string Setting = StackSettingKeys.ConfigBucket;

    /// <summary>Looks whether the bucket tells EventBridge of its objects: without that nothing would ever be applied, in silence.</summary>
    /// <returns>ARN of the bucket's key; null where it has none of the user's.</returns>
    /// <exception cref="RunException">It is not there, or does not.</exception>
    public static string? Check(string name, OrchestratorAccount account)
    {
        var notification = Lookup.Answer(
            Setting,
            $"the bucket {name}",
            GetBucketNotification.InvokeAsync(
                new GetBucketNotificationArgs { Bucket = name },
                new InvokeOptions { Provider = account.Aws }
            )
        );
        if (!notification.Eventbridge)
        {
            throw Lookup.Refusal(
                Setting,
                $"{name} does not tell EventBridge of its objects, so no file in it would be applied. The command replaces all "
                    + $"notifications that the bucket has: put those that aws s3api get-bucket-notification-configuration --bucket {name} shows into it, too",
                $"aws s3api put-bucket-notification-configuration --bucket {name} --notification-configuration "
                    + "'{\"EventBridgeConfiguration\": {}}'"
            );
        }

        return ExistingBucket.Key(ExistingBucket.Look(name, Setting, account), Setting, account);
    }
}
