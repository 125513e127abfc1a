using Mlops.Provisioning.Blueprints;

namespace Mlops.Cli.Conformance;

/// <summary>
/// The rules that every blueprint is held to, ours and anybody's: what can be said without AWS. A test runs it over
/// blueprints/, <c>mlops blueprint check</c> over any folder.
/// </summary>
public static class BlueprintConformance
{
    /// <summary>Checks a blueprint's folder; all problems at once.</summary>
    public static ConformanceResult Check(string folder)
    {
        var whole = Path.GetFullPath(folder).TrimEnd(Path.DirectorySeparatorChar);
        var folderName = Path.GetFileName(whole);
        if (ManifestSchema.Problems(Path.Combine(whole, Blueprint.ManifestFile)) is { Count: > 0 } early)
        {
            return new ConformanceResult(folderName, early, []);
        }

        Blueprint blueprint;
        try
        {
            blueprint = Blueprint.Read(whole);
        }
        catch (BlueprintException broken)
        {
            return new ConformanceResult(
                folderName,
                [
                    .. broken.Problems.Select(problem => new ConformanceProblem(
                        Blueprint.ManifestFile,
                        "manifest",
                        $"{char.ToUpperInvariant(problem[0])}{problem[1..].TrimEnd('.')}."
                    )),
                ],
                []
            );
        }

        var problems = new List<ConformanceProblem>(ManifestRules.Problems(blueprint.Manifest, folderName));
        var templates = new Dictionary<string, Template>(StringComparer.Ordinal);
        foreach (var part in blueprint.Manifest.Parts)
        {
            if (TemplateFile.Read(whole, part.Template, problems) is { } template)
            {
                templates[part.Template] = template;
                problems.AddRange(ParameterRules.Problems(part, template));
                problems.AddRange(InsertionRules.Problems(part, blueprint.ReadTemplate(part)));
                problems.AddRange(RoleRules.Problems(part, template));
                problems.AddRange(StateMachineRules.Problems(part, template));
            }
        }

        var examples = templates.Count == 0 ? [] : ExampleRules.Run(whole, blueprint, templates, problems);
        return new ConformanceResult(blueprint.Manifest.Name, problems, examples) { Templates = [.. templates.Keys] };
    }
}
