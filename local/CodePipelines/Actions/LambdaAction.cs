using System.Text.Json.Nodes;
using Amazon.SecurityToken.Model;
using Mlops.Local.CodePipelines.Executions;
using Mlops.Local.Functions;
using Mlops.Local.Hosting;

namespace Mlops.Local.CodePipelines.Actions;

/// <summary>
/// Invokes a function and waits for PutJobSuccessResult or PutJobFailureResult; an answer with a continuation token
/// means another job for the function. AWS waits 20 minutes for a function that crashed; here its error ends the action.
/// </summary>
internal sealed class LambdaAction(
    IFunctionInvoker functions,
    Jobs jobs,
    BackgroundWork work,
    CodePipelineEmulatorOptions options
) : IActionRunner
{
    /// <summary>Quotas: "length of time before an action times out"; each continuation starts it anew.</summary>
    private static readonly TimeSpan JobTimeout = TimeSpan.FromMinutes(20);

    /// <summary>All continuations of an action together.</summary>
    private static readonly TimeSpan ActionTimeout = TimeSpan.FromHours(24);

    public async Task RunAsync(ActionContext context, CancellationToken cancellationToken)
    {
        string? continuation = null;
        while (true)
        {
            switch (await AskAsync(context, continuation, cancellationToken))
            {
                case JobAnswer.Failure failure:
                    context.Report(run => run.ExternalId = failure.ExternalId ?? run.ExternalId);
                    throw new ActionFailedException(failure.Type, failure.Message);
                case JobAnswer.Success { ContinuationToken: null } success:
                    Keep(context, success);
                    context.Report(run => run.OutputVariables = success.OutputVariables);
                    return;
                case JobAnswer.Success success:
                    Keep(context, success);
                    continuation = success.ContinuationToken;
                    break;
            }

            if (context.Clock.GetUtcNow() - context.Run.Started > ActionTimeout)
            {
                throw new ActionFailedException("JobFailed", "The action timed out: it was continued for 24 hours");
            }

            await Task.Delay(options.ContinuationDelay, context.Clock, cancellationToken);
        }
    }

    private async Task<JobAnswer> AskAsync(
        ActionContext context,
        string? continuation,
        CancellationToken cancellationToken
    )
    {
        var function = context.Configuration["FunctionName"];
        var session = await context.AsPipelineAsync(cancellationToken);
        var (id, answer) = jobs.Open();
        var crash = new TaskCompletionSource<JobAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        var payload = Event(context, id, continuation, session.Credentials).ToJsonString();
        work.Run(stopping => InvokeAsync(function, payload, answer, crash, stopping));
        try
        {
            var first = await Task.WhenAny(answer, crash.Task).WaitAsync(JobTimeout, context.Clock, cancellationToken);
            return await first;
        }
        catch (TimeoutException)
        {
            throw new ActionFailedException(
                "JobFailed",
                $"The AWS Lambda function {function} did not answer its job within {JobTimeout.TotalMinutes} minutes"
            );
        }
        finally
        {
            jobs.Close(id);
        }
    }

    private async Task InvokeAsync(
        string function,
        string payload,
        Task<JobAnswer> answer,
        TaskCompletionSource<JobAnswer> crash,
        CancellationToken stopping
    )
    {
        string error;
        try
        {
            var returned = await functions.InvokeAsync(function, payload, stopping);
            if (!returned.IsError)
            {
                return;
            }

            error = $"The AWS Lambda function {function} failed without answering its job: {returned.Payload}";
        }
        catch (KeyNotFoundException)
        {
            error = $"The AWS Lambda function {function} does not exist";
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            error = $"The AWS Lambda function {function} could not be invoked: {e.Message}";
        }

        if (answer.IsCompletedSuccessfully)
        {
            options.Log($"CodePipeline emulator: after its answer, {error}");
        }

        crash.TrySetResult(new JobAnswer.Failure("JobFailed", error, ExternalId: null));
    }

    private static void Keep(ActionContext context, JobAnswer.Success success) =>
        context.Report(run =>
        {
            run.Summary = success.Summary ?? run.Summary;
            run.ExternalId = success.ExternalId ?? run.ExternalId;
            run.PercentComplete = success.PercentComplete ?? run.PercentComplete;
        });

    /// <summary>The event of the developer guide, "Example JSON event".</summary>
    private static JsonObject Event(ActionContext context, string jobId, string? continuation, Credentials credentials)
    {
        var data = new JsonObject
        {
            ["actionConfiguration"] = new JsonObject
            {
                ["configuration"] = new JsonObject(
                    context.Configuration.Select(one => KeyValuePair.Create<string, JsonNode?>(one.Key, one.Value))
                ),
            },
            ["inputArtifacts"] = Artifacts(context.Run.Inputs),
            ["outputArtifacts"] = Artifacts(context.Run.Outputs),
            ["artifactCredentials"] = new JsonObject
            {
                ["accessKeyId"] = credentials.AccessKeyId,
                ["secretAccessKey"] = credentials.SecretAccessKey,
                ["sessionToken"] = credentials.SessionToken,
                ["expirationTime"] = credentials.Expiration is { } expiration
                    ? new DateTimeOffset(expiration.ToUniversalTime()).ToUnixTimeMilliseconds()
                    : null,
            },
        };
        if (continuation is not null)
        {
            data["continuationToken"] = continuation;
        }

        if (context.Execution.Declaration.Store.KeyId is { } key)
        {
            data["encryptionKey"] = new JsonObject { ["id"] = key, ["type"] = "KMS" };
        }

        return new JsonObject
        {
            ["CodePipeline.job"] = new JsonObject
            {
                ["id"] = jobId,
                ["accountId"] = context.Pipeline.Account,
                ["data"] = data,
            },
        };
    }

    private static JsonArray Artifacts(IReadOnlyList<Artifact> artifacts) =>
        new([
            .. artifacts.Select(artifact => new JsonObject
            {
                ["name"] = artifact.Name,
                ["revision"] = artifact.RevisionId,
                ["location"] = new JsonObject
                {
                    ["type"] = "S3",
                    ["s3Location"] = new JsonObject { ["bucketName"] = artifact.Bucket, ["objectKey"] = artifact.Key },
                },
            }),
        ]);
}
