using System.Text;
using Mlops.Cli.Requests;
using Mlops.Provisioning;
using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Images;
using Mlops.Provisioning.Requests;

namespace Mlops.Cli.Conformance;

/// <summary>Every pipeline type has an example, and every example is provisioned, up to the calls to AWS.</summary>
internal static class ExampleRules
{
    private const string Folder = "examples";

    /// <summary>What CloudFormation takes for a parameter (AWS CloudFormation quotas).</summary>
    private const int LongestValue = 4096;

    /// <summary>The examples that passed.</summary>
    public static IReadOnlyList<string> Run(
        string folder,
        Blueprint blueprint,
        IReadOnlyDictionary<string, Template> templates,
        List<ConformanceProblem> problems
    )
    {
        var place = Path.Combine(folder, Folder);
        List<string> names = Directory.Exists(place)
            ?
            [
                .. Directory
                    .EnumerateFiles(place, "*.json")
                    .Select(file => Path.GetFileName(file))
                    .Order(StringComparer.Ordinal),
            ]
            : [];
        problems.AddRange(
            blueprint
                .Manifest.PipelineTypes.Where(type => !names.Contains($"{type.Type}.json"))
                .Select(type => new ConformanceProblem(
                    $"{Folder}/{type.Type}.json",
                    "examples",
                    $"It is missing: the pipeline type {type.Type} needs an example. Its shortest request: mlops explain {type.Type} --blueprints {Path.GetFileName(folder)}"
                ))
        );
        var passed = new List<string>();
        foreach (var name in names)
        {
            var found = Problems(folder, name, templates).ToList();
            problems.AddRange(found);
            if (found.Count == 0)
            {
                passed.Add(name);
            }
        }

        return passed;
    }

    private static IEnumerable<ConformanceProblem> Problems(
        string folder,
        string name,
        IReadOnlyDictionary<string, Template> templates
    )
    {
        var file = $"{Folder}/{name}";
        var settings = SampleDeployment.For(name);
        var planner = new RequestPlanner(
            new RequestValidator(BlueprintCatalog.OpenOne(folder), new ImageCatalog()),
            settings
        );
        if (planner.Plan(File.ReadAllBytes(Path.Combine(folder, Folder, name)), out var findings) is not { } plan)
        {
            var request = new RequestFile(file, File.ReadAllBytes(Path.Combine(folder, Folder, name)));
            return findings.Select(finding => new ConformanceProblem(
                file,
                "examples",
                finding.ToString(),
                request.Locate(finding).Line
            ));
        }

        if (!name.StartsWith(plan.Request.Type.Type, StringComparison.Ordinal))
        {
            return
            [
                new(file, "examples", $"Its name does not begin with its pipeline type, {plan.Request.Type.Type}."),
            ];
        }

        return from target in plan.Targets
            from part in target.Parts
            where templates.ContainsKey(part.Part.Template)
            from parameter in part.Parameters
            let refusal = Encoding.UTF8.GetByteCount(parameter.Value) > LongestValue
                ? $"its value has more than {LongestValue} bytes"
                : ParameterRules.Refusal(templates[part.Part.Template], parameter.Key, parameter.Value)
            where refusal is not null
            select new ConformanceProblem(
                file,
                "examples",
                $"CloudFormation would refuse the parameter {parameter.Key} of {part.Part.Template} in {target.Target.Name}: {refusal}."
            );
    }
}
