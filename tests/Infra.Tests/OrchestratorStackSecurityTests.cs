using System.IO.Enumeration;
using Mlops.Infra.Tests.Declaring;
using Mlops.Provisioning;

namespace Mlops.Infra.Tests;

/// <summary>Rules over everything that is declared, so that the next resource is caught too.</summary>
[TestFixture(AccountMode.Single), TestFixture(AccountMode.Multi)]
[NonParallelizable] // The SDK documents its test mode as serial only.
public sealed class OrchestratorStackSecurityTests(AccountMode mode)
{
    /// <summary>Actions for which AWS knows no resource but all, with the page that says so.</summary>
    private static readonly Dictionary<string, string> Unnarrowable = new()
    {
        ["application-autoscaling:DescribeScalableTargets"] = "no resource type; it only reads",
        ["application-autoscaling:DescribeScalingPolicies"] = "as DescribeScalableTargets",
        ["application-autoscaling:DescribeScheduledActions"] = "as DescribeScalableTargets",
        ["cloudformation:ValidateTemplate"] = "no resource type in the service authorization reference; it only reads",
        ["cloudwatch:PutMetricData"] = "no resource type; narrowed by cloudwatch:namespace",
        ["codepipeline:ListPipelines"] = "no resource type in the service authorization reference; it only reads",
        ["codepipeline:PutJobFailureResult"] = "no resource type; a job is known by its id, which only its worker has",
        ["codepipeline:PutJobSuccessResult"] = "as PutJobFailureResult",
        ["ec2:DescribeDhcpOptions"] = "no resource type; it only reads",
        ["ec2:DescribeNetworkInterfaces"] = "as DescribeDhcpOptions",
        ["ec2:DescribeSecurityGroups"] = "as DescribeDhcpOptions",
        ["ec2:DescribeSubnets"] = "as DescribeDhcpOptions",
        ["ec2:DescribeVpcs"] = "as DescribeDhcpOptions",
        ["ecr:GetAuthorizationToken"] = "no resource type; the token opens only what other actions allow",
        ["lambda:ListFunctions"] = "no resource type; CodePipeline wants it of every pipeline that invokes a function",
        ["logs:CreateLogDelivery"] = "no resource type; Step Functions delivers a state machine's log by it",
        ["logs:DeleteLogDelivery"] = "as CreateLogDelivery",
        ["logs:DescribeLogGroups"] =
            "Step Functions, logging to CloudWatch: asked for on every resource; it only reads",
        ["logs:DescribeResourcePolicies"] = "no resource type; it only reads",
        ["logs:GetLogDelivery"] = "as CreateLogDelivery",
        ["logs:ListLogDeliveries"] = "as CreateLogDelivery",
        ["logs:PutResourcePolicy"] = "as CreateLogDelivery",
        ["logs:UpdateLogDelivery"] = "as CreateLogDelivery",
        ["sagemaker:ListModelCards"] = "no resource type; it only reads",
        ["sagemaker:Search"] = "as ListModelCards",
        ["tag:GetResources"] = "no resource type; it only reads",
        ["xray:GetSamplingRules"] = "no resource type; it only reads",
        ["xray:GetSamplingTargets"] = "as GetSamplingRules",
        ["xray:PutTelemetryRecords"] = "no resource type",
        ["xray:PutTraceSegments"] = "no resource type",
    };

    private Declared _declared = null!;

    [OneTimeSetUp]
    public async Task DeclareAsync() =>
        _declared = await Declared.ByAsync(
            (mode is AccountMode.Single ? Declared.Settings : Declared.SeveralAccounts) with
            {
                CreateModelRegistry = true,
            }
        );

    [Test]
    public void No_policy_allows_an_action_by_wildcard()
    {
        foreach (var statement in _declared.Statements.Where(statement => statement.Allows))
        {
            Assert.That(statement.Actions, Is.Not.Empty.And.None.Contains("*"), statement.ToString);
            Assert.That(statement.Json.ContainsKey("NotAction"), Is.False, statement.ToString);
        }
    }

    [Test]
    public void No_policy_allows_every_resource_where_AWS_allows_a_narrower_one()
    {
        // In the policy of a key, every resource is that key.
        foreach (
            var statement in _declared.Statements.Where(statement => statement is { Allows: true, IsKeyPolicy: false })
        )
        {
            if (statement.Resources.Contains("*"))
            {
                Assert.That(statement.Actions.Except(Unnarrowable.Keys), Is.Empty, statement.ToString);
            }

            Assert.That(
                statement.IsTrust || statement.IsRepositoryPolicy || statement.Resources.Count > 0,
                statement.ToString
            );
            Assert.That(statement.Json.ContainsKey("NotResource"), Is.False, statement.ToString);
        }
    }

    [Test]
    public void Every_narrowing_that_is_listed_as_impossible_is_still_in_use()
    {
        var used = _declared
            .Statements.Where(statement => statement.Resources.Contains("*"))
            .SelectMany(statement => statement.Actions);

        Assert.That(Unnarrowable.Keys.Except(used), Is.Empty);
    }

    [Test]
    public void Only_denials_are_about_everybody()
    {
        foreach (var statement in _declared.Statements.Where(statement => statement.Allows))
        {
            Assert.That(statement.Json["Principal"]?.ToJsonString() ?? "", Does.Not.Contain("*"), statement.ToString);
        }
    }

    [Test]
    public void A_role_is_handed_only_to_named_services()
    {
        foreach (var statement in _declared.Statements.Where(statement => statement.Actions.Contains("iam:PassRole")))
        {
            Assert.That(statement.Condition("StringEquals", "iam:PassedToService"), Is.Not.Null, statement.ToString);
        }
    }

    [Test]
    public void Roles_are_made_only_within_the_boundary_and_on_their_own_path()
    {
        string[] making = ["iam:CreateRole", "iam:PutRolePolicy", "iam:PutRolePermissionsBoundary"];
        var statements = _declared.Statements.Where(statement => statement.Actions.Intersect(making).Any()).ToList();

        Assert.That(statements.SelectMany(statement => statement.Actions), Is.SupersetOf(making));
        foreach (var statement in statements)
        {
            Assert.That(statement.Resources, Has.Count.EqualTo(1), statement.ToString);
            var account = statement.Resources[0].Split(':')[4];
            Assert.That(statement.Resources[0], Is.EqualTo($"arn:aws:iam::{account}:role/mlops/*"), statement.ToString);
            Assert.That(
                statement.Condition("StringEquals", "iam:PermissionsBoundary"),
                Is.EqualTo($"arn:aws:iam::{account}:policy/mlops-orchestrator/mlops-dev-boundary"),
                statement.ToString
            );
        }
    }

    [Test]
    public void Nobody_may_change_the_boundary_or_our_own_roles()
    {
        foreach (
            var statement in _declared.Statements.Where(statement => statement is { Allows: true, IsTrust: false })
        )
        {
            var changing = statement.Actions.Where(action =>
                action.StartsWith("iam:", StringComparison.Ordinal)
                && action is not ("iam:PassRole" or "iam:GetRole" or "iam:GetRolePolicy")
            );

            // What a service-linked role may do, and for whom, is AWS's alone to say.
            Assert.That(
                changing.Any()
                    && statement.Resources.Any(resource =>
                        !resource.Contains(":role/mlops/") && !resource.Contains(":role/aws-service-role/")
                    ),
                Is.False,
                statement.ToString
            );
        }
    }

    /// <summary>
    /// A request names where captured data goes, also in our own buckets; code in its image could otherwise replace the
    /// package of any pipeline, and by that have CloudFormation make what it likes.
    /// </summary>
    [Test]
    public void No_role_of_a_blueprint_reaches_packages_or_artifacts()
    {
        foreach (var refusal in Refusals("PackagesAndArtifactsAreOurs"))
        {
            Assert.That(refusal.Actions, Is.EquivalentTo(["s3:GetObject", "s3:PutObject"]));
            Assert.That(
                refusal.Resources,
                Is.EquivalentTo([
                    "arn:aws:s3:::mlops-dev-assets-1a2b3c4/mlops_provisioned_pipelines/*",
                    "arn:aws:s3:::mlops-dev-artifacts-1a2b3c4/*",
                ])
            );
        }
    }

    /// <summary>
    /// What a state machine reads there it trusts by its name, the hash of its content; its jobs have to read it.
    /// </summary>
    [Test]
    public void No_role_of_a_blueprint_writes_what_requests_were_made_into_or_what_people_approve_by()
    {
        foreach (var refusal in Refusals("FilesOfRequestsAndEvidenceStay"))
        {
            Assert.That(refusal.Actions, Is.EquivalentTo(["s3:PutObject"]));
            Assert.That(
                refusal.Resources,
                Is.EquivalentTo([
                    "arn:aws:s3:::mlops-dev-assets-1a2b3c4/mlops_request_files/*",
                    "arn:aws:s3:::mlops-dev-assets-1a2b3c4/mlops_changes/*",
                ])
            );
        }
    }

    /// <summary>One of each boundary: every account has one.</summary>
    private List<DeclaredStatement> Refusals(string sid)
    {
        var refusals = _declared
            .OfType("aws-native:iam:ManagedPolicy")
            .Select(boundary =>
                DeclaredStatement.Of(boundary).Single(statement => (string?)statement.Json["Sid"] == sid)
            )
            .ToList();
        Assert.That(refusals, Is.Not.Empty);
        Assert.That(refusals.Any(refusal => refusal.Allows || refusal.Json.ContainsKey("Condition")), Is.False);
        return refusals;
    }

    /// <summary>
    /// The second lock beside the functions' own check. What is about pipelines alone is refused where there is no tag, too:
    /// the predecessor's begin with the same name. "IfExists" for stages, actions and what is being created, which have none
    /// (Service Authorization Reference, CodePipeline: resource types).
    /// </summary>
    [TestCase("codepipeline:UpdatePipeline", "StringEquals")]
    [TestCase("codepipeline:StartPipelineExecution", "StringEquals")]
    [TestCase("codepipeline:StopPipelineExecution", "StringEquals")]
    [TestCase("codepipeline:DeletePipeline", "StringEquals")]
    [TestCase("codepipeline:TagResource", "StringEqualsIfExists")]
    [TestCase("codepipeline:PutApprovalResult", "StringEqualsIfExists")]
    public void A_pipeline_of_another_deployment_is_not_changed(string action, string @operator)
    {
        var allowing = _declared.Statements.Single(statement =>
            statement.Urn.Contains("mlops-dev-orchestrator-role") && statement.Actions.Contains(action)
        );

        Assert.That(allowing.Condition(@operator, "aws:ResourceTag/mlops:deployment"), Is.EqualTo("mlops-dev"));
    }

    [Test]
    public void Policies_fit_into_IAMs_limits()
    {
        // Characters without white space: 10,240 for all inline policies of a role, 6,144 for a managed policy.
        foreach (var policies in _declared.Statements.Where(statement => !statement.IsTrust).GroupBy(one => one.Urn))
        {
            var managed = policies.Key.Contains("ManagedPolicy", StringComparison.Ordinal);
            var isRole = policies.Key.Contains("iam:Role", StringComparison.Ordinal);
            var size = policies.Sum(statement => statement.Json.ToJsonString().Length + 1);

            Assert.That(
                size,
                Is.LessThan(
                    managed ? 6_144
                    : isRole ? 10_240
                    : int.MaxValue
                ),
                policies.Key
            );
        }
    }

    /// <summary>A scalable target's ARN has an id that nobody knows before; what it scales is a condition key.</summary>
    [Test]
    public void Nothing_but_SageMaker_is_scaled()
    {
        var scaling = _declared
            .Statements.Where(statement =>
                statement.Actions.Any(action =>
                    action.StartsWith("application-autoscaling:", StringComparison.Ordinal)
                    && !action.StartsWith("application-autoscaling:Describe", StringComparison.Ordinal)
                )
            )
            .ToList();

        Assert.That(scaling, Is.Not.Empty);
        foreach (var statement in scaling)
        {
            Assert.That(
                statement.Condition("StringEquals", "application-autoscaling:service-namespace"),
                Is.EqualTo("sagemaker"),
                statement.ToString
            );
        }
    }

    [Test]
    public void CodePipeline_takes_its_role_only_for_our_pipelines()
    {
        var trust = _declared.Statements.Single(statement =>
            statement.IsTrust
            && statement.Json.ToJsonString().Contains("codepipeline.amazonaws.com", StringComparison.Ordinal)
        );

        Assert.That(trust.Condition("StringEquals", "aws:SourceAccount"), Is.EqualTo("123456789012"));
        Assert.That(
            trust.Condition("ArnLikeIfExists", "aws:SourceArn"),
            Is.EqualTo("arn:aws:codepipeline:us-east-1:123456789012:mlops-pipeline-*")
        );
    }

    /// <summary>With such a condition on EventBridge no notification arrives (Amazon SNS, key management).</summary>
    [Test]
    public void EventBridge_uses_the_topics_key_for_the_topic_alone_and_under_no_condition_on_itself()
    {
        var use = _declared.Statements.Single(statement => statement is { IsKeyPolicy: true, Sid: "EventsPublish" });
        var topic = (string)_declared.OfType("aws-native:sns:Topic").Single().Json["topicName"]!;

        Assert.That((string?)use.Json["Principal"]!["Service"], Is.EqualTo("events.amazonaws.com"));
        Assert.That(use.Actions, Is.EquivalentTo(["kms:Decrypt", "kms:GenerateDataKey"]));
        Assert.That(
            use.Json["Condition"]!.ToJsonString(),
            Is.EqualTo(
                $$$"""{"ArnEquals":{"kms:EncryptionContext:aws:sns:topicArn":"arn:aws:sns:us-east-1:123456789012:{{{topic}}}"}}"""
            )
        );
    }

    /// <summary>A topic's policy may have no condition on EventBridge at all (EventBridge, resource-based policies).</summary>
    [Test]
    public void The_topics_policy_has_no_condition_on_EventBridge()
    {
        var publish = _declared.Statements.Single(statement => statement.Sid == "RulesPublish");

        Assert.That(publish.Actions, Is.EqualTo(["sns:Publish"]));
        Assert.That((string?)publish.Json["Principal"]!["Service"], Is.EqualTo("events.amazonaws.com"));
        Assert.That(publish.Json.ContainsKey("Condition"), Is.False);
    }

    /// <summary>Without it pipelines with Lambda actions fail (CodePipeline, invoke a Lambda function).</summary>
    [Test]
    public void CodePipeline_may_invoke_our_function_and_list_functions()
    {
        var duties = _declared.Statements.Where(statement =>
            statement.Property == "policies/Duties" && statement.Urn.Contains("mlops-dev-pipeline-role")
        );

        Assert.That(
            duties.SelectMany(statement => statement.Actions),
            Is.EquivalentTo(["lambda:InvokeFunction", "lambda:ListFunctions"])
        );
    }

    /// <summary>HeadObject names no prefix: under a condition on one S3 answers 403 for a package that is not there yet.</summary>
    [Test]
    public void Whether_a_package_is_there_is_asked_under_no_condition()
    {
        var list = _declared.Statements.Single(statement =>
            statement.Urn.Contains("mlops-dev-orchestrator-role") && statement.Actions.Contains("s3:ListBucket")
        );

        Assert.That(list.Json.ContainsKey("Condition"), Is.False, list.ToString);
    }

    [TestCase("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock")]
    [TestCase("aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration")]
    [TestCase("aws:s3/bucketVersioning:BucketVersioning")]
    [TestCase("aws:s3/bucketOwnershipControls:BucketOwnershipControls")]
    [TestCase("aws:s3/bucketPolicy:BucketPolicy")]
    [TestCase("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration")]
    public void Every_bucket_has_a(string type)
    {
        var covered = _declared.OfType(type).Select(resource => (string?)resource.Json["bucket"]);

        Assert.That(covered, Is.EquivalentTo(Buckets()));
    }

    [Test]
    public void Every_bucket_is_closed_to_the_public_in_all_four_ways()
    {
        string[] ways = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"];
        foreach (var block in _declared.OfType("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"))
        {
            Assert.That(ways.Select(way => (bool?)block.Json[way]), Is.All.True, block.Urn);
        }
    }

    [Test]
    public void Every_bucket_is_encrypted_with_our_key_except_that_of_the_logs()
    {
        const string type = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
        foreach (var encryption in _declared.OfType(type))
        {
            var rule = encryption.Json["rules"]![0]!["applyServerSideEncryptionByDefault"]!;
            var isLogs = encryption.Name.StartsWith("mlops-dev-logs", StringComparison.Ordinal);

            Assert.That((string?)rule["sseAlgorithm"], Is.EqualTo(isLogs ? "AES256" : "aws:kms"), encryption.Urn);
            Assert.That(
                (string?)rule["kmsMasterKeyId"],
                isLogs ? Is.Null : Does.StartWith("arn:aws:kms:"),
                encryption.Urn
            );
        }
    }

    [Test]
    public void Every_bucket_topic_and_queue_refuses_plain_HTTP()
    {
        string[] types =
        [
            "aws:s3/bucketPolicy:BucketPolicy",
            "aws-native:sns:TopicPolicy",
            "aws-native:sqs:QueueInlinePolicy",
        ];
        foreach (var policy in types.SelectMany(_declared.OfType))
        {
            var refusals = DeclaredStatement
                .Of(policy)
                .Where(statement => !statement.Allows && statement.Json["Principal"]?["AWS"]?.ToString() == "*")
                .Select(statement => statement.Condition("Bool", "aws:SecureTransport"));

            Assert.That(refusals, Has.Some.EqualTo("false"), policy.Urn);
        }
    }

    [Test]
    public void Every_bucket_but_that_of_the_logs_logs_its_access()
    {
        var logging = _declared.OfType("aws:s3/bucketLogging:BucketLogging");

        Assert.That(
            logging.Select(resource => (string?)resource.Json["bucket"]),
            Is.EquivalentTo(Buckets().Where(bucket => !bucket!.StartsWith("mlops-dev-logs", StringComparison.Ordinal)))
        );
    }

    [TestCase("aws-native:logs:LogGroup", "kmsKeyId")]
    [TestCase("aws-native:sns:Topic", "kmsMasterKeyId")]
    [TestCase("aws-native:sqs:Queue", "kmsMasterKeyId")]
    [TestCase("aws-native:ecr:Repository", "encryptionConfiguration/kmsKey")]
    public void Everything_that_keeps_something_is_encrypted_with_our_key(string type, string path)
    {
        foreach (var resource in _declared.OfType(type))
        {
            var key = path.Split('/')
                .Aggregate((System.Text.Json.Nodes.JsonNode?)resource.Json, (node, name) => node?[name]);

            Assert.That((string?)key, Does.StartWith("arn:aws:kms:us-east-1:123456789012:key/"), resource.Urn);
        }
    }

    [Test]
    public void Every_key_is_renewed_every_year()
    {
        foreach (var key in _declared.OfType("aws-native:kms:Key"))
        {
            Assert.That((bool?)key.Json["enableKeyRotation"], Is.True, key.Urn);
        }
    }

    [Test]
    public void Every_log_ends_some_day()
    {
        foreach (var log in _declared.OfType("aws-native:logs:LogGroup"))
        {
            Assert.That((double?)log.Json["retentionInDays"], Is.GreaterThan(0), log.Urn);
        }
    }

    /// <summary>CloudWatch Logs names the log group in the encryption context; the key's policy has to know each.</summary>
    [Test]
    public void Every_log_group_may_use_its_key()
    {
        var use = _declared.Statements.Single(statement =>
            statement.IsKeyPolicy
            && statement.Json["Principal"]!
                .ToJsonString()
                .Contains("logs.us-east-1.amazonaws.com", StringComparison.Ordinal)
        );
        var patterns = use.Json["Condition"]!["ArnLike"]!["kms:EncryptionContext:aws:logs:arn"]!
            .AsArray()
            .Select(pattern => (string)pattern!)
            .ToList();
        foreach (var log in _declared.OfType("aws-native:logs:LogGroup"))
        {
            var arn = $"arn:aws:logs:us-east-1:123456789012:log-group:{log.Json["logGroupName"]}";

            Assert.That(
                patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, arn, ignoreCase: false)),
                arn
            );
        }
    }

    [Test]
    public void Every_stage_logs_its_access_and_the_errors_of_every_method_and_no_bodies()
    {
        var logs = _declared
            .OfType("aws-native:logs:LogGroup")
            .Select(log => (string)log.Json["logGroupName"]!)
            .ToList();
        foreach (var stage in _declared.OfType("aws-native:apigateway:Stage"))
        {
            var every = stage.Json["methodSettings"]!
                .AsArray()
                .Single(setting => (string?)setting!["resourcePath"] == "/*")!;

            Assert.That(
                (string?)stage.Json["accessLogSetting"]?["destinationArn"],
                Is.Not.Null.And.Not.Empty,
                stage.Urn
            );
            Assert.That((string?)every["httpMethod"], Is.EqualTo("*"), stage.Urn);
            Assert.That((string?)every["loggingLevel"], Is.EqualTo("ERROR"), stage.Urn);
            Assert.That((bool?)every["dataTraceEnabled"], Is.Not.True, stage.Urn);
            Assert.That(
                logs,
                Has.Member($"API-Gateway-Execution-Logs_{stage.Json["restApiId"]}/{stage.Json["stageName"]}"),
                "made by API Gateway itself it would have no key, and stay for ever"
            );
        }
    }

    private IEnumerable<string?> Buckets() =>
        _declared.OfType("aws:s3/bucket:Bucket").Select(bucket => $"{bucket.Name}-1a2b3c4");
}
