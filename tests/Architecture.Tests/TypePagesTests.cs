using System.Text.Json.Nodes;
using Mlops.Provisioning.Blueprints;

namespace Mlops.Architecture.Tests;

/// <summary>The user guide, docs/types: a page for each blueprint, against its manifest.</summary>
public sealed class TypePagesTests
{
    private const string Smallest = "The smallest request";
    private const string Full = "The full request";

    private static readonly string[] Sections =
    [
        Smallest,
        Full,
        "What it costs to leave running",
        "How it fails, and what to do",
        "What is not carried out locally",
    ];

    private static readonly BlueprintCatalog Catalog = BlueprintCatalog.Open(Path.Combine(Checkout.Root, "blueprints"));

    private static IEnumerable<string> Blueprints() => Catalog.All().Select(blueprint => blueprint.Manifest.Name);

    private static IEnumerable<string> Pages() => Blueprints().Append("model-cards");

    [TestCaseSource(nameof(Pages))]
    public void A_page_says_what_a_user_asks_for_and_has_a_small_picture(string name)
    {
        var page = Page(name);

        Assert.That(page.Sections, Is.SupersetOf(Sections));
        Assert.That(page.Blocks("mermaid"), Is.Not.Empty);
        Assert.That(Page("README").Links, Does.Contain($"{name}.md"));
    }

    [TestCaseSource(nameof(Blueprints))]
    public void A_page_names_every_pipeline_type_and_every_stack(string name)
    {
        var text = Page(name).Text;

        Assert.That(Manifest(name).PipelineTypes.Where(type => !text.Contains($"`{type.Type}`")), Is.Empty);
        Assert.That(
            Manifest(name).Parts.Where(part => !text.Contains($"-{part.StackSuffix}", StringComparison.Ordinal)),
            Is.Empty
        );
    }

    [TestCaseSource(nameof(Blueprints))]
    public void The_smallest_request_has_no_key_that_can_be_left_out(string name)
    {
        var smallest = Requests(Page(name), Smallest).First();

        var superfluous = smallest
            .Select(key => key.Key)
            .Where(key =>
            {
                var less = smallest.DeepClone().AsObject();
                less.Remove(key);
                return RequestRules.Findings(less.ToJsonString()).Count == 0;
            });

        Assert.That(superfluous, Is.Empty);
    }

    [TestCaseSource(nameof(Blueprints))]
    public void The_requests_of_a_page_use_every_key_of_the_manifest_and_no_other(string name)
    {
        var page = Page(name);

        var used = Requests(page, Smallest)
            .Concat(Requests(page, Full))
            .SelectMany(request => request)
            .Select(key => key.Key);

        Assert.That(
            used.Distinct(),
            Is.EquivalentTo(Manifest(name).Keys.Select(key => key.Name).Append(RequestKeys.PipelineType))
        );
    }

    [Test]
    public void The_requests_for_model_cards_use_every_operation_key_and_section()
    {
        var schema = JsonNode.Parse(Checkout.Read("lambdas/Provisioning/ModelCards/model-cards.json"))!;
        var requests = Requests(Page("model-cards"), Smallest).Concat(Requests(Page("model-cards"), Full)).ToList();

        Assert.That(
            requests.SelectMany(request => request).Select(key => key.Key).Distinct(),
            Is.EquivalentTo(Names("keys", "name").Concat(Names("sections", "name")).Append(RequestKeys.PipelineType))
        );
        Assert.That(
            requests.Select(request => request[RequestKeys.PipelineType]!.GetValue<string>()).Distinct(),
            Is.EquivalentTo(Names("pipelineTypes", "type"))
        );

        IEnumerable<string> Names(string list, string name) =>
            schema[list]!.AsArray().Select(item => item![name]!.GetValue<string>());
    }

    private static BlueprintManifest Manifest(string name) =>
        Catalog.All().Select(blueprint => blueprint.Manifest).Single(manifest => manifest.Name == name);

    private static MarkdownPage Page(string name) => new($"docs/types/{name}.md");

    private static IEnumerable<JsonObject> Requests(MarkdownPage page, string section) =>
        page.Blocks("json", section)
            .Select(block => JsonNode.Parse(block)!.AsObject())
            .Where(block => block.ContainsKey(RequestKeys.PipelineType));
}
