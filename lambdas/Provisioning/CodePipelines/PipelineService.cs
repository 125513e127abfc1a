using System.Collections.ObjectModel;
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
    private readonly PipelineConflicts conflicts = new(settings);
    private static readonly ReadOnlyDictionary<string, string> NoTags = ReadOnlyDictionary<string, string>.Empty;

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

        var (plan, problems) = await PlanAsync(read, cancellationToken);
        return problems.Count == 0
            ? await ProvisionAsync(plan, options, cancellationToken)
            : new Refused(RefusalReason.Invalid, problems);
    }

    /// <summary>The plan of a request, and what is wrong with the data that it names. Changes nothing.</summary>
    /// <exception cref="ServiceFailureException">AWS failed.</exception>
    public async Task<(RequestPlan Plan, IReadOnlyList<Finding> Problems)> PlanAsync(
        ValidatedRequest request,
        CancellationToken cancellationToken
    )
    {
        var targets = settings.TargetsOf(request.Blueprint.Manifest);
        var files = new RequestFileMaker(packages, settings.Deployment.AssetsBucket);
        var (whole, problems) = await files.AddAsync(request, targets, cancellationToken);
        return (planner.Plan(whole), problems);
    }

    /// <summary>Carries out a plan.</summary>
    /// <exception cref="ServiceFailureException">AWS failed; the same request again goes on where this one stopped.</exception>
    public async Task<ProvisionOutcome> ProvisionAsync(
        RequestPlan plan,
        ProvisionOptions options,
        CancellationToken cancellationToken
    )
    {
        var there = await LookAsync(plan, options, cancellationToken);
        if (conflicts.Find(plan, there, options) is { } conflict)
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
        if (there.Pipeline is null && await CreateAsync(plan, version, options, cancellationToken))
        {
            return Done(plan, PipelineChange.Created, isNewPackage, started: true, execution: null);
        }

        // Somebody else created it in the meantime: go on with what they made, if it is ours.
        there = there.Pipeline is null ? await LookAsync(plan, options, cancellationToken) : there;
        return conflicts.Owner(plan, there, options) is { } foreign
            ? new Refused(RefusalReason.Conflict, [foreign])
            : await DeliverAsync(plan, options, there, version, isNewPackage, cancellationToken);
    }

    private async Task<ProvisionOutcome> DeliverAsync(
        RequestPlan plan,
        ProvisionOptions options,
        PipelineSituation there,
        string version,
        bool isNewPackage,
        CancellationToken cancellationToken
    )
    {
        var change = there.Differs ? PipelineChange.Updated : PipelineChange.None;
        var name = plan.Request.Name.Text;
        if (!isNewPackage && !there.Differs && IsDelivered(plan, options, there, version))
        {
            // It was started by a call that did not come so far.
            if (!DeploymentTags.TellOf(plan, version, there.Tags, settings.Deployment))
            {
                await TagAsync(plan, version, options, cancellationToken);
            }

            return Done(plan, change, isNewPackage, started: false, execution: null);
        }

        await RejectAsync(name, there.Waits, version, options.Caller, cancellationToken);
        if (there.Differs)
        {
            await pipelines.UpdateAsync(plan.Definition, cancellationToken);
        }

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
        // After the start: what is tagged is on its way, and whoever reads tags alone may rely on that.
        await TagAsync(plan, version, options, cancellationToken);
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

    private static bool IsDelivered(RequestPlan plan, ProvisionOptions options, PipelineSituation there, string version)
    {
        var (uploaded, updated) = (there.Package?.LastModified ?? default, there.Pipeline?.Updated);
        return options.Source is not null
            ? ExecutionNeed.WasStarted(there.Executions, version, uploaded, updated)
            : !plan.Request.Blueprint.HasJob && ExecutionNeed.IsUnderWay(there.Executions, version, uploaded, updated);
    }

    private Task TagAsync(
        RequestPlan plan,
        string version,
        ProvisionOptions options,
        CancellationToken cancellationToken
    ) =>
        pipelines.TagAsync(
            settings.PipelineArn(plan.Request.Name.Text),
            DeploymentTags.OfPipeline(plan, version, options, settings.Deployment),
            cancellationToken
        );

    private Task<bool> CreateAsync(
        RequestPlan plan,
        string version,
        ProvisionOptions options,
        CancellationToken cancellationToken
    )
    {
        var tags = new Dictionary<string, string>(
            DeploymentTags.OfPipeline(plan, version, options, settings.Deployment)
        )
        {
            [DeploymentTags.Origin] = options.Source ?? DeploymentTags.ApiOrigin,
        };
        return pipelines.CreateAsync(plan.Definition, tags, cancellationToken);
    }

    private async Task<PipelineSituation> LookAsync(
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
        var tags = pipeline is null ? NoTags : await pipelines.TagsAsync(settings.PipelineArn(name), cancellationToken);
        var differs =
            pipeline is not null
            && !DefinitionText.AreSame(pipeline.Definition, plan.Definition, settings.Deployment.Region);
        var waits =
            pipeline is not null && options.ReplaceWaiting
                ? PipelineWaits.Of(await pipelines.StateAsync(name, cancellationToken))
                : PipelineWaits.None;
        return new PipelineSituation(key, await package, pipeline, tags, executions, differs, waits);
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
}
