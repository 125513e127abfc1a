using System.Text.Json.Nodes;
using Amazon.Runtime;
using Mlops.Cli.Access;
using Mlops.Cli.Assets;
using Mlops.Cli.Display;
using Mlops.Cli.Requests;
using Spectre.Console;

namespace Mlops.Cli.Commands;

/// <summary>
/// <c>mlops check-access FILE</c>: whether a bucket and a repository of the user's let the targets in other accounts do what
/// they have to.
/// </summary>
internal sealed class CheckAccessCommand(CliConsole console, CliServices services)
{
    /// <summary>Runs the command; <see cref="ExitCode.Failed"/> where a policy lacks something.</summary>
    /// <exception cref="ExpectedFailureException">The outputs or a policy cannot be read.</exception>
    public async Task<ExitCode> RunAsync(GlobalSettings global, string file, CancellationToken cancellation)
    {
        var outputs = StackOutputs.Of(await RequestFile.ReadAsync(file, services, cancellation));
        var bucket = AssetsBucket.Of(
            global with
            {
                Region = global.Region ?? outputs.Region,
            },
            outputs.Bucket,
            services
        );
        var policies = new OwnersPolicies(bucket, services);
        try
        {
            List<AccessAnswer> answers =
            [
                .. await CheckAsync($"bucket {outputs.Bucket}", outputs.OfBucket, policies.OfBucketAsync, cancellation),
                .. await CheckAsync(
                    $"key of the bucket {outputs.Bucket}",
                    outputs.OfKey,
                    policies.OfKeyAsync,
                    cancellation
                ),
                .. await CheckAsync(
                    $"repository {outputs.Repository}",
                    outputs.OfRepository,
                    token => policies.OfRepositoryAsync(outputs.Repository, token),
                    cancellation
                ),
            ];
            Tell(global, answers);
            return answers.TrueForAll(answer => answer.Present) ? ExitCode.Done : ExitCode.Failed;
        }
        catch (AmazonServiceException refusal)
        {
            throw new ExpectedFailureException(
                $"The policy of the bucket {outputs.Bucket} cannot be read: {refusal.Message}",
                "Your policy has to allow s3:GetBucketPolicy and s3:GetEncryptionConfiguration; who you are is told by: aws sts get-caller-identity",
                refusal
            );
        }
        catch (Exception problem) when (problem is AmazonClientException or HttpRequestException)
        {
            throw new ExpectedFailureException(
                $"AWS does not answer: {problem.Message}",
                "Asking again does no harm.",
                problem
            );
        }
    }

    private static async Task<IEnumerable<AccessAnswer>> CheckAsync(
        string what,
        IReadOnlyList<JsonObject> wanted,
        Func<CancellationToken, Task<JsonObject>> read,
        CancellationToken cancellation
    )
    {
        if (wanted.Count == 0)
        {
            return [];
        }

        var policy = await read(cancellation);
        return wanted.Select(statement =>
        {
            var missing = PolicyCover.Missing(statement, policy);
            return new AccessAnswer(
                what,
                (string?)statement["Sid"] ?? "",
                missing.Count == 0,
                missing,
                missing.Count == 0 ? null : statement
            );
        });
    }

    private void Tell(GlobalSettings global, List<AccessAnswer> answers)
    {
        if (global.Output == OutputFormat.Json)
        {
            console.WriteJson(
                new CheckAccessAnswer(answers.TrueForAll(answer => answer.Present), answers),
                AnswerJson.Default.CheckAccessAnswer
            );
            return;
        }

        if (answers.Count == 0)
        {
            CliConsole.WriteLine(
                console.Output,
                "Nothing to check: bucket and repository are the deployment's own, or there is no other account."
            );
        }

        foreach (var answer in answers)
        {
            console.Output.MarkupLineInterpolated(
                $"[{(answer.Present ? "green" : "red")}]{(answer.Present ? "there" : "missing")}:[/] {answer.Sid} in the policy of the {answer.Policy}"
            );
            foreach (var missing in answer.Missing)
            {
                CliConsole.WriteLine(console.Output, $"  {missing}");
            }

            if (answer.Statement is { } statement)
            {
                CliConsole.WriteLine(console.Output, $"  add: {statement.ToJsonString()}");
            }
        }
    }
}
