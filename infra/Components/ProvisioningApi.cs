using System.Text.Json;
using System.Text.Json.Nodes;
using Mlops.Infra.Api;
using Mlops.Provisioning.Api;
using Pulumi;
using Pulumi.AwsNative.ApiGateway;
using Pulumi.AwsNative.ApiGateway.Inputs;
using Pulumi.AwsNative.Lambda;
using Pulumi.AwsNative.Logs;
using Pulumi.AwsNative.WaFv2;
using Deployment = Pulumi.AwsNative.ApiGateway.Deployment;
using Resource = Pulumi.Resource;

namespace Mlops.Infra.Components;

/// <summary>What a caller may choose about the <see cref="ProvisioningApi"/>.</summary>
public sealed record ProvisioningApiArgs
{
    /// <summary>The account of the API.</summary>
    public required OrchestratorAccount Account { get; init; }

    /// <summary>Answers every call.</summary>
    public required OrchestratorFunction Orchestrator { get; init; }

    /// <summary>ARN of the key of the access log.</summary>
    public required Input<string> LogKeyArn { get; init; }

    /// <summary>Days that the access log is kept.</summary>
    public required int LogRetentionDays { get; init; }

    /// <summary>How many calls it takes.</summary>
    public required ApiThrottle Throttle { get; init; }

    /// <summary>ARN of the regional web ACL that stands before it; null: none.</summary>
    public string? WebAclArn { get; init; }

    /// <summary>Lets API Gateway write the access log; null where somebody else has seen to it.</summary>
    public ApiGatewayLogging? Logging { get; init; }
}

/// <summary>The REST API that requests come to. Every call is signed; who may call which route is an IAM policy.</summary>
public sealed class ProvisioningApi : ComponentResource
{
    /// <summary>The predecessor's stage, which is in its clients' addresses.</summary>
    public const string StageName = "prod";

    private readonly string _name;
    private readonly ProvisioningApiArgs _args;

    /// <summary>Makes the API, called as this component.</summary>
    public ProvisioningApi(string name, ProvisioningApiArgs args, ComponentResourceOptions? options = null)
        : base("mlops:api:ProvisioningApi", name, options)
    {
        (_name, _args) = (name, args);

        var api = Api();
        var permission = Permission(api);
        var stage = Stage(api, Deployment(api));
        Guard(api, stage);

        // Whoever reads the address may call it: so it is known only when the stage and the permission are there.
        Url = Output
            .Tuple(api.RestApiId, stage.Id, permission.Id)
            .Apply(made => $"https://{made.Item1}.execute-api.{args.Account.Region}.amazonaws.com/{StageName}");
        Id = api.RestApiId;
        RegisterOutputs();
    }

    /// <summary>Id of the API.</summary>
    [Output("id")]
    public Output<string> Id { get; private set; }

    /// <summary>Address of the stage, without a slash at the end.</summary>
    [Output("url")]
    public Output<string> Url { get; private set; }

    private CustomResourceOptions Child => new() { Parent = this };

    private RestApi Api() =>
        new(
            $"{_name}-api",
            new RestApiArgs
            {
                Name = _name,
                Description = "Requests for MLOps pipelines",
                Body = InvocationUri().Apply(uri => (object)JsonSerializer.SerializeToElement(Body(uri))),
                EndpointConfiguration = new RestApiEndpointConfigurationArgs { Types = { "REGIONAL" } },
            },
            Child
        );

    /// <summary>A deployment is a snapshot of the API, so another body needs another one: its name follows the body.</summary>
    private Deployment Deployment(RestApi api) =>
        new(
            $"{_name}-deployment-{OpenApiBody.Fingerprint(Body(""))}",
            new DeploymentArgs { RestApiId = api.RestApiId, Description = OpenApiBody.Fingerprint(Body("")) },
            Child
        );

    private Stage Stage(RestApi api, Deployment deployment)
    {
        var logName = $"/aws/apigateway/{_name}";
        var access = Log("access", logName);
        var execution = Log(
            "execution",
            Output.Format($"{EncryptionKeys.ApiExecutionLogs}{api.RestApiId}/{StageName}")
        );
        return new Stage(
            $"{_name}-stage",
            new StageArgs
            {
                RestApiId = api.RestApiId,
                DeploymentId = deployment.DeploymentId,
                StageName = StageName,
                TracingEnabled = true,
                AccessLogSetting = new StageAccessLogSettingArgs
                {
                    DestinationArn = _args.Account.Arn("logs", $"log-group:{logName}"),
                    Format = AccessLogFormat(),
                },
                MethodSettings = { EveryMethod() },
            },
            new CustomResourceOptions { Parent = this, DependsOn = Before(access, execution) }
        );
    }

    /// <summary>Before the stage: API Gateway would make its own, without key and for ever.</summary>
    private LogGroup Log(string what, Input<string> name) =>
        new(
            $"{_name}-{what}-log",
            new LogGroupArgs
            {
                LogGroupName = name,
                RetentionInDays = _args.LogRetentionDays,
                KmsKeyId = _args.LogKeyArn,
            },
            Child
        );

    private InputList<Resource> Before(LogGroup access, LogGroup execution) =>
        _args.Logging is { } logging ? [access, execution, logging.Account] : [access, execution];

    /// <summary>A web ACL belongs to a stage, which has to be there: its ARN says nothing of that.</summary>
    private void Guard(RestApi api, Stage stage)
    {
        if (_args.WebAclArn is { } webAcl)
        {
            _ = new WebAclAssociation(
                $"{_name}-web-acl",
                new WebAclAssociationArgs
                {
                    WebAclArn = webAcl,
                    ResourceArn = api.RestApiId.Apply(id =>
                        _args.Account.SharedArn("apigateway", $"/restapis/{id}/stages/{StageName}")
                    ),
                },
                new CustomResourceOptions { Parent = this, DependsOn = { stage } }
            );
        }
    }

    private Permission Permission(RestApi api) =>
        new(
            $"{_name}-permission",
            new PermissionArgs
            {
                Action = "lambda:InvokeFunction",
                FunctionName = _args.Orchestrator.Name,
                Principal = "apigateway.amazonaws.com",
                SourceArn = api.RestApiId.Apply(id => _args.Account.Arn("execute-api", $"{id}/{StageName}/*")),
            },
            Child
        );

    private Output<string> InvocationUri() =>
        Output.Format(
            $"arn:{_args.Account.Partition}:apigateway:{_args.Account.Region}:lambda:path/2015-03-31/functions/{_args.Orchestrator.Arn}/invocations"
        );

    private JsonObject Body(string invocationUri) => OpenApiBody.Of(_name, ApiRoutes.All, invocationUri);

    /// <summary>Errors of the gateway itself are logged, bodies never (no data trace).</summary>
    private StageMethodSettingArgs EveryMethod() =>
        new()
        {
            ResourcePath = "/*",
            HttpMethod = "*",
            ThrottlingRateLimit = _args.Throttle.RatePerSecond,
            ThrottlingBurstLimit = _args.Throttle.Burst,
            MetricsEnabled = true,
            LoggingLevel = "ERROR",
        };

    private static string AccessLogFormat() =>
        new JsonObject
        {
            ["requestId"] = "$context.requestId",
            ["time"] = "$context.requestTime",
            ["caller"] = "$context.identity.userArn",
            ["ip"] = "$context.identity.sourceIp",
            ["method"] = "$context.httpMethod",
            ["path"] = "$context.path",
            ["status"] = "$context.status",
            ["latencyMs"] = "$context.responseLatency",
            ["error"] = "$context.error.message",
        }.ToJsonString();
}
