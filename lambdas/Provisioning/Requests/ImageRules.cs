using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.Images;
using Mlops.Provisioning.Values;

namespace Mlops.Provisioning.Requests;

/// <summary>
/// Which image a request asks for, in each target: its instance type decides the processor. The client's own always wins;
/// a version is never replaced by another.
/// </summary>
internal static class ImageRules
{
    private static readonly KeyValue None = new("");

    public static KeyValue Find(
        ImageCatalog images,
        BlueprintManifest manifest,
        PipelineRequest request,
        Dictionary<string, KeyValue> values,
        bool registry,
        string region,
        List<Finding> findings
    )
    {
        if (registry)
        {
            return None;
        }

        if (values.TryGetValue(RequestKeys.CustomImageUri, out var custom))
        {
            return custom;
        }

        var training = manifest.Parts.Any(part =>
            part.Parameters.Any(parameter => parameter.Computed is ComputedValue.TrainingImageUri)
        );
        var instanceKey = training ? RequestKeys.InstanceType : RequestKeys.InferenceInstance;
        images = training ? images.ForTraining : images;

        // Missing or wrong keys are findings already; a wrong image URI says nothing about a framework.
        if (
            request.Find(RequestKeys.CustomImageUri) is not null
            || !values.TryGetValue(RequestKeys.ModelFramework, out var name)
        )
        {
            return None;
        }

        var asked = name.Text.Trim().ToLowerInvariant();
        var framework = images.Aliases.GetValueOrDefault(asked, asked);
        if (!images.Frameworks.Contains(framework))
        {
            findings.Add(
                ImageProblems
                    .UnknownFramework(images, framework, manifest)
                    .At(Pointer(RequestKeys.ModelFramework), request.Keys[RequestKeys.ModelFramework])
            );
            return None;
        }

        return values.TryGetValue(RequestKeys.ModelFrameworkVersion, out var version)
            ? new Lookup(
                images,
                request,
                framework,
                version.Text.Trim().ToLowerInvariant(),
                region,
                instanceKey,
                findings
            ).ByInstance(values.GetValueOrDefault(instanceKey))
            : None;
    }

    private static string Pointer(string key) => Quote.Pointer("", key);

    private sealed record Lookup(
        ImageCatalog Images,
        PipelineRequest Request,
        string Framework,
        string Version,
        string Region,
        string InstanceKey,
        List<Finding> Findings
    )
    {
        private const string VersionKey = RequestKeys.ModelFrameworkVersion;

        public KeyValue ByInstance(KeyValue? instance)
        {
            if (Images.MadeFor(Framework, Version).Count == 0)
            {
                var processor = ProcessorOf(instance?.ByTarget?.Values.FirstOrDefault() ?? instance?.Text);
                Add(ImageProblems.UnknownVersion(Images, Framework, Version, processor), VersionKey);
                return None;
            }

            return instance switch
            {
                null when Request.Find(InstanceKey) is null => new KeyValue(Image("", VersionKey, null)),
                null => None, // It cannot be read, which is a finding already.
                { ByTarget: { } byTarget } => new KeyValue(
                    "",
                    byTarget.ToDictionary(pair => pair.Key, pair => Image(pair.Value, InstanceKey, pair.Key))
                ),
                _ => new KeyValue(Image(instance.Text, InstanceKey, null)),
            };
        }

        private string Image(string instance, string key, string? target)
        {
            var processor = ProcessorOf(instance);
            if (Images.Find(Framework, Version, Region, processor) is { } uri)
            {
                return uri;
            }

            if (Images.Version(Framework, Version, processor) is { } version)
            {
                var problem = ImageProblems.NotInRegion(Images, Framework, version, Region, processor);
                Add(problem, RequestKeys.ModelFramework);
            }
            else
            {
                Add(ImageProblems.NotForInstance(Images, Framework, Version, instance, processor), key, target);
            }

            return "";
        }

        // What has no instance type runs on Intel or AMD.
        private static Processor ProcessorOf(string? instance) =>
            InstanceType.TryParse(instance, out var type) ? Processors.Of(type) : Processor.Cpu;

        // Two targets of the same kind have the same problem, once.
        private void Add(Problem problem, string key, string? target = null)
        {
            var value = Request.Keys.GetValueOrDefault(key) ?? Request.Keys[VersionKey];
            var finding =
                target is not null && value.Members.TryGetValue(target, out var member)
                    ? problem.At(Quote.Pointer(Pointer(key), target), member)
                    : problem.At(Pointer(key), value);
            if (!Findings.Contains(finding))
            {
                Findings.Add(finding);
            }
        }
    }
}
