using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Images;
using Mlops.Provisioning.Requests;
using Mlops.Provisioning.Tests.Fakes;

namespace Mlops.Provisioning.Tests.Contract;

/// <summary>contract.json: what clients of the predecessor send, and what its templates get of that.</summary>
public sealed record ContractTable
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    /// <summary>Read once.</summary>
    public static ContractTable Default { get; } =
        JsonSerializer.Deserialize<ContractTable>(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Contract", "contract.json")),
            Web
        )!;

    /// <summary>Keys that may have a value by target, in types that have more than one.</summary>
    public required IReadOnlyList<string> ByTarget { get; init; }

    /// <summary>Types that have one target, whatever the deployment has.</summary>
    public required IReadOnlyList<string> OneValueIn { get; init; }

    /// <summary>Each type, with the registry off or on.</summary>
    public required IReadOnlyList<ContractType> Types { get; init; }

    /// <summary>Values of each key that no example has.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<JsonNode>> OtherValues { get; init; }

    /// <summary>Operations on model cards.</summary>
    public required ContractCards ModelCards { get; init; }
}

/// <summary>What the contract says of model cards.</summary>
public sealed record ContractCards(
    IReadOnlyList<string> Operations,
    IReadOnlyList<string> Keys,
    IReadOnlyList<string> Ignored,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Sections
);

/// <summary>A pipeline type, with the registry off or on.</summary>
public sealed record ContractType
{
    public required string Type { get; init; }

    public required bool Registry { get; init; }

    /// <summary>End of the stack's name.</summary>
    public required string Postfix { get; init; }

    /// <summary>The key whose value is in the stack's name.</summary>
    public required string NameKey { get; init; }

    public required IReadOnlyList<string> Required { get; init; }

    /// <summary>Keys that are required for some problem types.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> RequiredForProblemType { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>();

    public required IReadOnlyList<string> Optional { get; init; }

    /// <summary>What the smallest example is given besides, so that every key can be changed by itself.</summary>
    public JsonObject With { get; init; } = [];

    /// <summary>In order; each with the keys that feed it.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Parameters { get; init; }

    public IEnumerable<string> Keys => [.. Required, .. RequiredForProblemType.Keys, .. Optional];

    public Blueprint Blueprint => Contracted.Catalog.Find(Type)!.Value.Blueprint;

    public JsonObject Example()
    {
        var file = Registry ? $"{Type}.registry.json" : $"{Type}.json";
        var path = Path.Combine(Deployments.BlueprintFolder, Blueprint.Manifest.Name, "examples", file);
        var request = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        foreach (var (key, value) in With)
        {
            request[key] = value!.DeepClone();
        }

        return request;
    }

    public override string ToString() => Registry ? $"{Type} with registry" : Type;
}

/// <summary>Requests, carried out as far as CloudFormation's parameters.</summary>
internal static class Contracted
{
    /// <summary>Names that are made of all the contents, where the predecessor's were made by chance.</summary>
    public static readonly string[] MadeOfContents =
    [
        "JobName",
        "BaselineJobName",
        "BaselineJobOutputLocation",
        "MonitoringScheduleName",
    ];

    // Read once: each test has dozens of requests.
    public static readonly BlueprintCatalog Catalog = BlueprintCatalog.Open(Deployments.BlueprintFolder);
    private static readonly RequestValidator Validator = new(Catalog, new ImageCatalog());

    /// <summary>The parameters of all parts in one target, by name, and the name of the pipeline.</summary>
    public static Dictionary<string, string> Parameters(
        JsonObject request,
        ProvisioningSettings settings,
        string? target = null
    )
    {
        var plan = new RequestPlanner(Validator, settings).Plan(
            Encoding.UTF8.GetBytes(request.ToJsonString()),
            out var findings
        );
        Assert.That(findings, Is.Empty, request.ToJsonString());
        var mapped = plan!.Targets.Single(one => target is null || one.Target.Name == target);
        var parameters = new Dictionary<string, string> { ["name"] = plan.Request.Name.Text };
        foreach (var (name, value) in mapped.Parts.SelectMany(part => part.Parameters))
        {
            // Two parts that have the same parameter have the same value of it, but for what is made for each of them.
            parameters[name] = value;
        }

        return parameters;
    }

    /// <summary>Names in the order of each part.</summary>
    public static IEnumerable<IReadOnlyList<string>> Names(Blueprint blueprint) =>
        blueprint.Manifest.Parts.Select(part =>
            (IReadOnlyList<string>)[.. part.Parameters.Select(parameter => parameter.Name)]
        );

    public static IReadOnlyList<Finding> Findings(JsonObject request, ProvisioningSettings settings)
    {
        _ = new RequestPlanner(Validator, settings).Read(
            Encoding.UTF8.GetBytes(request.ToJsonString()),
            out var findings
        );
        return findings;
    }
}
