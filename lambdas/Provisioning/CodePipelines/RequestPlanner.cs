using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.Packaging;
using Mlops.Provisioning.RequestFiles;
using Mlops.Provisioning.Requests;

namespace Mlops.Provisioning.CodePipelines;

/// <summary>A request with everything made of it that needs no call to AWS.</summary>
/// <param name="Request">The request.</param>
/// <param name="Targets">Stacks and parameters of each target.</param>
/// <param name="Package">The pipeline's source.</param>
/// <param name="Definition">The pipeline's structure.</param>
public sealed record RequestPlan(
    ValidatedRequest Request,
    IReadOnlyList<MappedTarget> Targets,
    TemplatePackage Package,
    PipelineDefinition Definition
)
{
    /// <summary>What the parameters name and the assets bucket has to hold, each once.</summary>
    public IEnumerable<RequestFile> Files =>
        Request
            .Files.Concat(Targets.SelectMany(target => target.Parts).SelectMany(part => part.Files))
            .DistinctBy(file => file.Key);
}

/// <summary>Makes plans of requests: all that can fail for a reason in the request fails here.</summary>
public sealed class RequestPlanner(RequestValidator validator, ProvisioningSettings settings)
{
    /// <summary>The plan, or null and at least one finding. The same bytes give the same plan.</summary>
    /// <exception cref="BlueprintException">A blueprint is broken, which is no fault of the request.</exception>
    public RequestPlan? Plan(ReadOnlySpan<byte> json, out IReadOnlyList<Finding> findings) =>
        Read(json, out findings) is { } request ? Plan(request) : null;

    /// <summary>The request that the plan is made of, or null and at least one finding.</summary>
    /// <exception cref="BlueprintException">A blueprint is broken, which is no fault of the request.</exception>
    public ValidatedRequest? Read(ReadOnlySpan<byte> json, out IReadOnlyList<Finding> findings) =>
        PipelineRequest.TryParse(json, out var request, out findings) ? Read(request, out findings) : null;

    /// <summary>The request that the plan is made of, or null and at least one finding.</summary>
    /// <exception cref="BlueprintException">A blueprint is broken, which is no fault of the request.</exception>
    public ValidatedRequest? Read(PipelineRequest request, out IReadOnlyList<Finding> findings) =>
        validator.Validate(request, settings.Scope, out findings);

    /// <summary>The plan. Where a blueprint has files made of the request's data, the request is to have them.</summary>
    public RequestPlan Plan(ValidatedRequest request)
    {
        var targets = ParameterMapper.Map(request, settings);
        return new RequestPlan(request, targets, Pack(request, targets), PipelineShape.Of(request, targets, settings));
    }

    private TemplatePackage Pack(ValidatedRequest request, IReadOnlyList<MappedTarget> targets)
    {
        var manifest = request.Blueprint.Manifest;
        var tags = DeploymentTags.OfStack(request, settings.Deployment.DeploymentName);
        return TemplatePackage.Pack(() =>
            manifest
                .Parts.Select(part => new PackageFile(
                    PackageFiles.Template(manifest, part),
                    TemplateInsertions.Apply(request.Blueprint.ReadTemplate(part), part, request)
                ))
                .Concat(
                    targets.SelectMany(target =>
                        target.Parts.Select(part => new PackageFile(
                            PackageFiles.Parameters(manifest, part.Part, target.Target),
                            TemplateConfiguration.Write(part.Parameters, tags)
                        ))
                    )
                )
        );
    }
}
