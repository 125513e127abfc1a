namespace Mlops.EndToEnd.Tests;

/// <summary>Boto3, which knows nothing of us, with a role taken on in each account: what is there, and what is not.</summary>
public sealed partial class MultiAccountTests
{
    private const string InService = "COMPLETE, endpoint InService";
    private const string Asked = "REVIEW_IN_PROGRESS, no endpoint";
    private const string Absent = "no stack, no endpoint";

    private const string Script = """
        import boto3, botocore, json, sys
        endpoint, region, stack = sys.argv[1:4]

        def client(service, **session):
            return boto3.client(service, endpoint_url=endpoint, region_name=region, **session)

        sts = client("sts", aws_access_key_id="testing", aws_secret_access_key="testing")
        seen = []
        for account in sys.argv[4:]:
            role = f"arn:aws:iam::{account}:role/mlops-orchestrator/mlops-multiaccount-observe"
            taken = sts.assume_role(RoleArn=role, RoleSessionName="witness")["Credentials"]
            session = dict(aws_access_key_id=taken["AccessKeyId"], aws_secret_access_key=taken["SecretAccessKey"],
                           aws_session_token=taken["SessionToken"])
            assert client("sts", **session).get_caller_identity()["Account"] == account
            assert client("iam", **session).get_role(RoleName=role.split("/")[-1])["Role"]["Arn"] == role
            try:
                status = client("cloudformation", **session).describe_stacks(StackName=stack)["Stacks"][0]["StackStatus"]
            except botocore.exceptions.ClientError as refused:
                assert "does not exist" in str(refused), refused
                status = "no stack"
            sagemaker = client("sagemaker", **session)
            names = [one["EndpointName"] for one in sagemaker.list_endpoints()["Endpoints"] if stack in one["EndpointName"]]
            states = [sagemaker.describe_endpoint(EndpointName=name)["EndpointStatus"] for name in names]
            # Locally a stack is updated once more after its change set, to show its outputs.
            status = status.removeprefix("CREATE_").removeprefix("UPDATE_")
            seen.append(status + ", " + (" and ".join("endpoint " + state for state in states) or "no endpoint"))
        print(json.dumps(seen))
        """;

    /// <summary>How the pipeline's stack and its endpoint are in development, staging and production.</summary>
    private async Task<IReadOnlyList<string>> WitnessAsync(string pipeline)
    {
        var seen = await _system.Boto3Async(Script, pipeline, Dev, Staging, Prod);
        return [.. seen.AsArray().Select(one => (string)one!)];
    }
}
