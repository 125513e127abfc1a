namespace Mlops.Provisioning.CodePipelines;

/// <summary>
/// The structure of a pipeline that takes down what it has delivered: the same source, and a stage per target, last target
/// first. It is made of what the pipeline is and of no request, for that may be gone, and the settings may be others by now.
/// </summary>
public static class TeardownShape
{
    private const string Delete = nameof(Delete);
    private const string Mode = "ActionMode";
    private const string DeleteOnly = "DELETE_ONLY";
    private const string Stack = "StackName";
    private const string Role = "RoleArn";

    /// <summary>Whether a pipeline takes down, and delivers nothing.</summary>
    public static bool Is(PipelineDefinition definition) =>
        definition.Stages.Count > 1
        && definition
            .Stages.Skip(1)
            .SelectMany(stage => stage.Actions)
            .All(action => action.Configuration.GetValueOrDefault(Mode) == DeleteOnly);

    /// <summary>The structure that takes down what this pipeline delivers; null where it delivers nothing.</summary>
    public static PipelineDefinition? Of(PipelineDefinition definition)
    {
        var stages = definition
            .Stages.Skip(1)
            .Reverse()
            .Select(StageOf)
            .Where(stage => stage.Actions.Count > 0)
            .ToList();
        return stages.Count == 0 ? null : definition with { Stages = [definition.Stages[0], .. stages] };
    }

    /// <summary>The stacks that a teardown deletes, in that order.</summary>
    public static IReadOnlyList<StackDeletion> StacksOf(PipelineDefinition teardown) =>
        [
            .. teardown
                .Stages.Skip(1)
                .SelectMany(stage => stage.Actions)
                .Select(action => new StackDeletion(
                    action.Configuration[Stack],
                    action.Configuration.GetValueOrDefault(Role)?.Split(':') is [_, _, _, _, var account, ..]
                        ? account
                        : null
                )),
        ];

    /// <summary>Name of the stage that takes down what this stage delivered.</summary>
    public static string StageName(string deliveringStage) => $"{Delete}{Rest(deliveringStage)}";

    private static StageDefinition StageOf(StageDefinition stage) =>
        new(
            StageName(stage.Name),
            [
                .. stage
                    .Actions.Where(Delivers)
                    .OrderByDescending(action => action.RunOrder)
                    .DistinctBy(action => action.Configuration[Stack])
                    .Select((action, number) => DeletionOf(action) with { RunOrder = number + 1 }),
            ]
        );

    /// <summary>That which names the role of a stack: executing a change set names none.</summary>
    private static bool Delivers(ActionDefinition action) =>
        action.Configuration.ContainsKey(Stack)
        && action.Configuration.GetValueOrDefault(Mode)
            is "CREATE_UPDATE"
                or "REPLACE_ON_FAILURE"
                or "CHANGE_SET_REPLACE"
                or DeleteOnly;

    /// <summary>It reads nothing of the package, so a broken one is not in its way.</summary>
    private static ActionDefinition DeletionOf(ActionDefinition action) =>
        new()
        {
            Name = $"{Delete}{Rest(action.Name)}",
            Kind = ActionKind.CloudFormation,
            RoleArn = action.RoleArn,
            Region = action.Region,
            Configuration = action
                .Configuration.Where(one => one.Key is Stack or Role)
                .Append(new KeyValuePair<string, string>(Mode, DeleteOnly))
                .ToDictionary(),
        };

    /// <summary>What comes after the verb: <c>DeployProd</c> becomes <c>DeleteProd</c>.</summary>
    private static string Rest(string name) =>
        new[] { "Deploy", "ChangeSet", Delete }.FirstOrDefault(verb => name.StartsWith(verb, StringComparison.Ordinal))
            is { } verb
            ? name[verb.Length..]
            : name;
}

/// <summary>A stack that is deleted.</summary>
/// <param name="Stack">Its name.</param>
/// <param name="Account">The account that it is in; null where the pipeline does not say.</param>
public sealed record StackDeletion(string Stack, string? Account);
