using System.Text.Json.Nodes;

namespace Mlops.EndToEnd.Tests;

/// <summary>Somebody who listens to the notification topic of a system: a queue, and the AWS CLI to read it.</summary>
internal sealed class Mailbox
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly LocalSystem _system;
    private readonly string _queue;
    private readonly List<string> _mails = [];

    private Mailbox(LocalSystem system, string queue) => (_system, _queue) = (system, queue);

    public static async Task<Mailbox> SubscribeAsync(LocalSystem system)
    {
        var made = await system.AwsAsync("sqs", "create-queue", "--queue-name", "witness");
        await system.AwsAsync(
            "sns",
            "subscribe",
            "--topic-arn",
            (string)system.Info["notificationsTopic"]!,
            "--protocol",
            "sqs",
            "--notification-endpoint",
            "arn:aws:sqs:us-east-1:123456789012:witness"
        );
        return new Mailbox(system, (string)made["QueueUrl"]!);
    }

    /// <summary>Waits for so many mails that name a pipeline, and gives all that do.</summary>
    public async Task<IReadOnlyList<string>> AboutAsync(string pipeline, int count = 1)
    {
        using var time = new CancellationTokenSource(Patience);
        IReadOnlyList<string> found = [];
        while (!time.IsCancellationRequested && found.Count < count)
        {
            var got = await _system.AwsAsync(
                "sqs",
                "receive-message",
                "--queue-url",
                _queue,
                "--max-number-of-messages",
                "10"
            );
            _mails.AddRange(
                (got["Messages"]?.AsArray() ?? []).Select(message =>
                    (string)JsonNode.Parse((string)message!["Body"]!)!["Message"]!
                )
            );
            found = [.. _mails.Where(mail => mail.Contains(pipeline, StringComparison.Ordinal))];
        }

        return found;
    }
}
