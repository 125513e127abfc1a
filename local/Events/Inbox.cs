using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Mlops.Local.Hosting;
using Mlops.Local.Processes;

namespace Mlops.Local.Events;

/// <summary>A message as a subscriber of the topic got it.</summary>
/// <param name="Subject">Null when the publisher gave none, as EventBridge does.</param>
/// <param name="Message">The text.</param>
/// <param name="ReceivedAt">When it arrived here.</param>
public sealed record InboxMessage(string? Subject, string Message, DateTimeOffset ReceivedAt);

/// <summary>A mailbox on this machine, subscribed to a declared topic: it shows what the people whose addresses are subscribed would read. Only SNS writes to it.</summary>
public sealed class Inbox : IAsyncDisposable
{
    private readonly Lock gate = new();
    private readonly List<InboxMessage> messages = [];
    private readonly string path = $"/{Guid.NewGuid():n}";
    private readonly string topicArn;
    private readonly SnsClient sns;
    private readonly TimeProvider clock;
    private TaskCompletionSource arrival = NewArrival();
    private LoopbackServer? server;

    private Inbox(string topicArn, SnsClient sns, TimeProvider clock) =>
        (this.topicArn, this.sns, this.clock) = (topicArn, sns, clock);

    /// <summary>What has arrived, oldest first.</summary>
    public IReadOnlyList<InboxMessage> Messages
    {
        get
        {
            lock (gate)
            {
                return [.. messages];
            }
        }
    }

    /// <summary>Subscribes to the topic by HTTP on loopback; the local AWS at <paramref name="aws"/> has to be on this machine to reach it.</summary>
    /// <exception cref="StartFailedException">SNS refuses the subscription.</exception>
    public static async Task<Inbox> StartAsync(
        Uri aws,
        string topicArn,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var inbox = new Inbox(topicArn, new SnsClient(aws), clock);
        try
        {
            inbox.server = await LoopbackServer.StartAsync(0, "port 0", inbox.HandleAsync, cancellationToken);
            await inbox.sns.SubscribeAsync(topicArn, new Uri(inbox.server.Address, inbox.path), cancellationToken);
            return inbox;
        }
        catch (HttpRequestException cause)
        {
            await inbox.DisposeAsync();
            throw new StartFailedException($"The inbox cannot subscribe to {topicArn}: {cause.Message}", cause);
        }
    }

    /// <summary>Every message from the first on, then each as it arrives, until cancelled.</summary>
    public async IAsyncEnumerable<InboxMessage> ReadAllAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        for (var next = 0; ; next++)
        {
            InboxMessage? message;
            while (!TryGet(next, out message, out var more))
            {
                await more.WaitAsync(cancellationToken);
            }

            yield return message!;
        }
    }

    /// <summary>Stops listening. The subscription goes with the local AWS.</summary>
    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        sns.Dispose();
    }

    private bool TryGet(int index, out InboxMessage? message, out Task more)
    {
        lock (gate)
        {
            more = arrival.Task;
            message = index < messages.Count ? messages[index] : null;
            return message is not null;
        }
    }

    // https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html
    private async Task HandleAsync(HttpContext context)
    {
        if (
            context.Request.Path != path
            || await ReadAsync(context) is not { } delivery
            || (string?)delivery["TopicArn"] != topicArn
        )
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        switch ((string?)delivery["Type"])
        {
            case "SubscriptionConfirmation":
                await sns.ConfirmAsync(topicArn, (string?)delivery["Token"] ?? "", context.RequestAborted);
                break;
            case "Notification":
                Keep(
                    new InboxMessage(
                        (string?)delivery["Subject"],
                        (string?)delivery["Message"] ?? "",
                        clock.GetUtcNow()
                    )
                );
                break;
        }
    }

    private void Keep(InboxMessage message)
    {
        TaskCompletionSource arrived;
        lock (gate)
        {
            messages.Add(message);
            (arrived, arrival) = (arrival, NewArrival());
        }

        arrived.SetResult();
    }

    private static TaskCompletionSource NewArrival() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static async Task<JsonObject?> ReadAsync(HttpContext context)
    {
        try
        {
            return await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted)
                as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
