using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Mlops.Infra.Tests.Declaring;

namespace Mlops.Infra.Tests;

[TestFixture, NonParallelizable] // The SDK documents its test mode as serial only.
public sealed partial class AlarmsTests
{
    private Declared _declared = null!;

    [OneTimeSetUp]
    public async Task DeclareAsync() => _declared = await Declared.ByAsync(Declared.Settings);

    [TestCase("orchestrator-errors", "AWS/Lambda Errors FunctionName=mlops-dev-orchestrator", "Sum 300 1/1 >= 1")]
    [TestCase("orchestrator-throttles", "AWS/Lambda Throttles FunctionName=mlops-dev-orchestrator", "Sum 300 2/3 >= 1")]
    [TestCase("api-5xx", "AWS/ApiGateway 5XXError ApiName=mlops-dev-api Stage=prod", "Sum 300 1/1 >= 1")]
    [TestCase("deployment-flow-errors", "AWS/Lambda Errors FunctionName=mlops-dev-deployment-flow", "Sum 300 1/1 >= 1")]
    [TestCase(
        "deployment-flow-failures",
        "MlopsPulumi Failed Deployment=mlops-dev Function=DeploymentFlow",
        "Sum 3600 1/1 >= 3"
    )]
    [TestCase(
        "dead-letters",
        "AWS/SQS ApproximateNumberOfMessagesVisible QueueName=mlops-dev-dead-letters",
        "Maximum 300 1/1 >= 1"
    )]
    public void There_is_an_alarm_on(string name, string metric, string when)
    {
        var alarm = Alarms().Single(alarm => (string?)alarm["alarmName"] == $"mlops-dev-{name}");
        var dimensions = alarm["dimensions"]!.AsArray().Select(each => $"{each!["name"]}={each["value"]}");

        Assert.That(
            $"{alarm["namespace"]} {alarm["metricName"]} {string.Join(' ', dimensions)}",
            Is.EqualTo(metric),
            "every dimension of the metric, and no other: else it is another metric, which has no data"
        );
        Assert.That(
            $"{alarm["statistic"]} {alarm["period"]} {alarm["datapointsToAlarm"]}/{alarm["evaluationPeriods"]} >= {alarm["threshold"]}",
            Is.EqualTo(when)
        );
    }

    [Test]
    public void There_are_six_alarms_and_each_tells_the_topic_and_takes_silence_for_health()
    {
        var topic = _declared.OfType("aws-native:sns:Topic").Single().Json;

        Assert.That(Alarms().ToList(), Has.Count.EqualTo(6));
        foreach (var alarm in Alarms())
        {
            var name = (string?)alarm["alarmName"];
            Assert.That(
                alarm["alarmActions"]!.AsArray().Select(action => (string?)action),
                Is.EqualTo([$"arn:aws:sns:us-east-1:123456789012:{topic["topicName"]}"]),
                name
            );
            Assert.That((string?)alarm["treatMissingData"], Is.EqualTo("notBreaching"), name);
            Assert.That((string?)alarm["comparisonOperator"], Is.EqualTo("GreaterThanOrEqualToThreshold"), name);
        }
    }

    [Test]
    public void What_is_watched_is_what_is_declared()
    {
        string?[] declared =
        [
            .. _declared.OfType("aws:lambda/function:Function").Select(function => (string?)function.Json["name"]),
            .. _declared.OfType("aws-native:sqs:Queue").Select(queue => (string?)queue.Json["queueName"]),
            .. _declared.OfType("aws-native:apigateway:RestApi").Select(api => (string?)api.Json["name"]),
            .. _declared.OfType("aws-native:apigateway:Stage").Select(stage => (string?)stage.Json["stageName"]),
        ];
        string[] named = ["FunctionName", "QueueName", "ApiName", "Stage"];
        var watched = Alarms()
            .SelectMany(alarm => alarm["dimensions"]!.AsArray())
            .Where(dimension => named.Contains((string?)dimension!["name"]))
            .Select(dimension => (string?)dimension!["value"])
            .Distinct();

        Assert.That(watched, Is.EquivalentTo(declared));
    }

    /// <summary>A description ends at 1,024 characters (PutMetricAlarm).</summary>
    [Test]
    public void Each_says_what_to_do_with_a_command_for_this_deployment()
    {
        foreach (var alarm in Alarms())
        {
            var description = (string)alarm["alarmDescription"]!;

            Assert.That(description, Does.Match("aws (logs|sqs|lambda) [a-z-]+ .*--region us-east-1"));
            Assert.That(description, Does.Contain("mlops-dev-"));
            Assert.That(description, Has.Length.LessThanOrEqualTo(1024));
        }
    }

    [Test]
    public void Every_log_group_that_a_description_names_is_there()
    {
        var groups = _declared.OfType("aws-native:logs:LogGroup").Select(log => (string?)log.Json["logGroupName"]);
        var named = Alarms().SelectMany(alarm => LogGroup().Matches((string)alarm["alarmDescription"]!)).ToList();

        Assert.That(named, Is.Not.Empty);
        Assert.That(named.Select(match => match.Groups["name"].Value).Distinct(), Is.SubsetOf(groups));
    }

    /// <summary>A policy replaces the topic's own, which would have let the account's alarms in.</summary>
    [Test]
    public void Alarms_of_this_deployment_and_its_endpoints_may_publish_and_use_the_topics_key()
    {
        var publish = _declared.Statements.Single(statement =>
            statement is { Sid: "AlarmsPublish", IsKeyPolicy: false }
        );
        var key = _declared.Statements.Single(statement => statement is { Sid: "AlarmsPublish", IsKeyPolicy: true });

        foreach (var statement in new[] { publish, key })
        {
            Assert.That((string?)statement.Json["Principal"]!["Service"], Is.EqualTo("cloudwatch.amazonaws.com"));
            Assert.That(statement.Condition("StringEquals", "aws:SourceAccount"), Is.EqualTo("123456789012"));
        }

        Assert.That(publish.Actions, Is.EqualTo(["sns:Publish"]));
        Assert.That(
            publish.Json["Condition"]!["ArnLike"]!["aws:SourceArn"]!.AsArray().Select(arn => (string?)arn),
            Is.EqualTo([
                "arn:aws:cloudwatch:us-east-1:123456789012:alarm:mlops-dev-*",
                "arn:aws:cloudwatch:us-east-1:123456789012:alarm:mlops-pipeline-*",
            ])
        );
        Assert.That(key.Actions, Is.EquivalentTo(["kms:Decrypt", "kms:GenerateDataKey"]));
    }

    private IEnumerable<JsonObject> Alarms() =>
        _declared.OfType("aws-native:cloudwatch:Alarm").Select(alarm => alarm.Json);

    [GeneratedRegex(@"(?<name>/aws/[a-z]+/[a-z0-9-]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LogGroup();
}
