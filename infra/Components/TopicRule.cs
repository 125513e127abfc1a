using System.Text.Json;
using System.Text.Json.Nodes;
using Mlops.Infra.Operations;
using Pulumi;
using Pulumi.AwsNative.Events;
using Pulumi.AwsNative.Events.Inputs;

namespace Mlops.Infra.Components;

/// <summary>One mail that a rule of ours sends: of which events, and what it says.</summary>
internal sealed record TopicRule
{
    /// <summary>Name and bus of the rule.</summary>
    public required TellingRule Rule { get; init; }

    /// <summary>Its bus, which has to be there first; null: the default one.</summary>
    public Output<string>? Bus { get; init; }

    /// <summary>When the mail is sent, for whoever looks at the rules.</summary>
    public required string Description { get; init; }

    /// <summary>The events, as an EventBridge pattern.</summary>
    public required JsonObject Pattern { get; init; }

    /// <summary>What the text names of the event: variable to path. A path that an event lacks leaves nothing in the text.</summary>
    public required InputMap<string> Paths { get; init; }

    /// <summary>The mail, line by line.</summary>
    public required IReadOnlyList<string> Text { get; init; }

    /// <summary>Declares the rule, as a child of <paramref name="parent"/>.</summary>
    public void Declare(string resource, Resource parent, Input<string> topicArn, DeadLetters deadLetters) =>
        _ = new Rule(
            resource,
            new RuleArgs
            {
                Name = Rule.Name,
                EventBusName = Bus is { } bus ? (Input<string>)bus : null,
                Description = Description,
                State = RuleState.Enabled,
                EventPattern = Output.Create<object>(JsonSerializer.SerializeToElement(Pattern)),
                Targets =
                {
                    new RuleTargetArgs
                    {
                        Id = "topic",
                        Arn = topicArn,
                        DeadLetterConfig = new RuleDeadLetterConfigArgs { Arn = deadLetters.Arn },
                        InputTransformer = new RuleInputTransformerArgs
                        {
                            InputPathsMap = Paths,
                            // A template that is not JSON is one quoted string for each line (EventBridge, input transformation).
                            InputTemplate = string.Join('\n', Text.Select(line => $"\"{line}\"")),
                        },
                    },
                },
            },
            new CustomResourceOptions { Parent = parent }
        );
}
