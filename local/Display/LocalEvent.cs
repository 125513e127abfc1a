using System.Text.Json.Nodes;
using Mlops.Local.Stacks;

namespace Mlops.Local.Display;

/// <summary>Something that happened and that a person or a program may want to know.</summary>
public abstract record LocalEvent;

/// <summary>Which packages this build was made with; the first event of every run.</summary>
public sealed record PackagesChosen(string Source) : LocalEvent;

/// <summary>A fact about this run, in a sentence.</summary>
public sealed record Note(string Text) : LocalEvent;

/// <summary>A part of the start is done.</summary>
public sealed record StepDone(string Text, TimeSpan Took) : LocalEvent;

/// <summary>Everything answers; requests may come.</summary>
public sealed record Ready(SessionInfo Info, int Resources) : LocalEvent;

/// <summary>Declared things that the local AWS does not have.</summary>
/// <param name="Where">The stack that declared them.</param>
/// <param name="Things">At least one.</param>
public sealed record LeftOut(string Where, IReadOnlyList<NotCarriedOut> Things) : LocalEvent;

/// <summary>The API's answer to the example.</summary>
public sealed record ExampleAnswered(string Type, int Status, JsonNode Answer) : LocalEvent;

/// <summary>A pipeline looks different from before.</summary>
public sealed record PipelineChanged(PipelineView Pipeline) : LocalEvent;

/// <summary>A pipeline has come to an end, or waits for an approval.</summary>
/// <param name="Name">The pipeline.</param>
/// <param name="Status">As CodePipeline spells it, or <c>WaitsForApproval</c>.</param>
/// <param name="Reason">Why, when it failed.</param>
public sealed record PipelineEnded(string Name, string Status, string? Reason) : LocalEvent;

/// <summary>A stage waits for somebody's approval.</summary>
/// <param name="Pipeline">Name of the pipeline.</param>
/// <param name="Stage">The stage that waits.</param>
/// <param name="Text">What would change, as the pipeline tells it to whoever may approve; null when it says nothing.</param>
/// <param name="Link">Where all of it is.</param>
public sealed record ApprovalNeeded(string Pipeline, string Stage, string? Text, string? Link) : LocalEvent;

/// <summary>An endpoint that a pipeline deployed.</summary>
public sealed record EndpointSeen(string Pipeline, string Name, string Status) : LocalEvent
{
    /// <summary>Where it is; null in the orchestrator account.</summary>
    public string? Account { get; init; }
}

/// <summary>A message that came from the notification topic.</summary>
public sealed record MailArrived(string? Subject, string Text) : LocalEvent;

/// <summary>Commands that run as pasted.</summary>
public sealed record TryNext(IReadOnlyList<NextCommand> Commands) : LocalEvent;

/// <summary>One command, and what it does.</summary>
public sealed record NextCommand(string Why, string Command);

/// <summary>Something failed; a sentence that says what to do.</summary>
public sealed record Failed(string Text) : LocalEvent;
