using System.Collections.Concurrent;

namespace Mlops.Local.Display;

/// <summary>Passes events on, and remembers what the run itself needs of them.</summary>
public sealed class RememberingDisplay(IDisplay inner) : IDisplay
{
    private readonly ConcurrentDictionary<string, string> endpoints = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> mails = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> awaited = new(StringComparer.Ordinal);

    /// <inheritdoc />
    public void Show(LocalEvent happened)
    {
        inner.Show(happened);
        switch (happened)
        {
            case EndpointSeen endpoint:
                endpoints[endpoint.Pipeline] = endpoint.Name;
                break;
            case MailArrived mail:
                mails.Enqueue(mail.Text);
                foreach (var (pipeline, arrival) in awaited.Where(one => Mentions(mail.Text, one.Key)))
                {
                    arrival.TrySetResult();
                }

                break;
        }
    }

    /// <summary>The endpoint that a pipeline deployed; null when it has none.</summary>
    public string? EndpointOf(string pipeline) => endpoints.GetValueOrDefault(pipeline);

    /// <summary>Completes when a mail has come that names the pipeline.</summary>
    public Task MailAbout(string pipeline)
    {
        var arrival = awaited.GetOrAdd(
            pipeline,
            _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
        );
        if (mails.Any(text => Mentions(text, pipeline)))
        {
            arrival.TrySetResult();
        }

        return arrival.Task;
    }

    private static bool Mentions(string text, string pipeline) => text.Contains(pipeline, StringComparison.Ordinal);
}
