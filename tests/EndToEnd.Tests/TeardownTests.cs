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
    private const string Orchestrator = Inventory.Orchestrator;
    private const string Dev = "111111111111";
    private const string Staging = "222222222222";
    private const string Prod = "333333333333";

    private const string Targets =
        $$"""[{"name": "dev", "accountId": "{{Dev}}", "setupRoleArn": "arn:aws:iam::{{Dev}}:role/mlops-setup"},"""
        + $$"""{"name": "staging", "accountId": "{{Staging}}", "setupRoleArn": "arn:aws:iam::{{Staging}}:role/mlops-setup"},"""
        + $$"""{"name": "prod", "accountId": "{{Prod}}", "setupRoleArn": "arn:aws:iam::{{Prod}}:role/mlops-setup"}]""";

    private const string Role = "mlops-multiaccount-cloudformation";

    private const string TakeTheRoleAway =
        Inventory.Clients
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
        Inventory.Clients
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
        var stacks = await NothingIsLeftAsync(model, blueprint, example, [Orchestrator, Dev, Staging, Prod]);

        var pipeline = stacks[0].Split(' ')[1];
        Assert.That(stacks, Is.EqualTo([$"{Prod} {pipeline}", $"{Staging} {pipeline}", $"{Dev} {pipeline}"]));
        Assert.That(
            await _mailbox.AboutAsync(pipeline, 3),
            Has.One.Contains("is taken down: its stacks are deleted, and it is removed").And.One.Contains("What stays")
        );
        await DeleteAsync(pipeline, HttpStatusCode.NotFound);
    }

    [Test]
    public async Task Of_a_monitor_both_stacks_go_in_each_account_and_the_files_of_its_request_stay()
    {
        await PutBaselineAsync();

        var stacks = await NothingIsLeftAsync(
            "biased",
            "model-bias-monitor",
            "byom_model_bias_monitor",
            [Orchestrator, Dev, Staging, Prod]
        );

        var pipeline = stacks[0].Split(' ')[1];
        Assert.That(
            stacks,
            Is.EqualTo(
                new[] { Prod, Staging, Dev }.SelectMany(account =>
                    new[] { $"{account} {pipeline}", $"{account} {pipeline}-baseline" }
                )
            )
        );
        Assert.That(
            await EverythingAsync(),
            Has.Some.StartsWith($"{Orchestrator} object {_system.AssetsBucket}/mlops_request_files/")
        );
    }

    [Test]
    public async Task Of_a_training_the_stack_in_the_orchestrators_account_goes_and_the_job_that_ran_stays()
    {
        var stacks = await NothingIsLeftAsync("trained", "model-training", "model_training_builtin", [Orchestrator]);

        Assert.That(stacks, Has.Count.EqualTo(1));
        Assert.That(stacks[0], Does.StartWith($"{Orchestrator} "));
        Assert.That(await EverythingAsync(), Has.Some.StartsWith($"{Orchestrator} job "));
    }

    [Test]
    public async Task A_stack_that_cannot_be_deleted_fails_its_stage_and_the_same_call_goes_on_when_it_can()
    {
        var before = await EverythingAsync();
        var pipeline = await ProvisionAsync("stuck", "realtime-inference", "byom_realtime_builtin");
        var role = await _system.Boto3Async(TakeTheRoleAway);

        var begun = await DeleteAsync(pipeline, HttpStatusCode.Accepted);

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
        await _system.RemovedAsync(pipeline);

        Assert.That(
            Inventory.NotNamed(_system, (await EverythingAsync()).Except(before), Inventory.Kept(begun)),
            Is.Empty
        );
    }

    /// <summary>Delivers an example and takes it down. Gives the stacks that went, in that order, with their accounts.</summary>
    private async Task<IReadOnlyList<string>> NothingIsLeftAsync(
        string model,
        string blueprint,
        string example,
        string[] accounts
    )
    {
        var before = await EverythingAsync();
        var pipeline = await ProvisionAsync(model, blueprint, example);
        var delivered = (await EverythingAsync()).Except(before).ToList();
        var seen = delivered.Select(one => one.Split(' ')[0]).Distinct();
        Assert.That(seen, Is.EquivalentTo(accounts), "the witness sees what is delivered there");

        var begun = await DeleteAsync(pipeline, HttpStatusCode.Accepted);
        await _system.RemovedAsync(pipeline);

        var after = await EverythingAsync();
        Assert.That(Inventory.NotNamed(_system, after.Except(before), Inventory.Kept(begun)), Is.Empty);
        Assert.That(before.Except(after), Is.Empty, "and nothing else is gone");
        return
        [
            .. begun["stacks"]!
                .AsArray()
                .Select(stack => $"{(string?)stack!["account"] ?? Orchestrator} {stack["stack"]}"),
        ];
    }

    private Task<IReadOnlyList<string>> EverythingAsync() => Inventory.TakeAsync(_system, Dev, Staging, Prod);

    /// <summary>What a monitor's user has before.</summary>
    private async Task PutBaselineAsync()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "label,age,prediction,probability\n1,30,1,0.9\n0,50,0,0.2\n");
        await _system.AwsAsync(
            "s3api",
            "put-object",
            "--bucket",
            _system.AssetsBucket,
            "--key",
            "baselines/my-model/training-data.csv",
            "--body",
            file
        );
        File.Delete(file);
    }

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
}
