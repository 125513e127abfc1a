using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.Tests.Fakes;

namespace Mlops.Provisioning.Tests.Blueprints;

/// <summary>The schema of manifests and the records that read them say the same. (checks/run has ajv judge the manifests.)</summary>
public sealed class BlueprintSchemaTests
{
    private static readonly JsonElement Schema = JsonDocument
        .Parse(File.ReadAllText(Path.Combine(Deployments.BlueprintFolder, "blueprint.schema.json")))
        .RootElement;

    private static IEnumerable<TestCaseData> Records() =>
        [
            new(typeof(BlueprintManifest), Schema),
            new(typeof(PipelineTypeDefinition), Definition("pipelineType")),
            new(typeof(KeyDefinition), Definition("key")),
            new(typeof(KeyCondition), Definition("key").GetProperty("properties").GetProperty("requiredWhen")),
            new(typeof(KeyRule), Definition("rule")),
            new(
                typeof(GivenKey),
                Definition("rule").GetProperty("properties").GetProperty("when").GetProperty("items")
            ),
            new(typeof(NeededKey), Definition("rule").GetProperty("properties").GetProperty("then")),
            new(typeof(PartDefinition), Definition("part")),
            new(
                typeof(InsertionDefinition),
                Definition("part").GetProperty("properties").GetProperty("insertions").GetProperty("items")
            ),
            new(typeof(JobDefinition), Definition("part").GetProperty("properties").GetProperty("job")),
            new(typeof(ParameterDefinition), Definition("parameter")),
        ];

    private static IEnumerable<TestCaseData> Words() =>
        [
            new(typeof(DeploysTo), Schema.GetProperty("properties").GetProperty("deploysTo")),
            new(typeof(KeyType), Definition("key").GetProperty("properties").GetProperty("type")),
            new(typeof(DeploymentValue), Definition("parameter").GetProperty("properties").GetProperty("deployment")),
            new(typeof(ComputedValue), Definition("parameter").GetProperty("properties").GetProperty("computed")),
            new(
                typeof(Transform),
                Definition("parameter").GetProperty("properties").GetProperty("transforms").GetProperty("items")
            ),
        ];

    [TestCaseSource(nameof(Records))]
    public void The_members_are_the_same(Type type, JsonElement schema)
    {
        Assert.That(
            schema.GetProperty("properties").EnumerateObject().Select(member => member.Name),
            Is.EquivalentTo(
                type.GetProperties()
                    .Select(property =>
                        property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name
                        ?? JsonNamingPolicy.CamelCase.ConvertName(property.Name)
                    )
            )
        );
        Assert.That(schema.GetProperty("additionalProperties").GetBoolean(), Is.False);
    }

    [TestCaseSource(nameof(Words))]
    public void The_words_are_the_same(Type type, JsonElement schema) =>
        Assert.That(
            schema.GetProperty("enum").EnumerateArray().Select(word => word.GetString()),
            Is.EquivalentTo(
                type.GetFields(BindingFlags.Public | BindingFlags.Static)
                    .Select(field => field.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()!.Name)
            )
        );

    private static JsonElement Definition(string name) => Schema.GetProperty("$defs").GetProperty(name);
}
