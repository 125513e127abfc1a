using System.Net;
using System.Text.Json.Nodes;

namespace Mlops.EndToEnd.Tests;

/// <summary>
/// What was delivered to three accounts is taken down, on one system with the shipped binaries. The witness is boto3, which
/// lists everything that there is in every account before and after.
/// </summary>
[TestFixture]
public sealed class TeardownTests
{
    private const string Orchestrator = "123456789012";
    private const string Dev = "111111111111";
    private const string Staging = "222222222222";
    private const string Prod = "333333333333";

    private const string Targets =
        $$"""[{"name": "dev", "accountId": "{{Dev}}", "setupRoleArn": "arn:aws:iam::{{Dev}}:role/mlops-setup"},"""
        + $$"""{"name": "staging", "accountId": "{{Staging}}", "setupRoleArn": "arn:aws:iam::{{Staging}}:role/mlops-setup"},"""
        + $$"""{"name": "prod", "accountId": "{{Prod}}", "setupRoleArn": "arn:aws:iam::{{Prod}}:role/mlops-setup"}]""";

    private const string Clients = """
        import boto3, json, sys
        endpoint, region = sys.argv[1:3]

        def clients(account):
            session = dict(aws_access_key_id="testing", aws_secret_access_key="testing")
            if account != "123456789012":
                taken = boto3.client("sts", endpoint_url=endpoint, region_name=region, **session).assume_role(
                    RoleArn=f"arn:aws:iam::{account}:role/mlops-setup", RoleSessionName="witness")["Credentials"]
                session = dict(aws_access_key_id=taken["AccessKeyId"], aws_secret_access_key=taken["SecretAccessKey"],
                               aws_session_token=taken["SessionToken"])
            return lambda service: boto3.client(service, endpoint_url=endpoint, region_name=region, **session)

        """;

    private const string Everything =
        Clients
        + """
            seen = []
            for account in sys.argv[3:]:
                of = clients(account)
                def note(kind, names):
                    seen.extend(f"{account} {kind} {name}" for name in names)
                def paged(service, operation, key, name, **arguments):
                    for page in of(service).get_paginator(operation).paginate(**arguments):
                        note(key, [one[name] for one in page[key]])
                note("stack", [s["StackName"] for page in of("cloudformation").get_paginator("describe_stacks").paginate()
                               for s in page["Stacks"] if s["StackStatus"] != "DELETE_COMPLETE"])
                paged("iam", "list_roles", "Roles", "Arn")
                paged("iam", "list_policies", "Policies", "Arn", Scope="Local")
                paged("sagemaker", "list_models", "Models", "ModelName")
                paged("sagemaker", "list_endpoint_configs", "EndpointConfigs", "EndpointConfigName")
                paged("sagemaker", "list_endpoints", "Endpoints", "EndpointName")
                paged("logs", "describe_log_groups", "logGroups", "logGroupName")
                paged("cloudwatch", "describe_alarms", "MetricAlarms", "AlarmName")
                paged("cloudwatch", "list_dashboards", "DashboardEntries", "DashboardName")
                paged("application-autoscaling", "describe_scalable_targets", "ScalableTargets", "ResourceId", ServiceNamespace="sagemaker")
                paged("stepfunctions", "list_state_machines", "stateMachines", "name")
                paged("lambda", "list_functions", "Functions", "FunctionName")
                paged("events", "list_rules", "Rules", "Name")
                paged("sns", "list_topics", "Topics", "TopicArn")
                note("queue", of("sqs").list_queues().get("QueueUrls", []))
                if account == "123456789012":
                    paged("codepipeline", "list_pipelines", "pipelines", "name")
                    for bucket in of("s3").list_buckets()["Buckets"]:
                        if "-assets-" in bucket["Name"]:
                            for page in of("s3").get_paginator("list_objects_v2").paginate(Bucket=bucket["Name"]):
                                note("object", [one["Key"] for one in page.get("Contents", [])])
            print(json.dumps(sorted(seen)))
            """;

    private const string Role = "mlops-multiaccount-cloudformation";

    private const string TakeTheRoleAway =
        Clients
        + $$"""
            iam = clients("{{Staging}}")("iam")
            role = iam.get_role(RoleName="{{Role}}")["Role"]
            for name in iam.list_role_policies(RoleName="{{Role}}")["PolicyNames"]:
                iam.delete_role_policy(RoleName="{{Role}}", PolicyName=name)
            for policy in iam.list_attached_role_policies(RoleName="{{Role}}")["AttachedPolicies"]:
                iam.detach_role_policy(RoleName="{{Role}}", PolicyArn=policy["PolicyArn"])
            iam.delete_role(RoleName="{{Role}}")
            print(json.dumps({"path": role["Path"]}))
            """;

    private const string GiveTheRoleBack =
        Clients
        + $$$"""
            trust = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
                     "Principal": {"Service": "cloudformation.amazonaws.com"}}]}
            clients("{{{Staging}}}")("iam").create_role(
                RoleName="{{{Role}}}", Path=sys.argv[3], AssumeRolePolicyDocument=json.dumps(trust))
            print("{}")
            """;

    private LocalSystem _system = null!;
    private Mailbox _mailbox = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _system = await LocalSystem.StartAsync(
            "--stack",
            "multiaccount",
            "--no-example",
            "--config",
            $"mlops:targets={Targets}"
        );
        _mailbox = await Mailbox.SubscribeAsync(_system);
    }

    [OneTimeTearDown]
    public async Task EndAsync()
    {
        if (_system is not null)
        {
            await _system.DisposeAsync();
        }
    }

    [TestCase("churn", "realtime-inference", "byom_realtime_builtin")]
    [TestCase("scaled", "realtime-inference", "byom_realtime_builtin.production.multi")]
    [TestCase("nightly", "batch-transform", "byom_batch_builtin")]
    public async Task Nothing_is_left_in_any_account_but_what_nobody_could_make_again(
        string model,
        string blueprint,
        string example
    )
    {
        var before = await EverythingAsync();
        var pipeline = await ProvisionAsync(model, blueprint, example);
        var delivered = (await EverythingAsync()).Except(before).ToList();
        foreach (var account in (string[])[Orchestrator, Dev, Staging, Prod])
        {
            Assert.That(delivered, Has.Some.StartsWith(account), "the witness sees what is delivered there");
        }

        var begun = await DeleteAsync(pipeline, HttpStatusCode.Accepted);
        await GoneAsync(pipeline);

        Assert.That(
            begun["stacks"]!.AsArray().Select(stack => (string?)stack!["account"]),
            Is.EqualTo((string?[])[Prod, Staging, Dev])
        );
        var left = (await EverythingAsync()).Except(before).ToList();
        Assert.That(
            left.Where(one =>
                !one.StartsWith($"{Orchestrator} object mlops_changes/{pipeline}/", StringComparison.Ordinal)
            ),
            Is.Empty
        );
        Assert.That(before.Except(await EverythingAsync()), Is.Empty, "and nothing else is gone");
        Assert.That(
            await _mailbox.AboutAsync(pipeline, 3),
            Has.One.Contains("is taken down: its stacks are deleted, and it is removed").And.One.Contains("What stays")
        );
        await DeleteAsync(pipeline, HttpStatusCode.NotFound);
    }

    [Test]
    public async Task A_stack_that_cannot_be_deleted_fails_its_stage_and_the_same_call_goes_on_when_it_can()
    {
        var before = await EverythingAsync();
        var pipeline = await ProvisionAsync("stuck", "realtime-inference", "byom_realtime_builtin");
        var role = await _system.Boto3Async(TakeTheRoleAway);

        await DeleteAsync(pipeline, HttpStatusCode.Accepted);

        Assert.That(await _system.EndedAsync(pipeline), Is.EqualTo("Failed"));
        var halfWay = await EverythingAsync();
        Assert.That(
            halfWay.Where(one => one.Contains($"stack {pipeline}", StringComparison.Ordinal)),
            Has.None.StartsWith(Prod)
        );
        Assert.That(halfWay, Has.Member($"{Dev} stack {pipeline}").And.Member($"{Staging} stack {pipeline}"));
        Assert.That((await _mailbox.AboutAsync(pipeline, 2))[^1], Does.Contain("has failed, in stage DeleteStaging"));

        await _system.Boto3Async(GiveTheRoleBack, (string)role["path"]!);
        await DeleteAsync(pipeline, HttpStatusCode.Accepted);
        await GoneAsync(pipeline);

        Assert.That(
            (await EverythingAsync())
                .Except(before)
                .Where(one => !one.Contains(" object mlops_changes/", StringComparison.Ordinal)),
            Is.Empty
        );
    }

    private async Task<List<string>> EverythingAsync() =>
        [
            .. (await _system.Boto3Async(Everything, Orchestrator, Dev, Staging, Prod))
                .AsArray()
                .Select(one => (string)one!),
        ];

    private async Task<string> ProvisionAsync(string model, string blueprint, string example)
    {
        var path = Repository.Example($"{example}.json", blueprint);
        var request = JsonNode.Parse(await File.ReadAllTextAsync(path))!;
        request["model_name"] = model;
        using var response = await _system.PostAsync("/provisionpipeline", request);
        var answer = await LocalSystem.JsonAsync(response);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), answer.ToJsonString());
        var pipeline = (string)answer["pipeline_name"]!;
        Assert.That(await _system.EndedAsync(pipeline), Is.EqualTo("Succeeded"), await _system.StateAsync(pipeline));
        return pipeline;
    }

    private async Task<JsonNode> DeleteAsync(string pipeline, HttpStatusCode expected)
    {
        using var response = await _system.DeleteAsync($"/pipelines/{pipeline}");
        var answer = await LocalSystem.JsonAsync(response);
        Assert.That(response.StatusCode, Is.EqualTo(expected), answer.ToJsonString());
        return answer;
    }

    private async Task GoneAsync(string pipeline)
    {
        using var time = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var listed = await _system.CodePipelineAsync("ListPipelines", new JsonObject());
            if (listed["pipelines"]!.AsArray().All(one => (string?)one!["name"] != pipeline))
            {
                return;
            }

            if (time.IsCancellationRequested)
            {
                Assert.Fail($"It is not removed: {await _system.StateAsync(pipeline)}");
            }

            await Task.Delay(150);
        }
    }
}
