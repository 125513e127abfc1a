namespace Mlops.Local.CodePipelines.Protocol;

/// <summary>The input shapes of the operations, with the constraints of CodePipeline's service model (2015-07-09).</summary>
internal static class RequestShapes
{
    private const string NamePattern = @"[A-Za-z0-9.@\-_]+";
    private const string IdPattern = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

    private static TextShape Text => new();
    private static TextShape Name => new(1, 100, NamePattern);
    private static TextShape Id => new(Pattern: IdPattern);
    private static TextShape NextToken => new(1, 2048);
    private static TextShape RoleArn => new(0, 1024, @"arn:aws(-[\w]+)*:iam::[0-9]{12}:role/.*");
    private static TextShape ResourceArn => new(Pattern: @"arn:aws(-[\w]+)*:codepipeline:.+:[0-9]{12}:.+");
    private static ListShape Tags =>
        new(new StructureShape(Must("key", new TextShape(1, 128)), Must("value", new TextShape(0, 256))));

    public static StructureShape CreatePipeline => new(Must("pipeline", Pipeline), May("tags", Tags));
    public static StructureShape UpdatePipeline => new(Must("pipeline", Pipeline));
    public static StructureShape GetPipeline => new(Must("name", Name), May("version", new NumberShape(1)));
    public static StructureShape OnePipeline => new(Must("name", Name));
    public static StructureShape ListPipelines =>
        new(May("nextToken", NextToken), May("maxResults", new NumberShape(1, 1000)));

    /// <summary>Of the Resource Groups Tagging API.</summary>
    public static StructureShape GetResources =>
        new(
            May("PaginationToken", new TextShape(0, 2048)),
            May("ResourcesPerPage", new NumberShape(1, 100)),
            May("ResourceARNList", new ListShape(new TextShape(1, 1011), 1, 100)),
            May("ResourceTypeFilters", new ListShape(new TextShape(0, 256))),
            May(
                "TagFilters",
                new ListShape(
                    new StructureShape(
                        Must("Key", new TextShape(1, 128)),
                        May("Values", new ListShape(new TextShape(0, 256), 0, 20))
                    ),
                    0,
                    50
                )
            )
        );

    public static StructureShape TagResource => new(Must("resourceArn", ResourceArn), Must("tags", Tags));
    public static StructureShape UntagResource =>
        new(Must("resourceArn", ResourceArn), Must("tagKeys", new ListShape(new TextShape(1, 128))));
    public static StructureShape ListTagsForResource =>
        new(Must("resourceArn", ResourceArn), May("nextToken", NextToken), May("maxResults", new NumberShape(1, 100)));

    public static StructureShape StartPipelineExecution =>
        new(
            Must("name", Name),
            May("variables", new ListShape(NamedValue(128, @"[A-Za-z0-9@\-_]+", 1000), 1, 50)),
            May("clientRequestToken", new TextShape(1, 128, "[a-zA-Z0-9-]+")),
            May("sourceRevisions", new ListShape(SourceRevision, 0, 50))
        );

    public static StructureShape ListPipelineExecutions =>
        new(
            Must("pipelineName", Name),
            May("maxResults", new NumberShape(1, 100)),
            May("filter", new StructureShape(May("succeededInStage", new StructureShape(May("stageName", Name))))),
            May("nextToken", NextToken)
        );

    public static StructureShape OneExecution => new(Must("pipelineName", Name), Must("pipelineExecutionId", Id));

    public static StructureShape ListActionExecutions =>
        new(
            Must("pipelineName", Name),
            May("filter", new StructureShape(May("pipelineExecutionId", Id))),
            May("maxResults", new NumberShape(1, 100)),
            May("nextToken", NextToken)
        );

    public static StructureShape StopPipelineExecution =>
        new(
            Must("pipelineName", Name),
            Must("pipelineExecutionId", Id),
            May("abandon", new FlagShape()),
            May("reason", new TextShape(0, 200))
        );

    public static StructureShape RetryStageExecution =>
        new(
            Must("pipelineName", Name),
            Must("stageName", Name),
            Must("pipelineExecutionId", Id),
            Must("retryMode", new TextShape(Values: ["FAILED_ACTIONS", "ALL_ACTIONS"]))
        );

    public static StructureShape PutApprovalResult =>
        new(
            Must("pipelineName", Name),
            Must("stageName", Name),
            Must("actionName", Name),
            Must(
                "result",
                new StructureShape(
                    Must("summary", new TextShape(0, 512)),
                    Must("status", new TextShape(Values: ["Approved", "Rejected"]))
                )
            ),
            Must("token", Id)
        );

    public static StructureShape PutJobSuccessResult =>
        new(
            Must("jobId", Id),
            May(
                "currentRevision",
                new StructureShape(
                    Must("revision", new TextShape(1, 1500)),
                    Must("changeIdentifier", new TextShape(1, 100)),
                    May("revisionSummary", new TextShape(1, 2048))
                )
            ),
            May("continuationToken", new TextShape(1, 2048)),
            May(
                "executionDetails",
                new StructureShape(
                    May("summary", new TextShape(1, 2048)),
                    May("externalExecutionId", new TextShape(1, 1500)),
                    May("percentComplete", new NumberShape(0, 100))
                )
            ),
            May("outputVariables", new MapShape(new TextShape(Pattern: @"[A-Za-z0-9@\-_]+"), Text))
        );

    public static StructureShape PutJobFailureResult =>
        new(
            Must("jobId", Id),
            Must(
                "failureDetails",
                new StructureShape(
                    Must(
                        "type",
                        new TextShape(
                            Values:
                            [
                                "JobFailed",
                                "ConfigurationError",
                                "PermissionError",
                                "RevisionOutOfSync",
                                "RevisionUnavailable",
                                "SystemUnavailable",
                            ]
                        )
                    ),
                    Must("message", new TextShape(1, 5000)),
                    May("externalExecutionId", new TextShape(1, 1500))
                )
            )
        );

    public static StructureShape EnableStageTransition =>
        new(
            Must("pipelineName", Name),
            Must("stageName", Name),
            Must("transitionType", new TextShape(Values: ["Inbound", "Outbound"]))
        );

    public static StructureShape DisableStageTransition =>
        new([.. EnableStageTransition.Members, Must("reason", new TextShape(1, 300, @"[a-zA-Z0-9!@ \(\)\.\*\?\-]+"))]);

    private static StructureShape SourceRevision =>
        new(
            Must("actionName", Name),
            Must(
                "revisionType",
                new TextShape(Values: ["COMMIT_ID", "IMAGE_DIGEST", "S3_OBJECT_VERSION_ID", "S3_OBJECT_KEY"])
            ),
            Must("revisionValue", new TextShape(1, 1500))
        );

    private static StructureShape Pipeline =>
        new(
            Must("name", Name),
            Must("roleArn", RoleArn),
            May("artifactStore", ArtifactStore),
            May("artifactStores", new AnyShape()),
            Must("stages", new ListShape(Stage)),
            May("version", new NumberShape(1)),
            May("executionMode", new TextShape(Values: ["QUEUED", "SUPERSEDED", "PARALLEL"])),
            May("pipelineType", new TextShape(Values: ["V1", "V2"])),
            May("variables", new ListShape(PipelineVariable, 0, 50)),
            May("triggers", new AnyShape())
        );

    private static StructureShape ArtifactStore =>
        new(
            Must("type", new TextShape(Values: ["S3"])),
            Must("location", new TextShape(3, 63, @"[a-zA-Z0-9\-\.]+")),
            May(
                "encryptionKey",
                new StructureShape(Must("id", new TextShape(1, 400)), Must("type", new TextShape(Values: ["KMS"])))
            )
        );

    private static StructureShape PipelineVariable =>
        new(
            Must("name", new TextShape(1, 128, @"[A-Za-z0-9@\-_]+")),
            May("defaultValue", new TextShape(1, 1000)),
            May("description", new TextShape(0, 200))
        );

    private static StructureShape Stage =>
        new(
            Must("name", Name),
            May("blockers", new AnyShape()),
            Must("actions", new ListShape(Action)),
            May("onFailure", new AnyShape()),
            May("onSuccess", new AnyShape()),
            May("beforeEntry", new AnyShape())
        );

    private static StructureShape Action =>
        new(
            Must("name", Name),
            Must("actionTypeId", ActionTypeId),
            May("runOrder", new NumberShape(1, 999)),
            May("configuration", new MapShape(new TextShape(1, 50), new TextShape(1, 1000))),
            May("inputArtifacts", new ListShape(Artifact)),
            May("outputArtifacts", new ListShape(Artifact)),
            May("roleArn", RoleArn),
            May("region", new TextShape(4, 30)),
            May("namespace", new TextShape(1, 100, @"[A-Za-z0-9@\-_]+")),
            May("timeoutInMinutes", new NumberShape(5, 86_400))
        );

    private static StructureShape ActionTypeId =>
        new(
            Must(
                "category",
                new TextShape(Values: ["Source", "Build", "Deploy", "Test", "Invoke", "Approval", "Compute"])
            ),
            Must("owner", new TextShape(Values: ["AWS", "ThirdParty", "Custom"])),
            Must("provider", new TextShape(1, 35, "[0-9A-Za-z_-]+")),
            Must("version", new TextShape(1, 9, "[0-9A-Za-z_-]+"))
        );

    private static StructureShape Artifact => new(Must("name", new TextShape(1, 100, @"[a-zA-Z0-9_\-]+")));

    private static StructureShape NamedValue(int nameLength, string namePattern, int valueLength) =>
        new(Must("name", new TextShape(1, nameLength, namePattern)), Must("value", new TextShape(1, valueLength)));

    private static Member Must(string name, Shape shape) => new(name, shape, Required: true);

    private static Member May(string name, Shape shape) => new(name, shape);
}
