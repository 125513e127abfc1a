using System.Text.Json.Nodes;

namespace Mlops.EndToEnd.Tests;

/// <summary>
/// Everything that there is, as boto3 lists it, which knows nothing of us: a line for each thing. Without REST APIs, which
/// moto keeps when their stack is deleted.
/// </summary>
internal static class Inventory
{
    /// <summary>The account of the pipelines.</summary>
    public const string Orchestrator = "123456789012";

    /// <summary>Beginning of a program for <see cref="LocalSystem.Boto3Async"/>: <c>clients(account)(service)</c>.</summary>
    public const string Clients = """
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
                def paged(service, operation, key, name, kind=None, **arguments):
                    for page in of(service).get_paginator(operation).paginate(**arguments):
                        note(kind or key, [one[name] for one in page[key]])
                note("stack", [s["StackName"] for page in of("cloudformation").get_paginator("describe_stacks").paginate()
                               for s in page["Stacks"] if s["StackStatus"] != "DELETE_COMPLETE"])
                paged("iam", "list_roles", "Roles", "Arn")
                paged("iam", "list_policies", "Policies", "Arn", Scope="Local")
                paged("sagemaker", "list_models", "Models", "ModelName")
                paged("sagemaker", "list_endpoint_configs", "EndpointConfigs", "EndpointConfigName")
                paged("sagemaker", "list_endpoints", "Endpoints", "EndpointName")
                paged("sagemaker", "list_training_jobs", "TrainingJobSummaries", "TrainingJobName", "job")
                paged("sagemaker", "list_processing_jobs", "ProcessingJobSummaries", "ProcessingJobName", "job")
                paged("sagemaker", "list_transform_jobs", "TransformJobSummaries", "TransformJobName", "job")
                paged("logs", "describe_log_groups", "logGroups", "logGroupName")
                paged("cloudwatch", "describe_alarms", "MetricAlarms", "AlarmName")
                paged("cloudwatch", "list_dashboards", "DashboardEntries", "DashboardName")
                paged("application-autoscaling", "describe_scalable_targets", "ScalableTargets", "ResourceId", ServiceNamespace="sagemaker")
                paged("stepfunctions", "list_state_machines", "stateMachines", "name")
                paged("scheduler", "list_schedules", "Schedules", "Name")
                paged("lambda", "list_functions", "Functions", "FunctionName")
                paged("events", "list_rules", "Rules", "Name")
                paged("sns", "list_topics", "Topics", "TopicArn")
                note("queue", of("sqs").list_queues().get("QueueUrls", []))
                if account == "123456789012":
                    note("pipeline", [f"{one['name']} {one['version']}" for page in
                                      of("codepipeline").get_paginator("list_pipelines").paginate() for one in page["pipelines"]])
                    for bucket in of("s3").list_buckets()["Buckets"]:
                        if "-logs-" in bucket["Name"]:  # access logs, which this program writes, too
                            continue
                        for page in of("s3").get_paginator("list_object_versions").paginate(Bucket=bucket["Name"]):
                            for one in page.get("Versions", []):
                                note("object" if one["IsLatest"] else "version", [f"{bucket['Name']}/{one['Key']} {one['VersionId']}"])
            print(json.dumps(sorted(seen)))
            """;

    /// <summary>Everything in the accounts; objects and pipelines with their versions.</summary>
    public static async Task<IReadOnlyList<string>> TakeAsync(LocalSystem system, params string[] accounts) =>
        [
            .. (await system.Boto3Async(Everything, [Orchestrator, .. accounts]))
                .AsArray()
                .Select(one => (string)one!)
                // Who applies last: a mark of ours, which says nothing of pipelines.
                .Where(one => !one.Contains("/.config/", StringComparison.Ordinal)),
        ];

    /// <summary>What stays, as the answer to DELETE says.</summary>
    public static IReadOnlyList<string> Kept(JsonNode answer) =>
        [.. answer["kept"]!.AsArray().Select(one => (string)one!)];

    /// <summary>What stays, as a mail says.</summary>
    public static IReadOnlyList<string> Kept(string mail) =>
        [
            .. mail.Split('\n')
                .Where(line => line.StartsWith("- ", StringComparison.Ordinal))
                .Select(line => line["- ".Length..]),
        ];

    /// <summary>What of it nobody has named.</summary>
    public static IEnumerable<string> NotNamed(
        LocalSystem system,
        IEnumerable<string> left,
        IReadOnlyList<string> kept
    ) => left.Where(one => !kept.Any(line => Names(system, line, one)));

    private static bool Names(LocalSystem system, string line, string thing)
    {
        // The line about the whole bucket is for what people put there. What we put there has to have its own.
        if (line.StartsWith($"s3://{system.AssetsBucket}/", StringComparison.Ordinal))
        {
            var place = line["s3://".Length..line.IndexOf(": ", StringComparison.Ordinal)];
            // Of a package only what a deletion leaves in a bucket that keeps versions.
            var isPackage = place.Contains("/mlops_provisioned_pipelines/", StringComparison.Ordinal);
            return IsIn($"version {place}") || (!isPackage && IsIn($"object {place}"));
        }

        return line.StartsWith("the artifact bucket:", StringComparison.Ordinal)
            ? IsIn($"object {system.Info["artifactBucket"]}/")
            : line.StartsWith("SageMaker:", StringComparison.Ordinal) && thing.Split(' ')[1] == "job";

        bool IsIn(string place) => thing.StartsWith($"{Orchestrator} {place}", StringComparison.Ordinal);
    }
}
