using Mlops.Local.Examples;
using Mlops.Local.Processes;

namespace Mlops.Local.Tests.Examples;

public sealed class ExampleCatalogTests
{
    private static string Root => LocalPlace.Find(null).Root;

    [TestCase("byom_realtime_builtin", false, "byom_realtime_builtin")]
    [TestCase("byom_realtime_builtin", true, "byom_realtime_builtin.registry")]
    [TestCase("byom_realtime_builtin.registry", false, "byom_realtime_builtin.registry")]
    [TestCase("byom_realtime_custom.registry", true, "byom_realtime_custom.registry")]
    public void With_the_registry_an_example_that_names_a_package_is_taken(string type, bool registry, string name) =>
        Assert.That(ExampleCatalog.Find(Root, type, registry).Type, Is.EqualTo(name));

    [TestCase("byom_realtime_builtin.registry", "byom_realtime_builtin")]
    [TestCase("byom_realtime_custom.registry", "byom_realtime_custom")]
    public void An_example_that_names_a_package_knows_of_what_model_it_is_made(string type, string model)
    {
        var example = ExampleCatalog.Find(Root, type);

        Assert.That(example.Request.ContainsKey("model_package_name"));
        Assert.That(example.Model!.Type, Is.EqualTo(model));
        Assert.That((string?)example.Model.Request["model_artifact_location"], Is.Not.Null.And.Not.Empty);
    }

    [Test]
    public void An_example_that_is_not_there_is_refused_with_those_that_are() =>
        Assert.That(
            () => ExampleCatalog.Find(Root, "bananas"),
            Throws
                .TypeOf<StartFailedException>()
                .With.Message.StartsWith("There is no example of \"bananas\": choose with --example from ")
                .And.Message.Contains("byom_realtime_builtin, byom_realtime_builtin.production, ")
        );
}
