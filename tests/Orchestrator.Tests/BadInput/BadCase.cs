using System.Text;
using System.Text.Json.Nodes;
using Mlops.Provisioning;
using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Requests;
using Mlops.Provisioning.Tests.Fakes;

namespace Mlops.Orchestrator.Tests.BadInput;

/// <summary>A good request of a pipeline type, in a deployment that takes it.</summary>
internal sealed record GoodRequest(ProvisioningSettings Settings, RequestPlanner Planner, JsonObject Body, string Where)
{
    private static readonly (string Where, ProvisioningSettings Settings, RequestPlanner Planner)[] Deployed =
    [
        .. new[]
        {
            ("one account", Deployments.Single()),
            ("with registry", Deployments.Single(registry: true)),
            ("three targets", Deployments.Multi()),
        }.Select(one => (one.Item1, one.Item2, Deployments.Planner(one.Item2))),
    ];

    /// <summary>The smallest example of a type in each kind of deployment.</summary>
    public static IEnumerable<GoodRequest> Of(Blueprint blueprint, string type)
    {
        foreach (var (where, settings, planner) in Deployed)
        {
            var file = settings.UseModelRegistry ? $"{type}.registry.json" : $"{type}.json";
            var path = Path.Combine(Deployments.BlueprintFolder, blueprint.Manifest.Name, "examples", file);
            if (File.Exists(path))
            {
                yield return new GoodRequest(
                    settings,
                    planner,
                    JsonNode.Parse(File.ReadAllText(path))!.AsObject(),
                    where
                );
            }
        }
    }
}

/// <summary>A good request with one mistake.</summary>
internal sealed record BadCase(GoodRequest Request, BlueprintManifest Manifest, KeyDefinition Key, BadValue Value)
{
    /// <summary>The request's text.</summary>
    public string Body
    {
        get
        {
            var body = Request.Body.DeepClone().AsObject();
            if (Value.IsAbsent)
            {
                body.Remove(Key.Name);
            }
            else
            {
                body[Key.Name] = Value.Json?.DeepClone();
            }

            return body.ToJsonString();
        }
    }

    /// <summary>Why it is accepted; null when it is to be refused.</summary>
    public AcceptedValues? Accepted =>
        NeedsOthers ? null : AcceptedValues.For(Key with { Required = IsRequired }, Value);

    /// <summary>Where a finding may point to, besides the key itself: what makes it required is as much to blame.</summary>
    public IEnumerable<string> OtherPlaces =>
        NeedsOthers ? [$"/{Key.Name}"] : Rules.SelectMany(rule => rule.When).Select(when => $"/{when.Key}");

    /// <summary>All cases of a pipeline type.</summary>
    public static IEnumerable<BadCase> Of(Blueprint blueprint, string type) =>
        from request in GoodRequest.Of(blueprint, type)
        from key in blueprint.Manifest.Keys.Where(key => key.BelongsTo(type))
        let good = request.Body[key.Name] ?? Example(key)
        let targets = request.Settings.Scope.Targets
        from value in BadValues
            .Of(key, good)
            .Concat(
                targets.Count > 1 && blueprint.Manifest.DeploysTo == DeploysTo.Targets
                    ? BadValues.ByTarget(key, good, targets)
                    : OnlyOne(good)
            )
        // What a value is does not depend on the deployment; only whether there has to be one does.
        where request.Where == "one account" || value.Kind is "missing" or Kinds.LeftOut or Kinds.Targets
        select new BadCase(request, blueprint.Manifest, key, value);

    public override string ToString() => $"{Key.Name}, {Value.What} ({Request.Where})";

    private static IEnumerable<BadValue> OnlyOne(JsonNode good) =>
        [
            new(
                Kinds.Targets,
                "one for each target",
                new JsonObject { ["dev"] = good.DeepClone(), ["prod"] = good.DeepClone() }
            ),
        ];

    /// <summary>Whether the manifest's rules refuse the key without others, so that no value for some targets would do.</summary>
    private bool NeedsOthers =>
        Value.What is "null in a target" or "an empty text in a target"
        && Judge(Request.Body[Key.Name] ?? Example(Key)).Any(finding => finding.Code == FindingCodes.Contradiction);

    private bool IsRequired => IsAskedFor || Rules.Any();

    private bool IsAskedFor
    {
        get
        {
            var type = Manifest.PipelineTypes.First(type => type.Type == (string?)Request.Body["pipeline_type"]);
            return PipelineRequest.TryParse(Encoding.UTF8.GetBytes(Body), out var read, out _)
                && RequiredKeys.IsRequired(Key, type, Request.Settings.UseModelRegistry, read);
        }
    }

    private IReadOnlyList<Finding> Judge(JsonNode value)
    {
        var body = Request.Body.DeepClone().AsObject();
        body[Key.Name] = value.DeepClone();
        Request.Planner.Read(Encoding.UTF8.GetBytes(body.ToJsonString()), out var findings);
        return findings;
    }

    /// <summary>The rules by which the good request needs this key.</summary>
    private IEnumerable<KeyRule> Rules =>
        Manifest.Rules.Where(rule =>
            rule.Then.Key == Key.Name
            && rule.Then is { AtMost: null, MaxItems: null, Not: null, Minimum: null }
            && Key.Default is null
            && rule.When.All(when =>
                Request.Body[when.Key] is { } given && when.Values?.Contains(given.ToString()) != false
            )
        );

    private static JsonNode Example(KeyDefinition key) =>
        key.Example is ['{' or '[', ..] json ? JsonNode.Parse(json)! : JsonValue.Create(key.Example ?? "a");
}
