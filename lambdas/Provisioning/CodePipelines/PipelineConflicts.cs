using Mlops.Provisioning.Requests;

namespace Mlops.Provisioning.CodePipelines;

/// <summary>What keeps a right request from being carried out: what is there now.</summary>
internal sealed class PipelineConflicts(ProvisioningSettings settings)
{
    /// <summary>
    /// Names of pipelines do not say whose they are, and two deployments may share an account and a region: without this
    /// the second would give the first one's pipelines its own role, buckets and parameters.
    /// </summary>
    private Finding? NotOurs(RequestPlan plan, PipelineSituation there)
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

    /// <summary>
    /// Two sources that name the same pipeline would change it in turns, and each would believe that it is as it says.
    /// </summary>
    public static Finding? OtherOrigin(
        RequestPlan plan,
        IReadOnlyDictionary<string, string> tags,
        string? source,
        ProvisioningSettings settings
    )
    {
        var (name, origin) = (plan.Request.Name.Text, tags.GetValueOrDefault(DeploymentTags.Origin));
        return source is null || origin == source
            ? null
            : new Finding(
                FindingCodes.OtherOrigin,
                $"/{plan.Request.Blueprint.Manifest.NameKey}",
                plan.Request.ModelName,
                $"pipelines that this source made (tag {DeploymentTags.Origin})",
                origin is null or DeploymentTags.ApiOrigin
                    ? $"The pipeline {name} was made by a request to the API."
                    : $"The pipeline {name} comes from another source, {origin}.",
                $"Give the model another name, or hand the pipeline over: aws codepipeline tag-resource --resource-arn {settings.PipelineArn(name)} --tags key={DeploymentTags.Origin},value={source}"
            );
    }

    /// <summary>Names of pipelines are in lower case, those of models need not be.</summary>
    /// <param name="plan">What is to be.</param>
    /// <param name="model">The model whose pipeline is there; null when nobody knows.</param>
    public static Finding? OtherModel(RequestPlan plan, string? model) =>
        model is null || model == plan.Request.ModelName
            ? null
            : new Finding(
                FindingCodes.NameTaken,
                $"/{plan.Request.Blueprint.Manifest.NameKey}",
                plan.Request.ModelName,
                "model names that differ in more than upper and lower case",
                $"The pipeline {plan.Request.Name} belongs to the model \"{model}\".",
                $"Write \"{model}\" to update that pipeline, or give the new model another name."
            );

    /// <summary>Why what is there is not the request's to change, or null.</summary>
    public Finding? Owner(RequestPlan plan, PipelineSituation there, ProvisionOptions options) =>
        NotOurs(plan, there)
        ?? (there.Pipeline is null ? null : OtherOrigin(plan, there.Tags, options.Source, settings));

    /// <summary>Why the request cannot be carried out now, or null.</summary>
    public Finding? Find(RequestPlan plan, PipelineSituation there, ProvisionOptions options)
    {
        if (Owner(plan, there, options) is { } foreign)
        {
            return foreign;
        }

        if (there.Pipeline is not null && OtherModel(plan, there.Package?.ModelName) is { } taken)
        {
            return taken;
        }

        var name = plan.Request.Name;
        if (BeingTakenDown(name.Text, there, options) is { } going)
        {
            return going;
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

    /// <summary>
    /// One that has just succeeded is removed in the next moment, and what was made of it now would go with it. One whose
    /// teardown never started is nobody's to wait for.
    /// </summary>
    private static Finding? BeingTakenDown(string name, PipelineSituation there, ProvisionOptions options) =>
        there is { Pipeline: { } pipeline, Executions: [var newest, ..] }
        && TeardownShape.Is(pipeline.Definition)
        && TeardownEnd.IsOf(newest, pipeline)
        && (newest.Status == "Succeeded" || (newest.IsActive && !options.Force))
            ? new Finding(
                FindingCodes.BeingTakenDown,
                "",
                newest.Id,
                "a pipeline that is not being taken down",
                $"The pipeline {name} is being taken down by its execution {newest.Id}.",
                $"Send the request again when it is gone: mlops status {name}. If it stays although all its stages have succeeded: mlops delete {name}."
            )
            : null;
}
