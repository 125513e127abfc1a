using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.Tests.Fakes;

namespace Mlops.Provisioning.Tests.Blueprints;

public sealed class BlueprintCatalogTests
{
    private string root = "";

    [SetUp]
    public void MakeAFolder() => root = Directory.CreateTempSubdirectory("mlops-catalog-").FullName;

    [TearDown]
    public void RemoveIt() => Directory.Delete(root, recursive: true);

    [Test]
    public void Finds_a_blueprint_by_pipeline_type_in_any_case()
    {
        var catalog = BlueprintCatalog.Open(Deployments.BlueprintFolder);

        var found = catalog.Find(" BYOM_REALTIME_CUSTOM ");

        Assert.That(found!.Value.Blueprint.Manifest.Name, Is.EqualTo("realtime-inference"));
        Assert.That(found.Value.Type.Postfix, Is.EqualTo("byompipelinerealtimecustom"));
        Assert.That(catalog.Find("byom"), Is.Null);
    }

    [Test]
    public void With_an_index_no_other_manifest_is_read()
    {
        Add("one", Manifest("one"));
        Add("two", Manifest("two"));
        BlueprintCatalog.WriteIndex(root);
        File.WriteAllText(Path.Combine(root, "two", Blueprint.ManifestFile), "broken since");

        var catalog = BlueprintCatalog.Open(root);

        Assert.That(catalog.PipelineTypes, Is.EqualTo((string[])["one", "two"]));
        Assert.That(catalog.Find("one"), Is.Not.Null);
        Assert.That(() => catalog.Find("two"), Throws.InstanceOf<BlueprintException>());
    }

    [Test]
    public void An_index_that_is_out_of_date_is_said_to_be()
    {
        Add("one", Manifest("one"));
        BlueprintCatalog.WriteIndex(root);
        Add("one", Manifest("other"));

        Assert.That(
            () => BlueprintCatalog.Open(root).Find("one"),
            Throws
                .InstanceOf<BlueprintException>()
                .With.Message.EqualTo("one does not declare one: index.json is out of date.")
        );
    }

    [Test]
    public void One_type_in_two_blueprints_is_refused()
    {
        Add("one", Manifest("same"));
        Add("two", Manifest("same"));

        Assert.That(
            () => BlueprintCatalog.Open(root).PipelineTypes,
            Throws
                .InstanceOf<BlueprintException>()
                .With.Message.EqualTo("two and one both declare the pipeline type same.")
        );
    }

    [Test]
    public void A_folder_that_is_not_there_is_refused() =>
        Assert.That(
            () => BlueprintCatalog.Open(Path.Combine(root, "missing")).PipelineTypes,
            Throws.InstanceOf<BlueprintException>()
        );

    [TestCase("\"type\": \"modelName\"", "\"type\": \"modelNames\"", "$.keys[0].type")]
    [TestCase("\"summary\": \"A test\",", "", "summary")]
    [TestCase("\"summary\": \"A test\",", "\"summary\": \"A test\", \"colour\": 1,", "colour")]
    [TestCase("\"summary\": \"A test\",", "\"summary\": null,", "summary")]
    [TestCase("\"required\": true", "\"required\": false", "its name key model_name is not a required key")]
    [TestCase("\"key\": \"model_name\"", "\"key\": \"model\"", "the key model, which is not declared")]
    [TestCase(
        "\"key\": \"model_name\"",
        "\"key\": \"model_name\", \"literal\": \"\"",
        "comes from 2 sources instead of one"
    )]
    [TestCase("\"description\": \"Name\"", "\"description\": \"Name\", \"pattern\": \"(\"", "not a regular expression")]
    [TestCase(
        "\"required\": true",
        "\"required\": true, \"large\": true",
        "key model_name is large, which only an object"
    )]
    [TestCase("\"description\": \"Name\"", "\"description\": \"Name\", \"pattern\": \"(?=a)\"", "looks around")]
    [TestCase("\"required\": true", "\"required\": true, \"defaultFrom\": \"x\"", "the key x, which is not declared")]
    [TestCase(
        "\"parts\"",
        "\"rules\": [{\"when\": [], \"then\": {\"key\": \"x\", \"not\": \"(\"}, \"because\": \"b\"}], \"parts\"",
        "the rule on x does not say when; a rule names the key x, which is not declared; the rule on x has a pattern that"
    )]
    [TestCase(
        "\"name\": \"only\"",
        "\"name\": \"only\", \"insertions\": [{\"marker\": \"m\", \"key\": \"model_name\"}]",
        "insertion m comes from model_name, which is not a key of type textMap"
    )]
    [TestCase(
        "\"name\": \"only\"",
        "\"name\": \"only\", \"template\": \"../../etc/passwd\"",
        "is not in the blueprint's folder"
    )]
    [TestCase(
        "\"key\": \"model_name\"",
        "\"part\": \"only\"",
        "parameter Model comes from the part only, which is not before only or has none"
    )]
    [TestCase(
        "\"key\": \"model_name\"",
        "\"key\": \"model_name\", \"append\": \"Model\"",
        "parameter Model is made of Model, which is no other parameter of only"
    )]
    [TestCase(
        "\"key\": \"model_name\"",
        "\"stableName\": { \"kind\": \"k\", \"of\": [\"Other\"] }",
        "parameter Model is made of Other, which is no other parameter of only"
    )]
    public void A_manifest_that_contradicts_itself_is_refused_with_the_reason(
        string part,
        string instead,
        string reason
    )
    {
        Add("one", Manifest("one").Replace(part, instead, StringComparison.Ordinal));

        Assert.That(
            () => BlueprintCatalog.Open(root).Find("one"),
            Throws
                .InstanceOf<BlueprintException>()
                .With.Message.Contains(reason)
                .And.Message.Contains(Path.Combine("one", Blueprint.ManifestFile))
        );
    }

    private void Add(string folder, string manifest)
    {
        Directory.CreateDirectory(Path.Combine(root, folder));
        File.WriteAllText(Path.Combine(root, folder, Blueprint.ManifestFile), manifest);
    }

    private static string Manifest(string type) =>
        $$"""
            {
              "name": "one",
              "summary": "A test",
              "pipelineTypes": [{ "type": "{{type}}", "postfix": "one", "summary": "A test's" }],
              "keys": [{ "name": "model_name", "type": "modelName", "description": "Name", "required": true }],
              "parts": [{ "name": "only", "parameters": [{ "name": "Model", "key": "model_name" }] }]
            }
            """;
}
