using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Mlops.Local.Functions;
using Mlops.Local.Processes;

namespace Mlops.Local.Events;

/// <summary>One target of a rule, as <c>AWS::Events::Rule</c> declares it. At most one of <c>Input</c>, <c>InputPath</c> and <c>InputTemplate</c> is set; with none the target gets the whole event.</summary>
public sealed record RuleTarget(string Id, string Arn)
{
    /// <summary>A fixed text.</summary>
    public string? Input { get; init; }

    /// <summary>The part of the event to send.</summary>
    public string? InputPath { get; init; }

    /// <summary>The transformer's template; its variables come from <see cref="InputPathsMap"/>.</summary>
    public string? InputTemplate { get; init; }

    /// <summary>Variable → path.</summary>
    public IReadOnlyDictionary<string, string> InputPathsMap { get; init; } = new Dictionary<string, string>();
}

/// <summary>What one target got, or why it got nothing (<c>Error</c>).</summary>
public sealed record EventDelivery(string Rule, string TargetArn, string Text, string? Error);

/// <summary>The default event bus: matches events against the declared rules and delivers to SNS topics (through the local AWS) and functions.</summary>
/// <param name="aws">Where SNS is.</param>
/// <param name="functions">Targets that are functions run here, as events.</param>
/// <param name="report">Gets every delivery, failed ones included; called from several threads.</param>
/// <param name="clock">The time of ingestion.</param>
public sealed class EventBus(Uri aws, IEventInvoker functions, Action<EventDelivery> report, TimeProvider clock)
    : IEventBus,
        IDisposable
{
    private readonly ConcurrentDictionary<string, Rule> rules = new(StringComparer.Ordinal);
    private readonly SnsClient sns = new(aws);

    /// <summary>Takes a rule as it was declared.</summary>
    /// <exception cref="StartFailedException">The pattern, a transformer or a kind of target is one that local does not carry out; or the name is taken.</exception>
    public void RegisterRule(string name, string arn, string eventPattern, IReadOnlyList<RuleTarget> targets)
    {
        try
        {
            var rule = new Rule(name, arn, EventPattern.Parse(eventPattern), [.. targets.Select(Compile)]);
            if (!rules.TryAdd(name, rule))
            {
                throw new StartFailedException($"Event rule {name} is declared twice.");
            }
        }
        catch (FormatException cause)
        {
            throw new StartFailedException($"Event rule {name}: {cause.Message}", cause);
        }
    }

    /// <inheritdoc/>
    /// <remarks>A delivery that fails is reported, not thrown: who sends an event is never told, as on AWS.</remarks>
    public async Task PublishAsync(JsonObject @event, CancellationToken cancellationToken)
    {
        var ingested = clock.GetUtcNow();
        foreach (
            var rule in rules
                .Values.Where(rule => rule.Pattern.Matches(@event))
                .OrderBy(rule => rule.Name, StringComparer.Ordinal)
        )
        {
            foreach (var target in rule.Targets)
            {
                await DeliverAsync(rule, target, target.Text(@event, rule, ingested), cancellationToken);
            }
        }
    }

    /// <summary>Closes the connections to SNS.</summary>
    public void Dispose() => sns.Dispose();

    private async Task DeliverAsync(Rule rule, Target target, string text, CancellationToken cancellationToken)
    {
        try
        {
            var run = target.Service == "lambda" ? functions.InvokeEventAsync(target.Arn, text) : null;
            if (run is null)
            {
                await sns.PublishAsync(target.Arn, text, cancellationToken);
            }

            report(new EventDelivery(rule.Name, target.Arn, text, Error: null));
            if (run is not null)
            {
                _ = ReportFailureAsync(run, rule, target, text);
            }
        }
        catch (Exception failure) when (failure is HttpRequestException or KeyNotFoundException)
        {
            report(new EventDelivery(rule.Name, target.Arn, text, failure.Message));
        }
    }

    // The sender does not wait for a function; what became of it is reported when it is known.
    private async Task ReportFailureAsync(Task<FunctionAnswer> run, Rule rule, Target target, string text)
    {
        await run.ContinueWith(static _ => { }, TaskScheduler.Default);
        if (run.IsFaulted)
        {
            report(new EventDelivery(rule.Name, target.Arn, text, run.Exception.GetBaseException().Message));
        }
        else if (run.IsCompletedSuccessfully && (await run).IsError)
        {
            report(new EventDelivery(rule.Name, target.Arn, text, (await run).Payload));
        }
    }

    private static Target Compile(RuleTarget target)
    {
        var service = target.Arn.Split(':') is ["arn", _, var name, _, _, _, ..] ? name : "";
        if (service is not ("sns" or "lambda"))
        {
            throw new FormatException(
                $"target {target.Id} is {target.Arn}; local delivers to SNS topics and Lambda functions."
            );
        }

        var forms = new[] { target.Input, target.InputPath, target.InputTemplate }.Count(form => form is not null);
        return forms > 1
            ? throw new FormatException(
                $"target {target.Id} has more than one of Input, InputPath and InputTransformer."
            )
            : new Target(target.Arn, service, TextOf(target));
    }

    private static Func<JsonObject, Rule, DateTimeOffset, string> TextOf(RuleTarget target)
    {
        if (target.InputTemplate is { } template)
        {
            var transformer = InputTransformer.Parse(target.InputPathsMap, template);
            return (@event, rule, ingested) => transformer.Transform(@event, rule.Name, rule.Arn, ingested);
        }

        if (target.InputPath is { } path)
        {
            var part = EventPath.Parse(path);
            return (@event, _, _) => part.Of(@event)?.ToJsonString(InputTransformer.Plain) ?? "null";
        }

        return (@event, _, _) => target.Input ?? @event.ToJsonString(InputTransformer.Plain);
    }

    private sealed record Rule(string Name, string Arn, EventPattern Pattern, IReadOnlyList<Target> Targets);

    private sealed record Target(string Arn, string Service, Func<JsonObject, Rule, DateTimeOffset, string> Text);
}
