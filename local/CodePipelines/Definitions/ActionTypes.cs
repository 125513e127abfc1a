namespace Mlops.Local.CodePipelines.Definitions;

/// <summary>What CodePipeline knows of an action type before it runs it (its action structure reference).</summary>
internal sealed record ActionType(
    ActionTypeId Id,
    (int Min, int Max) Inputs,
    (int Min, int Max) Outputs,
    IReadOnlyList<string> Required,
    IReadOnlyList<string> Optional
)
{
    /// <summary>Only a manual approval's own timeout can be declared.</summary>
    public bool HasDeclaredTimeout => Id.Category == "Approval";
}

/// <summary>The action types that are known here. Those without a runner are refused when they run, not when they are declared.</summary>
internal static class ActionTypes
{
    public static ActionTypeId S3Source { get; } = new("Source", "AWS", "S3", "1");
    public static ActionTypeId CloudFormation { get; } = new("Deploy", "AWS", "CloudFormation", "1");
    public static ActionTypeId Lambda { get; } = new("Invoke", "AWS", "Lambda", "1");
    public static ActionTypeId ManualApproval { get; } = new("Approval", "AWS", "Manual", "1");

    public static ActionTypeId StepFunctions { get; } = new("Invoke", "AWS", "StepFunctions", "1");

    public static ActionTypeId Connection { get; } = new("Source", "AWS", "CodeStarSourceConnection", "1");
    public static ActionTypeId CodeCommit { get; } = new("Source", "AWS", "CodeCommit", "1");

    private static readonly ActionType[] Known =
    [
        new(
            S3Source,
            (0, 0),
            (1, 1),
            ["S3Bucket", "S3ObjectKey"],
            ["PollForSourceChanges", "AllowOverrideForS3ObjectKey"]
        ),
        new(
            CloudFormation,
            (0, 10),
            (0, 1),
            ["ActionMode", "StackName"],
            [
                "Capabilities",
                "ChangeSetName",
                "OutputFileName",
                "ParameterOverrides",
                "RoleArn",
                "TemplateConfiguration",
                "TemplatePath",
            ]
        ),
        new(Lambda, (0, 5), (0, 5), ["FunctionName"], ["UserParameters"]),
        new(ManualApproval, (0, 0), (0, 0), [], ["CustomData", "ExternalEntityLink", "NotificationArn"]),
        new(StepFunctions, (0, 1), (0, 1), ["StateMachineArn"], ["ExecutionNamePrefix", "Input", "InputType"]),
        new(
            Connection,
            (0, 0),
            (1, 1),
            ["ConnectionArn", "FullRepositoryId", "BranchName"],
            ["DetectChanges", "OutputArtifactFormat"]
        ),
        new(
            CodeCommit,
            (0, 0),
            (1, 1),
            ["RepositoryName", "BranchName"],
            ["OutputArtifactFormat", "PollForSourceChanges"]
        ),
    ];

    public static ActionType? Find(ActionTypeId id) => Known.FirstOrDefault(type => type.Id == id);
}
