using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.Images;
using Mlops.Provisioning.ModelCards;

namespace Mlops.Provisioning.Requests;

/// <summary>Judges requests: every finding at once.</summary>
public sealed class RequestValidator(BlueprintCatalog catalog, ImageCatalog images)
{
    /// <summary>The request as it can be provisioned, or null and at least one finding.</summary>
    /// <exception cref="BlueprintException">A blueprint is broken, which is no fault of the request.</exception>
    public ValidatedRequest? Validate(
        PipelineRequest request,
        ValidationScope scope,
        out IReadOnlyList<Finding> findings
    )
    {
        var found = new List<Finding>();
        findings = found;
        if (FindType(request, found) is not { } match)
        {
            return null;
        }

        var (blueprint, type) = match;
        if (blueprint.Manifest.DeploysTo == DeploysTo.Orchestrator)
        {
            scope = scope with { AccountMode = AccountMode.Single, Targets = [DeploymentNames.SingleTarget] };
        }

        var registry = UsesRegistry(blueprint.Manifest, request, scope);
        var given = new Dictionary<string, KeyValue>();
        KeyDefinition[] keys = [.. blueprint.Manifest.Keys.Where(key => key.BelongsTo(type.Type))];
        foreach (var key in keys)
        {
            if (request.Find(key.Name) is { } value)
            {
                if (TargetValues.Read(key, value, scope, found) is { } read)
                {
                    given[key.Name] = read;
                }
            }
            else if (RequiredKeys.IsRequired(key, type, registry, request))
            {
                found.Add(RequiredKeys.Missing(key, blueprint.Manifest, request));
            }
        }

        var values = Defaults.Fill(keys, given, scope.Targets);
        found.AddRange(GridRules.Broken(keys, request, values));
        TunedNames.LeaveOut(keys, values);
        found.AddRange(new KeyRules(request, given, values, scope).Broken(blueprint.Manifest));
        var image = ImageRules.Find(images, blueprint.Manifest, request, values, registry, scope.Region, found);
        var tools = ToolImages.Find(images, blueprint.Manifest, request, scope.Region, found);
        return found.Count == 0 ? new ValidatedRequest(blueprint, type, registry, image, tools, values) : null;
    }

    private (Blueprint Blueprint, PipelineTypeDefinition Type)? FindType(
        PipelineRequest request,
        List<Finding> findings
    )
    {
        if (request.Find(RequestKeys.PipelineType) is not { } value)
        {
            findings.Add(RequiredKeys.MissingType(request, catalog.PipelineTypes));
            return null;
        }

        if (value.Kind == RequestValueKind.Text && catalog.Find(value.Text) is { } match)
        {
            return match;
        }

        var nearest =
            value.Kind == RequestValueKind.Text
                ? Nearest.To(value.Text, catalog.PipelineTypes.Concat(CardRequests.PipelineTypes))
                : null;
        var known = string.Join(", ", catalog.PipelineTypes.Concat(CardRequests.PipelineTypes));
        findings.Add(
            new Problem(
                FindingCodes.UnknownPipelineType,
                $"one of {known}",
                value.Kind == RequestValueKind.Text
                    ? $"There is no pipeline type {Quote.Text(value.Text)}."
                    : $"The pipeline type is {value.KindName}.",
                nearest is null ? $"Give one of {known}." : $"Did you mean {Quote.Text(nearest)}? There are {known}."
            ).At(Quote.Pointer("", RequestKeys.PipelineType), value)
        );
        return null;
    }

    // A request that names a model package asks for that package, whatever the deployment's setting.
    private static bool UsesRegistry(BlueprintManifest manifest, PipelineRequest request, ValidationScope scope) =>
        manifest.Keys.Any(key => key.Name == RequestKeys.ModelPackageName)
        && (scope.UseModelRegistry || request.Find(RequestKeys.ModelPackageName) is not null);
}
