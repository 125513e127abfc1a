using System.Collections.Immutable;
using Pulumi;

namespace Mlops.StandIns.Tests.PulumiSdk;

[TestFixture, NonParallelizable] // The SDK documents TestAsync as serial only.
public sealed class InputTests
{
    [Test]
    public async Task Numbers_arrive_as_double_and_collections_as_immutable_even_when_empty()
    {
        var inputs = await InputsOf(() => new ThingArgs { Size = 3 });

        Assert.That(inputs["size"], Is.EqualTo(3d).And.TypeOf<double>());
        Assert.That(inputs["tags"], Is.InstanceOf<ImmutableDictionary<string, object>>().And.Empty);
        Assert.That(inputs["rules"], Is.EqualTo(ImmutableArray<object>.Empty));
    }

    [Test]
    public async Task What_is_null_does_not_arrive()
    {
        var inputs = await InputsOf(() => new ThingArgs());

        Assert.That(inputs.Keys, Is.EquivalentTo(["tags", "rules"]));
    }

    [Test]
    public async Task Nested_arguments_arrive_as_dictionaries_by_their_wire_names()
    {
        var inputs = await InputsOf(() =>
            new ThingArgs
            {
                Rules =
                {
                    new RuleArgs { Action = "keep", Limit = 2 },
                },
            }
        );

        var rule = ((ImmutableArray<object>)inputs["rules"]).Single();
        Assert.That(rule, Is.EquivalentTo(new Dictionary<string, object> { ["action"] = "keep", ["limit"] = 2d }));
    }

    [Test]
    public async Task An_enum_arrives_as_its_text()
    {
        var inputs = await InputsOf(() => new ThingArgs { Kind = Kind.Cold });

        Assert.That(inputs["kind"], Is.EqualTo("COLD"));
    }

    [Test]
    public async Task A_secret_arrives_unwrapped()
    {
        var inputs = await InputsOf(() => new ThingArgs { Arn = Output.CreateSecret("hush") });

        Assert.That(inputs["arn"], Is.EqualTo("hush"));
    }

    [Test]
    public async Task An_archive_arrives_as_an_archive()
    {
        var inputs = await InputsOf(() => new ThingArgs { Code = new FileArchive("./bootstrap.zip") });

        Assert.That(inputs["code"], Is.TypeOf<FileArchive>());
    }

    [Test]
    public async Task Either_type_of_a_union_arrives_as_itself()
    {
        var text = await InputsOf(() => new ThingArgs { Document = "{}" });
        var map = await InputsOf(() =>
            new ThingArgs { Document = ImmutableDictionary<string, object>.Empty.Add("a", 1) }
        );

        Assert.That(text["document"], Is.EqualTo("{}"));
        Assert.That(map["document"], Is.EquivalentTo(new Dictionary<string, object> { ["a"] = 1d }));
    }

    [Test]
    public async Task An_unknown_input_vanishes_in_a_preview_together_with_what_holds_it()
    {
        var declared = new Declared();
        declared.States["first"] = _ => Task.FromResult<object>(new Dictionary<string, object>());

        await Deployment.TestAsync(
            declared,
            new() { IsPreview = true },
            () =>
            {
                var first = new Thing("first");
                _ = new Thing(
                    "second",
                    new ThingArgs
                    {
                        Arn = first.Arn,
                        Size = 1,
                        Tags = { ["arn"] = first.Arn, ["a"] = "b" },
                    }
                );
            }
        );

        Assert.That(declared["second"].Inputs.Keys, Is.EquivalentTo(["size", "rules"]));
    }

    [Test]
    public void The_same_key_twice_with_other_values_is_refused()
    {
        Assert.That(
            () => InputsOf(() => new ThingArgs { Tags = { ["a"] = "1", ["a"] = "2" } }),
            Throws
                .InstanceOf<Exception>()
                .With.Message.Contain("Key 'a' already exists in the map with a different value.")
        );
    }

    [Test]
    public void A_required_argument_that_is_missing_is_named()
    {
        Assert.That(
            () => InputsOf(() => new ThingArgs { Rules = { new RuleArgs() } }),
            Throws
                .InstanceOf<Exception>()
                .With.Message.Contain(
                    $"[Input] {typeof(RuleArgs).FullName}.Action is required but was not given a value"
                )
        );
    }

    [Test]
    public async Task Lists_and_maps_are_put_together()
    {
        var inputs = await InputsOf(() =>
        {
            var args = new ThingArgs
            {
                Tags = InputMap<string>.Merge(
                    new() { ["a"] = "first", ["b"] = "kept" },
                    new() { ["a"] = Output.Create("second") }
                ),
            };
            args.Rules.Add(new RuleArgs { Action = "one" });
            args.Rules.AddRange(new[] { new RuleArgs { Action = "two" } });
            return args;
        });

        Assert.That(
            inputs["tags"],
            Is.EquivalentTo(new Dictionary<string, object> { ["a"] = "second", ["b"] = "kept" })
        );
        Assert.That(
            ((ImmutableArray<object>)inputs["rules"])
                .Cast<ImmutableDictionary<string, object>>()
                .Select(rule => rule["action"]),
            Is.EqualTo(["one", "two"])
        );
    }

    private static async Task<ImmutableDictionary<string, object>> InputsOf(Func<ThingArgs> args)
    {
        var declared = new Declared();
        await Deployment.TestAsync(declared, Declared.Update, () => _ = new Thing("thing", args()));
        return declared["thing"].Inputs;
    }
}
