using System.Diagnostics.CodeAnalysis;
using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Packaging;
using Mlops.Provisioning.Requests;

namespace Mlops.Provisioning.Configs;

/// <summary>What is between the package that is there and the one that would take its place.</summary>
/// <param name="Reasons">What differs besides parameters, a phrase each.</param>
/// <param name="Parameters">
/// Those with other values, the same change once: first what requests say themselves, then what is made of it, both in the
/// order of the templates.
/// </param>
internal sealed record PackageDifference(IReadOnlyList<string> Reasons, IReadOnlyList<PlannedDifference> Parameters)
{
    /// <summary>Nothing is known.</summary>
    public static PackageDifference None { get; } = new([], []);

    /// <summary>Compares them. Of what is no package of ours nothing is told.</summary>
    /// <param name="plan">What would be.</param>
    /// <param name="package">The bytes of what is there.</param>
    /// <param name="withValues">Whether values are told, or names alone.</param>
    public static PackageDifference Of(RequestPlan plan, ReadOnlyMemory<byte> package, bool withValues)
    {
        var files = plan.Package.Files.ToDictionary(file => file.Name, file => file.Content);
        if (PackageReader.Read(package, files.Keys) is not { } there)
        {
            return None;
        }

        var stacks = Stacks(plan, files, there).ToList();
        return new PackageDifference(
            [.. Phrases(plan, files, there, stacks)],
            [.. Differences(stacks, plan.Request.Blueprint.Manifest.Parts.Count, withValues)]
        );
    }

    private static IEnumerable<Stack> Stacks(
        RequestPlan plan,
        Dictionary<string, ReadOnlyMemory<byte>> files,
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> there
    )
    {
        var manifest = plan.Request.Blueprint.Manifest;
        return from part in manifest.Parts
            from target in plan.Targets
            let name = PackageFiles.Parameters(manifest, part, target.Target)
            where there.ContainsKey(name)
            let before = TemplateConfiguration.Read(there[name])
            let after = TemplateConfiguration.Read(files[name])
            where before is not null && after is not null
            select new Stack(target.Target.Name, part, before, after);
    }

    private static IEnumerable<string> Phrases(
        RequestPlan plan,
        Dictionary<string, ReadOnlyMemory<byte>> files,
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> there,
        IReadOnlyList<Stack> stacks
    )
    {
        var manifest = plan.Request.Blueprint.Manifest;
        if (
            manifest
                .Parts.Select(part => PackageFiles.Template(manifest, part))
                .Any(name => there.TryGetValue(name, out var before) && !before.Span.SequenceEqual(files[name].Span))
        )
        {
            yield return "the template differs";
        }

        if (stacks.Any(stack => !Sorted(stack.Before.Tags).SequenceEqual(Sorted(stack.After.Tags))))
        {
            yield return "the tags of its stacks differ";
        }

        // Where the package has none of them, it is of another form.
        foreach (var target in stacks.Count == 0 ? [] : plan.Targets.Select(each => each.Target))
        {
            if (!manifest.Parts.Any(part => there.ContainsKey(PackageFiles.Parameters(manifest, part, target))))
            {
                yield return $"the target {target.Name} is new";
            }
        }
    }

    private static IEnumerable<PlannedDifference> Differences(IEnumerable<Stack> stacks, int parts, bool withValues) =>
        stacks
            .GroupBy(stack => stack.Part.Name)
            // Every target has them in the same order.
            .SelectMany(part => part.SelectMany(stack => stack.Changes(withValues)).OrderBy(change => change.Position))
            .OrderBy(change => change.IsMade)
            .GroupBy(change => (change.Name, change.Before, change.After, change.Part))
            .Select(same => (same.Key, Targets: same.Select(change => change.Target).Distinct().ToList()))
            .GroupBy(each => (each.Key.Name, each.Key.Before, each.Key.After, string.Join(' ', each.Targets)))
            .Select(same => new PlannedDifference(
                same.First().Targets,
                same.Count() == parts ? null : [.. same.Select(each => each.Key.Part)],
                same.Key.Name,
                same.Key.Before,
                same.Key.After
            ));

    private static IEnumerable<KeyValuePair<string, string>> Sorted(IReadOnlyDictionary<string, string> tags) =>
        tags.OrderBy(tag => tag.Key, StringComparer.Ordinal);

    /// <summary>A parameter of one stack, as it is shown.</summary>
    private sealed record Change(
        int Position,
        bool IsMade,
        string Target,
        string Part,
        string Name,
        string? Before,
        string? After
    );

    /// <summary>What one stack is given, before and after.</summary>
    private sealed record Stack(string Target, PartDefinition Part, StackConfiguration Before, StackConfiguration After)
    {
        public IEnumerable<Change> Changes(bool withValues)
        {
            foreach (var (position, name) in After.Parameters.Keys.Union(Before.Parameters.Keys).Index())
            {
                var before = Before.Parameters.GetValueOrDefault(name);
                var after = After.Parameters.GetValueOrDefault(name);
                if (before != after)
                {
                    yield return new Change(
                        position,
                        IsMade(name),
                        Target,
                        Part.Name,
                        Shown(name),
                        withValues ? Shown(before) : null,
                        withValues ? Shown(after) : null
                    );
                }
            }
        }

        /// <summary>
        /// Of one changed key follow names of jobs and folders that are others in each target: whoever reads wants the key.
        /// </summary>
        private bool IsMade(string name) =>
            Part.Parameters.FirstOrDefault(each => each.Name == name) is not { Key: not null, Append: null };

        [return: NotNullIfNotNull(nameof(text))]
        private static string? Shown(string? text) => text is null ? null : Quote.Visible(Finding.Shortened(text));
    }
}
