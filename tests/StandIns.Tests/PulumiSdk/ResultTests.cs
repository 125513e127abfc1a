using System.Collections.Immutable;
using Pulumi;
using Pulumi.Utilities;

namespace Mlops.StandIns.Tests.PulumiSdk;

[TestFixture, NonParallelizable] // The SDK documents TestAsync as serial only.
public sealed class ResultTests
{
    [Test]
    public async Task What_the_mock_returns_is_in_the_output_properties()
    {
        var thing = await ThingAfter(
            new Dictionary<string, object>
            {
                ["arn"] = "arn:aws:things:::thing",
                ["size"] = 5,
                ["kind"] = "COLD",
                ["tags"] = new Dictionary<string, object> { ["a"] = "b" },
                ["rules"] = new object[]
                {
                    new Dictionary<string, object> { ["action"] = "keep", ["limit"] = 1.5 },
                },
                ["document"] = new Dictionary<string, object> { ["deep"] = new[] { 1 } },
                ["principal"] = "*",
            }
        );

        Assert.That(await Value(thing.Arn), Is.EqualTo("arn:aws:things:::thing"));
        Assert.That(await Value(thing.Id), Is.EqualTo("thing-id"));
        Assert.That(await Value(thing.Size), Is.EqualTo(5));
        Assert.That(await Value(thing.Kind), Is.EqualTo(Kind.Cold));
        Assert.That(await Value(thing.Tags), Is.EquivalentTo(new Dictionary<string, string> { ["a"] = "b" }));

        var rule = (await Value(thing.Rules)).Single();
        Assert.That((rule.Action, rule.Limit), Is.EqualTo(("keep", 1.5)));

        var document = (ImmutableDictionary<string, object>)(await Value(thing.Document))!;
        Assert.That(document["deep"], Is.EqualTo(ImmutableArray.Create<object>(1d)));
        Assert.That((await Value(thing.Principal)).AsT0, Is.EqualTo("*"));
    }

    [Test]
    public async Task A_union_takes_the_second_type_when_the_first_does_not_fit()
    {
        var thing = await ThingAfter(
            new Dictionary<string, object> { ["principal"] = new Dictionary<string, object> { ["action"] = "keep" } }
        );

        var rule = (await Value(thing.Principal)).AsT1;
        Assert.That((rule.Action, rule.Limit), Is.EqualTo(("keep", (double?)null)));
    }

    [Test]
    public async Task What_the_mock_does_not_return_is_the_default_in_an_update()
    {
        var thing = await ThingAfter(new Dictionary<string, object>());

        Assert.That(await OutputUtilities.GetIsKnownAsync(thing.Arn), Is.True);
        Assert.That(await Value(thing.Arn), Is.Null);
        Assert.That((await Value(thing.Rules)).IsDefault, Is.True);
    }

    [Test]
    public async Task What_the_mock_does_not_return_is_unknown_in_a_preview()
    {
        var thing = await ThingAfter(new Dictionary<string, object>(), isPreview: true);

        Assert.That(await OutputUtilities.GetIsKnownAsync(thing.Arn), Is.False);
        Assert.That(await OutputUtilities.GetIsKnownAsync(thing.Urn), Is.True);
    }

    [Test]
    public async Task A_value_of_the_wrong_type_becomes_the_default()
    {
        var thing = await ThingAfter(
            new Dictionary<string, object>
            {
                ["size"] = "large",
                ["arn"] = 1,
                ["rules"] = "none",
            }
        );

        Assert.That(await Value(thing.Size), Is.Null);
        Assert.That(await Value(thing.Arn), Is.Null);
        Assert.That((await Value(thing.Rules)).IsDefault, Is.True);
    }

    [Test]
    public async Task A_secret_input_that_the_mock_returns_is_no_secret_any_more()
    {
        var declared = new Declared();
        Thing? thing = null;
        await Deployment.TestAsync(
            declared,
            Declared.Update,
            () => thing = new Thing("thing", new ThingArgs { Arn = Output.CreateSecret("hush") })
        );

        Assert.That(await Value(thing!.Arn), Is.EqualTo("hush"));
        Assert.That(await Output.IsSecretAsync(thing.Arn), Is.False);
    }

    [Test]
    public async Task A_secret_that_the_mock_returns_is_secret()
    {
        var thing = await ThingAfter(new Dictionary<string, object> { ["arn"] = Output.CreateSecret("hush") });

        Assert.That(await Output.IsSecretAsync(thing.Arn), Is.True);
        Assert.That(await Output.IsSecretAsync(thing.Size), Is.False);
    }

    [Test]
    public void A_state_that_is_no_dictionary_fails_the_run() =>
        Assert.That(
            () => ThingAfter("text"),
            Throws.InstanceOf<Exception>().With.Message.Contain("System.String is not a supported argument type")
        );

    private static Task<T> Value<T>(Output<T> output) => OutputUtilities.GetValueAsync(output);

    private static async Task<Thing> ThingAfter(object state, bool isPreview = false)
    {
        var declared = new Declared();
        declared.States["thing"] = _ => Task.FromResult(state);
        var resources = await Deployment.TestAsync(
            declared,
            new() { IsPreview = isPreview },
            () => _ = new Thing("thing")
        );
        return resources.OfType<Thing>().Single();
    }
}
