using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Mlops.Local.Stacks.Wire;
using Mlops.Local.StateMachines.Language;

namespace Mlops.Local.StateMachines.Tasks;

/// <summary>
/// The service integrations that our blueprints use: SageMaker's jobs, waited for (<c>.sync</c>) or not, its other calls and
/// S3's objects by the SDK integration. Everything is called against the local AWS, as the state machine's role.
/// </summary>
internal sealed partial class ServiceTasks(LocalAws aws, AwsAccount role, TimeProvider clock) : ITasks
{
    private const string SageMaker = "sagemaker";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    public async Task<JsonNode?> RunAsync(string resource, JsonNode? parameters, CancellationToken cancellationToken)
    {
        var match = Integration().Match(resource);
        var request = parameters as JsonObject ?? [];
        var action = match.Groups["action"].Value;
        if (match.Groups["service"].Value == "codebuild" && action == "startBuild")
        {
            // moto would call it a success at once; there is no Docker behind it, and no image.
            throw new NotCarriedOutException("codebuild:StartBuild, for there is no Docker");
        }

        if (match.Groups["service"].Value == "s3" && ObjectTasks.Has(action))
        {
            return await new ObjectTasks(aws.Endpoint, role).RunAsync(action, request, cancellationToken);
        }

        if (!match.Success || match.Groups["service"].Value != SageMaker)
        {
            throw StateFailedException.Runtime($"Not carried out locally: the resource {resource}");
        }

        var operation = $"{char.ToUpperInvariant(action[0])}{action[1..]}";
        if (operation == "CreateAutoMLJobV2")
        {
            // moto fails where the kind of problem is left open, and makes a job that is in progress for ever where it is not.
            throw new NotCarriedOutException($"{SageMaker}:{operation}");
        }

        if (!match.Groups["sync"].Success)
        {
            return await CallAsync(operation, request, cancellationToken);
        }

        var job = SageMakerJob.Of(operation) ?? throw StateFailedException.Runtime($"There is no {resource}");
        await RequireNewAsync(job, $"{request[job.NameMember]}", cancellationToken);
        await CallAsync(operation, request, cancellationToken);
        return await EndAsync(job, request, cancellationToken);
    }

    /// <summary>moto takes any name, and the same again; SageMaker does not.</summary>
    private async Task RequireNewAsync(SageMakerJob job, string name, CancellationToken cancellationToken)
    {
        if (name.Length > job.NameLimit || !JobName().IsMatch(name))
        {
            throw new StateFailedException(
                "SageMaker.ValidationException",
                $"'{name}' at '{job.NameMember}' must have 1 to {job.NameLimit} letters, digits and hyphens"
            );
        }

        try
        {
            await CallAsync(job.Describe, new JsonObject { [job.NameMember] = name }, cancellationToken);
        }
        catch (StateFailedException)
        {
            return;
        }

        throw new StateFailedException("SageMaker.ResourceInUse", $"There is a {job.Kind} named '{name}' already");
    }

    /// <summary>Waits as the <c>.sync</c> integration does: its result is the job's description, its failure has that as cause.</summary>
    private async Task<JsonNode> EndAsync(SageMakerJob job, JsonObject request, CancellationToken cancellationToken)
    {
        var question = new JsonObject { [job.NameMember] = request[job.NameMember]?.DeepClone() };
        while (true)
        {
            var described = await CallAsync(job.Describe, question, cancellationToken);
            switch ($"{described[job.StatusMember]}")
            {
                case "Completed":
                    return described;
                case "Failed" or "Stopped":
                    throw new StateFailedException("States.TaskFailed", described.ToJsonString());
            }

            await Task.Delay(Pause, clock, cancellationToken);
        }
    }

    private async Task<JsonObject> CallAsync(string operation, JsonObject request, CancellationToken cancellationToken)
    {
        try
        {
            return await aws.JsonAsync(role, SageMaker, $"SageMaker.{operation}", request, cancellationToken);
        }
        catch (AwsCallException refusal)
            when (refusal.Code.Length == 0 || refusal.Status >= HttpStatusCode.InternalServerError)
        {
            throw new NotCarriedOutException($"{SageMaker}:{operation}");
        }
        catch (AwsCallException refusal)
        {
            throw new StateFailedException($"SageMaker.{refusal.Code}", refusal.Message);
        }
    }

    [GeneratedRegex(
        @"^arn:[a-z-]+:states:::(aws-sdk:(?<service>[a-z0-9]+):(?<action>[a-zA-Z0-9]+)|(?<service>[a-z0-9]+):(?<action>[a-zA-Z0-9]+)(?<sync>\.sync)?)$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Integration();

    [GeneratedRegex("^[a-zA-Z0-9](-*[a-zA-Z0-9])*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex JobName();
}

/// <summary>A kind of job that the <c>.sync</c> integration waits for.</summary>
/// <param name="Kind">As in <c>Create…</c> and <c>Describe…</c>.</param>
internal sealed record SageMakerJob(string Kind)
{
    private static readonly string[] Kinds =
    [
        "HyperParameterTuningJob",
        "ProcessingJob",
        "TrainingJob",
        "TransformJob",
    ];

    /// <summary>Characters of a job's name, by the service's API reference.</summary>
    public int NameLimit => Kind == "HyperParameterTuningJob" ? 32 : 63;

    public string NameMember => $"{Kind}Name";

    public string StatusMember => $"{Kind}Status";

    public string Describe => $"Describe{Kind}";

    public static SageMakerJob? Of(string operation) =>
        Kinds.Where(kind => operation == $"Create{kind}").Select(kind => new SageMakerJob(kind)).FirstOrDefault();
}
