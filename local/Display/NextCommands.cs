using Mlops.Provisioning;

namespace Mlops.Local.Display;

/// <summary>What to try while a run stays; each line runs as pasted in a clean shell, in any folder.</summary>
public static class NextCommands
{
    private const string Environment = "AWS_ACCESS_KEY_ID=testing AWS_SECRET_ACCESS_KEY=testing AWS_DEFAULT_REGION=";

    /// <summary>The commands for a run and, when there is one, its example's pipeline and endpoint.</summary>
    /// <param name="info">The run.</param>
    /// <param name="root">The checkout.</param>
    /// <param name="infoFile">Null when the run has the usual place, which the command line finds by itself.</param>
    /// <param name="examplePath">The example's file.</param>
    /// <param name="pipeline">Null without an example.</param>
    /// <param name="endpoint">Null when none was deployed.</param>
    /// <param name="waiting">The stage that waits for an approval; null when none does.</param>
    public static IReadOnlyList<NextCommand> For(
        SessionInfo info,
        string root,
        string? infoFile,
        string? examplePath,
        string? pipeline,
        EndpointSeen? endpoint,
        string? waiting
    )
    {
        var aws = $"{Environment}{info.Region} aws --endpoint-url {info.Aws}";
        var mlops =
            $"{Quoted(Path.Combine(root, "mlops"))} --local{(infoFile is null ? "" : $" --info {Quoted(infoFile)}")}";
        var there = Account(info, aws, endpoint?.Account);
        var commands = new List<NextCommand>();
        if (examplePath is not null)
        {
            commands.Add(
                new NextCommand(
                    "a request, as any client sends it: the same again changes nothing",
                    $"curl -sS -H 'Content-Type: application/json' --data-binary @{Quoted(examplePath)} {info.Api}/provisionpipeline"
                )
            );
        }

        if (pipeline is not null)
        {
            commands.Add(new NextCommand("its stages", $"{aws} codepipeline get-pipeline-state --name {pipeline}"));
            commands.Add(new NextCommand("the same by our own command line", $"{mlops} status {pipeline}"));
        }

        if (info.ConfigRepository is { } repository)
        {
            commands.Add(
                new NextCommand(
                    "the repository whose mlops-config.json names the pipelines: change it there, commit, push",
                    $"git clone {Quoted(repository)} \"$(mktemp -d)/mlops-config\""
                )
            );
        }

        if (info.ConfigBucket is { } bucket)
        {
            var example = Path.Combine(
                root,
                "blueprints",
                "realtime-inference",
                "examples",
                "byom_realtime_builtin.json"
            );
            commands.Add(
                new NextCommand(
                    "the bucket whose config file names the pipelines: whatever is put there is applied",
                    $"sed 's/\"my-model\"/\"my-second-model\"/' {Quoted(example)} | {aws} s3 cp - {Quoted($"s3://{bucket}/{info.ConfigKey}")}"
                )
            );
        }

        if (pipeline is not null && waiting is not null)
        {
            commands.AddRange(Answers(info, mlops, aws, pipeline, waiting));
        }

        commands.Add(
            new NextCommand(
                $"the endpoints in service{(endpoint?.Account is { } account ? $" in account {account}" : "")}",
                $"{there} sagemaker list-endpoints"
            )
        );
        if (endpoint is not null)
        {
            commands.Add(
                new NextCommand(
                    "ask the endpoint; the answer is moto's canned one, no model runs here",
                    $"{there} sagemaker-runtime invoke-endpoint --endpoint-name {endpoint.Name} --content-type text/csv --body MSwyLDM= /dev/stdout"
                )
            );
        }

        commands.Add(
            new NextCommand(
                "put a model of your own (here a new, empty file) into the assets bucket",
                $"touch my-model.tar.gz && {aws} s3 cp my-model.tar.gz s3://{info.AssetsBucket}/models/my-model.tar.gz"
            )
        );
        return commands;
    }

    /// <summary>Each alone answers the approval that waits.</summary>
    private static IEnumerable<NextCommand> Answers(
        SessionInfo info,
        string mlops,
        string aws,
        string pipeline,
        string stage
    )
    {
        var target = info
            .Targets.FirstOrDefault(one => new Target(one.Name, AccountId.Parse(one.Account)).StageName == stage)
            ?.Name;
        var where = target is null ? pipeline : $"{pipeline} {target}";
        yield return new NextCommand(
            $"let it go on to {target ?? stage}",
            $"{mlops} approve {where} --comment \"load test ok\""
        );
        yield return new NextCommand("or not", $"{mlops} reject {where} --comment \"not this week\"");
        var token =
            $"$({aws} codepipeline get-pipeline-state --name {pipeline} --output text --query \"stageStates[?stageName=='{stage}'].actionStates[].latestExecution.token | [0]\")";
        yield return new NextCommand(
            "or answer as any client of AWS does",
            $"{aws} codepipeline put-approval-result --pipeline-name {pipeline} --stage-name {stage} --action-name Approve --result summary=\"load test ok\",status=Approved --token {token}"
        );
    }

    /// <summary>The AWS command line in another account, by a role that is taken on there.</summary>
    private static string Account(SessionInfo info, string aws, string? account) =>
        account is null
            ? aws
            : $"env $({aws} sts assume-role --role-arn arn:aws:iam::{account}:role/me --role-session-name me --output text --query \"join(' ', [join('=', ['AWS_ACCESS_KEY_ID', Credentials.AccessKeyId]), join('=', ['AWS_SECRET_ACCESS_KEY', Credentials.SecretAccessKey]), join('=', ['AWS_SESSION_TOKEN', Credentials.SessionToken])])\") AWS_DEFAULT_REGION={info.Region} aws --endpoint-url {info.Aws}";

    private static string Quoted(string path) =>
        path.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '.' or '-' or '_' or ':')
            ? path
            : $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
