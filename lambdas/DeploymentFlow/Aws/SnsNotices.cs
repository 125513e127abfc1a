using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;
using Mlops.DeploymentFlow.Duties;

namespace Mlops.DeploymentFlow.Aws;

/// <summary>Messages to the deployment's topic.</summary>
public sealed class SnsNotices(IAmazonSimpleNotificationService sns, string topicArn) : INotices
{
    /// <inheritdoc />
    public Task TellAsync(string subject, string message, CancellationToken cancellationToken) =>
        sns.PublishAsync(
            new PublishRequest
            {
                TopicArn = topicArn,
                Subject = subject,
                Message = message,
            },
            cancellationToken
        );
}
