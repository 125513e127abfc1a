using Mlops.Infra.Policies;
using Mlops.Infra.Publishing;
using Pulumi;
using Pulumi.Aws.Lambda;
using Pulumi.Aws.Lambda.Inputs;
using Pulumi.AwsNative.Logs;

namespace Mlops.Infra.Components;

/// <summary>What a caller may choose about a <see cref="LambdaService"/>.</summary>
public sealed record LambdaServiceArgs
{
    /// <summary>The account that it runs in.</summary>
    public required OrchestratorAccount Account { get; init; }

    /// <summary>What it does, for people.</summary>
    public required string Description { get; init; }

    /// <summary>Its code.</summary>
    public required LambdaPackage Package { get; init; }

    /// <summary>Its environment, of which nothing is secret.</summary>
    public required InputMap<string> Environment { get; init; }

    /// <summary>What it may do besides logging and tracing, in policies by name.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<PolicyStatement>> Policies { get; init; }

    /// <summary>Encrypts its log.</summary>
    public required Input<string> LogKeyArn { get; init; }

    /// <summary>Days that its log is kept.</summary>
    public required int LogRetentionDays { get; init; }

    /// <summary>How many invocations there may be at a time, kept free for it; null: what the account has left.</summary>
    public int? ReservedConcurrency { get; init; }

    /// <summary>How long one invocation may take; Lambda's own limit is 15 minutes.</summary>
    public required TimeSpan Timeout { get; init; }
}

/// <summary>A Lambda function with its role and its log, all of the same fixed name.</summary>
public sealed class LambdaService : ComponentResource
{
    /// <summary>Megabytes. CPU grows with it: less makes cold starts longer and saves nothing.</summary>
    private const int Memory = 512;

    /// <summary>Makes the function, called as this component.</summary>
    public LambdaService(string name, LambdaServiceArgs args, ComponentResourceOptions? options = null)
        : base("mlops:compute:LambdaService", name, options)
    {
        var logName = $"/aws/lambda/{name}";
        var log = new LogGroup(
            $"{name}-log",
            new LogGroupArgs
            {
                LogGroupName = logName,
                RetentionInDays = args.LogRetentionDays,
                KmsKeyId = args.LogKeyArn,
            },
            new CustomResourceOptions { Parent = this }
        );
        var role = new ServiceRole(
            name,
            new ServiceRoleArgs
            {
                Description = args.Description,
                Service = "lambda.amazonaws.com",
                Policies = new Dictionary<string, IReadOnlyList<PolicyStatement>>(args.Policies)
                {
                    ["Telemetry"] = Telemetry(args.Account, logName),
                },
            },
            new ComponentResourceOptions { Parent = this }
        );
        var function = Function(name, args, role, log);

        Name = function.Name;
        Arn = function.Arn;
        RegisterOutputs();
    }

    /// <summary>Name of the function.</summary>
    [Output("name")]
    public Output<string> Name { get; private set; }

    /// <summary>ARN of the function.</summary>
    [Output("arn")]
    public Output<string> Arn { get; private set; }

    /// <summary>After its log, which Lambda would otherwise make itself, without key and for ever.</summary>
    private Function Function(string name, LambdaServiceArgs args, ServiceRole role, LogGroup log) =>
        new(
            $"{name}-function",
            new FunctionArgs
            {
                Name = name,
                Description = args.Description,
                Code = new FileArchive(args.Package.ZipPath),
                SourceCodeHash = args.Package.Sha256Base64,
                Runtime = args.Package.Runtime,
                Handler = args.Package.Handler,
                Architectures = { args.Package.Architecture },
                MemorySize = Memory,
                ReservedConcurrentExecutions = args.ReservedConcurrency is { } reserved ? (Input<int>)reserved : null,
                Timeout = (int)args.Timeout.TotalSeconds,
                Role = role.Arn,
                Environment = new FunctionEnvironmentArgs { Variables = args.Environment },
                TracingConfig = new FunctionTracingConfigArgs { Mode = "Active" },
            },
            new CustomResourceOptions { Parent = this, DependsOn = { log } }
        );

    private static PolicyStatement[] Telemetry(OrchestratorAccount account, string logName) =>
        [
            new()
            {
                Sid = "WriteItsLog",
                Actions = ["logs:CreateLogStream", "logs:PutLogEvents"],
                Resources = [account.Arn("logs", $"log-group:{logName}:*")],
            },
            new()
            {
                Sid = "Trace",
                Actions = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"],
                Resources = PolicyStatement.AnyResource,
            },
        ];
}
