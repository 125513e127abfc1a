using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.RequestFiles;
using Mlops.Provisioning.Requests;

namespace Mlops.Provisioning.CodePipelines;

/// <summary>
/// Provisions pipelines: uploads the package, creates or updates the pipeline, starts it. Each step is left out when
/// what is there is what it would make, so the same request again, after a failure at any point, goes on from there.
/// </summary>
public sealed class PipelineService(
    RequestPlanner planner,
    ProvisioningSettings settings,
    IPackageStore packages,
    IPipelines pipelines
)
{
    /// <summary>Carries out a request, whatever its bytes are.</summary>
    /// <exception cref="ServiceFailureException">AWS failed; the same request again goes on where this one stopped.</exception>
    /// <exception cref="BlueprintException">A blueprint is broken, which is no fault of the request.</exception>
    public async Task<ProvisionOutcome> ProvisionAsync(
        ReadOnlyMemory<byte> json,
        ProvisionOptions options,
        CancellationToken cancellationToken
    )
    {
        if (planner.Read(json.Span, out var findings) is not { } read)
        {
            var tooLarge = findings.Any(finding => finding.Code == FindingCodes.TooLarge);
            return new Refused(tooLarge ? RefusalReason.TooLarge : RefusalReason.Invalid, findings);
        }

        var targets = settings.TargetsOf(read.Blueprint.Manifest);
        var files = new RequestFileMaker(packages, settings.Deployment.AssetsBucket);
        var (request, problems) = await files.AddAsync(read, targets, cancellationToken);
        if (problems.Count > 0)
        {
            return new Refused(RefusalReason.Invalid, problems);
        }

        var plan = planner.Plan(request);

        var there = await LookAsync(plan, options, cancellationToken);
        if (Conflict(plan, there, options) is { } conflict)
        {
            return new Refused(RefusalReason.Conflict, [conflict]);
        }

        // From here on we write. Nothing above does.
        foreach (var file in plan.Files)
        {
            await packages.PutAsync(file, cancellationToken);
        }

        var isNewPackage = there.Package?.Sha256 != plan.Package.Sha256;
        var version = isNewPackage
            ? await packages.PutAsync(
                there.Key,
                plan.Package,
                new PackageOrigin(plan.Request.ModelName, options.Caller),
                cancellationToken
            )
            : there.Package!.VersionId;
        if (there.Pipeline is null && await CreateAsync(plan, cancellationToken))
        {
            return Done(plan, PipelineChange.Created, isNewPackage, started: true, execution: null);
        }

        // Somebody else created it in the meantime: go on with what they made, if it is ours.
        there = there.Pipeline is null ? await LookAsync(plan, options, cancellationToken) : there;
        return NotOurs(plan, there) is { } foreign
            ? new Refused(RefusalReason.Conflict, [foreign])
            : await DeliverAsync(plan, options, there, version, isNewPackage, cancellationToken);
    }

    private async Task<ProvisionOutcome> DeliverAsync(
        RequestPlan plan,
        ProvisionOptions options,
        Situation there,
        string version,
        bool isNewPackage,
        CancellationToken cancellationToken
    )
    {
        var change = there.Differs ? PipelineChange.Updated : PipelineChange.None;
        var underWay =
            !isNewPackage
            && !there.Differs
            && !plan.Request.Blueprint.HasJob
            && ExecutionNeed.IsUnderWay(
                there.Executions,
                version,
                there.Package?.LastModified ?? default,
                there.Pipeline?.Updated
            );
        if (underWay)
        {
            return Done(plan, change, isNewPackage, started: false, execution: null);
        }

        var name = plan.Request.Name.Text;
        await RejectAsync(name, there.Waits, version, options.Caller, cancellationToken);
        if (there.Differs)
        {
            await pipelines.UpdateAsync(plan.Definition, cancellationToken);
        }

        var tags = DeploymentTags.OfPipeline(plan.Request, settings.Deployment.DeploymentName, plan.Package.Sha256);
        await pipelines.TagAsync(settings.PipelineArn(name), tags, cancellationToken);
        var token = ExecutionNeed.Token(
            there.Executions,
            version,
            DefinitionText.Of(plan.Definition, settings.Deployment.Region),
            there.Waits.Executions
        );
        var execution = await pipelines.StartAsync(
            new ExecutionStart(name, PipelineShape.Source, version, token),
            cancellationToken
        );
        var done = Done(plan, change, isNewPackage, started: true, execution);
        return there.Waits.Approvals.Count == 0
            ? done
            : done with
            {
                Message = $"{done.Message}; what waited for an approval is rejected",
            };
    }

    /// <summary>
    /// Those behind first: the rejection opens the stage, and one of them would enter it and ask in the place of what is
    /// delivered now.
    /// </summary>
    private async Task RejectAsync(
        string name,
        PipelineWaits waits,
        string version,
        string? caller,
        CancellationToken cancellationToken
    )
    {
        var reason = $"replaced by version {version} of the package";
        foreach (var execution in waits.Behind)
        {
            await pipelines.StopAsync(name, execution, reason, cancellationToken);
        }

        foreach (var waiting in waits.Approvals)
        {
            var summary = AnswerSummary.Of(caller, reason);
            // What somebody answered in the meantime is not for us to answer.
            await pipelines.AnswerAsync(
                new ApprovalAnswer(name, waiting, IsApproved: false, summary),
                cancellationToken
            );
        }
    }

    private Task<bool> CreateAsync(RequestPlan plan, CancellationToken cancellationToken) =>
        pipelines.CreateAsync(
            plan.Definition,
            DeploymentTags.OfPipeline(plan.Request, settings.Deployment.DeploymentName, plan.Package.Sha256),
            cancellationToken
        );

    private async Task<Situation> LookAsync(
        RequestPlan plan,
        ProvisionOptions options,
        CancellationToken cancellationToken
    )
    {
        var name = plan.Request.Name.Text;
        var key = DeploymentNames.PackageKey(name);
        var package = packages.FindAsync(key, cancellationToken);
        var pipeline = await pipelines.FindAsync(name, cancellationToken);
        var executions = pipeline is null ? [] : await pipelines.NewestExecutionsAsync(name, cancellationToken);
        var tags = pipeline is null ? null : await pipelines.TagsAsync(settings.PipelineArn(name), cancellationToken);
        var differs =
            pipeline is not null
            && !DefinitionText.AreSame(pipeline.Definition, plan.Definition, settings.Deployment.Region);
        var owner = tags?.GetValueOrDefault(DeploymentTags.Deployment);
        var waits =
            pipeline is not null && options.ReplaceWaiting
                ? PipelineWaits.Of(await pipelines.StateAsync(name, cancellationToken))
                : PipelineWaits.None;
        return new Situation(key, await package, pipeline, owner, executions, differs, waits);
    }

    /// <summary>
    /// Names of pipelines do not say whose they are, and two deployments may share an account and a region: without this
    /// the second would give the first one's pipelines its own role, buckets and parameters.
    /// </summary>
    private Finding? NotOurs(RequestPlan plan, Situation there)
    {
        var (name, ours) = (plan.Request.Name.Text, settings.Deployment.DeploymentName);
        return there.Pipeline is null || there.Owner == ours
            ? null
            : new Finding(
                FindingCodes.OtherDeployment,
                $"/{plan.Request.Blueprint.Manifest.NameKey}",
                plan.Request.ModelName,
                $"pipelines that this deployment made (tag {DeploymentTags.Deployment})",
                there.Owner is null
                    ? $"There is a pipeline {name} already, and no deployment's name is on it."
                    : $"The pipeline {name} belongs to the deployment \"{there.Owner}\" in the same account and region.",
                there.Owner is null
                    ? $"If it is to become this deployment's, run: aws codepipeline tag-resource --resource-arn {settings.PipelineArn(name)} --tags key={DeploymentTags.Deployment},value={ours}"
                    : "Send the request there, or give the model another name."
            );
    }

    private Finding? Conflict(RequestPlan plan, Situation there, ProvisionOptions options)
    {
        if (NotOurs(plan, there) is { } foreign)
        {
            return foreign;
        }

        var name = plan.Request.Name;
        if (there.Pipeline is not null && there.Package?.ModelName is { } owner && owner != plan.Request.ModelName)
        {
            return new Finding(
                FindingCodes.NameTaken,
                $"/{plan.Request.Blueprint.Manifest.NameKey}",
                plan.Request.ModelName,
                "model names that differ in more than upper and lower case",
                $"The pipeline {name} belongs to the model \"{owner}\".",
                $"Write \"{owner}\" to update that pipeline, or give the new model another name."
            );
        }

        var running =
            there.Differs && !options.Force
                ? there.Executions.FirstOrDefault(execution =>
                    execution.IsActive && !there.Waits.Executions.Contains(execution.Id)
                )
                : null;
        return running is null
            ? null
            : new Finding(
                FindingCodes.PipelineRunning,
                "",
                running.Id,
                "no execution runs or waits while the pipeline's definition changes",
                $"The pipeline {name} has to be updated, which would end its execution {running.Id}.",
                "Send the request again when that execution has ended; or end it: mlops provision FILE --force (POST /provisionpipeline?force=true)."
            );
    }

    private Provisioned Done(
        RequestPlan plan,
        PipelineChange change,
        bool isNewPackage,
        bool started,
        string? execution
    )
    {
        var name = plan.Request.Name.Text;
        var message = (change, isNewPackage, started) switch
        {
            (PipelineChange.Created, _, _) => $"success: pipeline {name} is created, and its first execution started",
            (PipelineChange.Updated, _, _) =>
                $"success: pipeline {name} has a new definition, and an execution started",
            (_, true, _) => $"success: pipeline {name} is already provisioned; its new parameters are being deployed",
            (_, _, true) =>
                $"success: pipeline {name} is already provisioned with these parameters; an execution started",
            _ => $"success: pipeline {name} is already provisioned with these parameters; nothing was started",
        };
        return new Provisioned(message, settings.PipelineArn(name), name, change, isNewPackage, started, execution);
    }

    /// <summary>What was there when we looked.</summary>
    private sealed record Situation(
        string Key,
        StoredPackage? Package,
        ExistingPipeline? Pipeline,
        string? Owner,
        IReadOnlyList<PipelineExecution> Executions,
        bool Differs,
        PipelineWaits Waits
    );
}
