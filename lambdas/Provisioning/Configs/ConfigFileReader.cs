using System.Globalization;
using Mlops.Provisioning.Requests;
using static Mlops.Provisioning.Configs.ConfigFileKeys;

namespace Mlops.Provisioning.Configs;

/// <summary>Reads the text of a config file. Every way to fail is a finding.</summary>
internal sealed class ConfigFileReader
{
    /// <summary>The file's object, and the list of pipelines in it.</summary>
    private const int LevelsAroundARequest = 2;

    private static readonly string[] Known = [Schema, Pipelines, Prune, PruneLimit];

    private readonly List<Finding> findings = [];

    public IReadOnlyList<Finding> Findings => findings;

    public ConfigFile? Read(ReadOnlySpan<byte> json)
    {
        var parser = new RequestParser(LevelsAroundARequest);
        if (parser.ParseObject(json) is not { } root)
        {
            findings.AddRange(parser.Findings);
            return null;
        }

        if (!root.Members.TryGetValue(Pipelines, out var pipelines))
        {
            // A schema is for editors; the predecessor's clients know none.
            var keys = root.Members.Where(member => member.Key != Schema).ToDictionary(StringComparer.Ordinal);
            return new ConfigFile(
                [new ConfigRequest(new PipelineRequest(keys), "", root.Line, root.Column)],
                Prune: false,
                PruneLimit: null
            );
        }

        findings.AddRange(Unknown(root));
        var requests = Requests(pipelines);
        var prune = Flag(root);
        var limit = Limit(root);
        if (limit is not null && !prune)
        {
            findings.Add(
                new Problem(
                    FindingCodes.Contradiction,
                    $"{PruneLimit} together with {Prune}",
                    $"\"{PruneLimit}\" limits what is taken down, and nothing is without \"{Prune}\": true.",
                    $"Add \"{Prune}\": true, or leave \"{PruneLimit}\" out."
                ).At($"/{PruneLimit}", root.Members[PruneLimit])
            );
        }

        return findings.Count == 0
            ? new ConfigFile(requests, prune, limit)
            {
                PrunePlace = prune ? Place(root, limit is null ? Prune : PruneLimit) : null,
            }
            : null;
    }

    private static FilePlace Place(RequestValue root, string key) =>
        new($"/{key}", root.Members[key].Line, root.Members[key].Column);

    private static IEnumerable<Finding> Unknown(RequestValue root) =>
        root
            .Members.Where(member => !Known.Contains(member.Key))
            .Select(member =>
                new Problem(
                    FindingCodes.UnknownKey,
                    $"the keys {string.Join(", ", Known)}",
                    $"A file with \"{Pipelines}\" has no key {Quote.Text(member.Key)}.",
                    Nearest.To(member.Key, Known) is { } near
                        ? $"Did you mean \"{near}\"?"
                        : $"Keys of a request belong into one of its \"{Pipelines}\"."
                ).At(Quote.Pointer("", member.Key), member.Value)
            );

    private List<ConfigRequest> Requests(RequestValue pipelines)
    {
        if (pipelines.Kind != RequestValueKind.Array)
        {
            findings.Add(
                WrongType(Pipelines, pipelines, "a list of requests", $"Write \"{Pipelines}\": [request, …].")
            );
            return [];
        }

        var requests = new List<ConfigRequest>();
        foreach (var (index, item) in pipelines.Items.Index())
        {
            var pointer = string.Create(CultureInfo.InvariantCulture, $"/{Pipelines}/{index}");
            if (item.Kind == RequestValueKind.Object)
            {
                requests.Add(new ConfigRequest(new PipelineRequest(item.Members), pointer, item.Line, item.Column));
            }
            else
            {
                findings.Add(
                    new Problem(
                        FindingCodes.NotAnObject,
                        "a JSON object",
                        $"The pipeline {index} is {item.KindName}.",
                        """Write a request: {"pipeline_type": …}."""
                    ).At(pointer, item)
                );
            }
        }

        return requests;
    }

    private bool Flag(RequestValue root)
    {
        if (!root.Members.TryGetValue(Prune, out var value))
        {
            return false;
        }

        if (value.Kind is RequestValueKind.Boolean or RequestValueKind.Text && bool.TryParse(value.Text, out var flag))
        {
            return flag;
        }

        findings.Add(WrongType(Prune, value, "true or false", $"Write \"{Prune}\": true, or leave it out."));
        return false;
    }

    private int? Limit(RequestValue root)
    {
        if (!root.Members.TryGetValue(PruneLimit, out var value))
        {
            return null;
        }

        if (
            value.Kind is RequestValueKind.Number or RequestValueKind.Text
            && int.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
        )
        {
            return limit;
        }

        findings.Add(
            WrongType(
                PruneLimit,
                value,
                "a whole number from 0 on",
                $"Write how many pipelines may be taken down at once: \"{PruneLimit}\": 5."
            )
        );
        return null;
    }

    private static Finding WrongType(string key, RequestValue value, string rule, string remedy) =>
        new Problem(FindingCodes.WrongType, rule, $"\"{key}\" is {value.KindName}, and has to be {rule}.", remedy).At(
            $"/{key}",
            value
        );
}
