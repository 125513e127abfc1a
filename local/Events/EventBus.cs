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

/// <summary>One bus of one account.</summary>
/// <param name="Account">Twelve digits.</param>
/// <param name="Name">Its name; every account has one that is called <c>default</c>.</param>
public sealed record RuleBus(string Account, string Name = "default");

/// <summary>
/// The event buses of all accounts: matches events against the declared rules and delivers to SNS topics (through the local
/// AWS), functions and other buses.
/// </summary>
/// <param name="aws">Where SNS is.</param>
/// <param name="functions">Targets that are functions run here, as events.</param>
/// <param name="report">Gets every delivery, failed ones included; called from several threads.</param>
/// <param name="clock">The time of ingestion.</param>
public sealed class EventBus(Uri aws, IEventInvoker functions, Action<EventDelivery> report, TimeProvider clock)
    : IEventBus,
        IDisposable
{
    private const string BusResource = "event-bus/";

    /// <summary>The orchestrator account: moto's own, so that any credentials are of it.</summary>
    private const string MotoAccount = "123456789012";

    private readonly ConcurrentDictionary<(RuleBus, string), Rule> rules = new();
    private static readonly RuleBus Home = new(MotoAccount);
    private readonly SnsClient sns = new(aws);

    /// <summary>Takes a rule as it was declared.</summary>
    /// <exception cref="StartFailedException">The pattern, a transformer or a kind of target is one that local does not carry out; or the name is taken.</exception>
    /// <param name="name">What it is called; once on a bus.</param>
    /// <param name="arn">Its ARN.</param>
    /// <param name="eventPattern">JSON.</param>
    /// <param name="targets">Where its events go.</param>
    /// <param name="bus">Whose events it sees; null: those of the orchestrator account's default bus.</param>
    public void RegisterRule(
        string name,
        string arn,
        string eventPattern,
        IReadOnlyList<RuleTarget> targets,
        RuleBus? bus = null
    )
    {
        var of = bus ?? Home;
        try
        {
            var rule = new Rule(of, name, arn, EventPattern.Parse(eventPattern), [.. targets.Select(Compile)]);
            if (!rules.TryAdd((of, name), rule))
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
    public Task PublishAsync(JsonObject @event, CancellationToken cancellationToken) =>
        PublishAsync(
            (string?)@event["account"] is { } account ? new RuleBus(account) : Home,
            @event,
            wasSent: false,
            cancellationToken
        );

    /// <summary>What another bus has sent is not sent on (EventBridge, sending events between accounts).</summary>
    private async Task PublishAsync(RuleBus bus, JsonObject @event, bool wasSent, CancellationToken cancellationToken)
    {
        var ingested = clock.GetUtcNow();
        foreach (
            var rule in rules
                .Values.Where(rule => rule.Bus == bus && rule.Pattern.Matches(@event))
                .OrderBy(rule => rule.Name, StringComparer.Ordinal)
        )
        {
            foreach (var target in rule.Targets)
            {
                if (target.Bus is { } other)
                {
                    if (!wasSent)
                    {
                        await PublishAsync(other, @event, wasSent: true, cancellationToken);
                    }

                    continue;
                }

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
        var (service, account, resource) = target.Arn.Split(':', 6) is ["arn", _, var name, _, var id, var rest]
            ? (name, id, rest)
            : ("", "", "");
        var bus =
            service == "events" && resource.StartsWith(BusResource, StringComparison.Ordinal)
                ? new RuleBus(account, resource[BusResource.Length..])
                : null;
        if (service is not ("sns" or "lambda") && bus is null)
        {
            throw new FormatException(
                $"target {target.Id} is {target.Arn}; local delivers to SNS topics, Lambda functions and event buses."
            );
        }

        var forms = new[] { target.Input, target.InputPath, target.InputTemplate }.Count(form => form is not null);
        return forms > 1
            ? throw new FormatException(
                $"target {target.Id} has more than one of Input, InputPath and InputTransformer."
            )
            : new Target(target.Arn, service, bus, TextOf(target));
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

    private sealed record Rule(
        RuleBus Bus,
        string Name,
        string Arn,
        EventPattern Pattern,
        IReadOnlyList<Target> Targets
    );

    private sealed record Target(
        string Arn,
        string Service,
        RuleBus? Bus,
        Func<JsonObject, Rule, DateTimeOffset, string> Text
    );
}
