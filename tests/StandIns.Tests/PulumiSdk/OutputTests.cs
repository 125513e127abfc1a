using System.Collections.Immutable;
using System.Text.Json;
using Pulumi;
using Pulumi.Utilities;

namespace Mlops.StandIns.Tests.PulumiSdk;

[TestFixture, NonParallelizable] // The SDK documents TestAsync as serial only.
public sealed class OutputTests
{
    [Test]
    public async Task Values_are_transformed_and_combined()
    {
        var both = Output.Tuple(Output.Create(2), Output.Create("b")).Apply(pair => $"{pair.Item2}{pair.Item1}");
        var all = Output.All(Output.Create(1), both.Apply(text => text.Length)).Apply(numbers => numbers.Sum());

        Assert.That(await OutputUtilities.GetValueAsync(both), Is.EqualTo("b2"));
        Assert.That(await OutputUtilities.GetValueAsync(all), Is.EqualTo(3));
    }

    [Test]
    public async Task Format_fills_outputs_inputs_and_plain_values_invariantly()
    {
        Input<string> input = "in";
        var text = Output.Format($"{Output.Create("out")}/{input}/{1.5}");

        Assert.That(await OutputUtilities.GetValueAsync(text), Is.EqualTo("out/in/1.5"));
    }

    [Test]
    public async Task What_comes_from_a_secret_is_secret()
    {
        var secret = Output.CreateSecret("hush").Apply(text => text.Length);
        var mixed = Output.Tuple(Output.Create(1), secret);

        Assert.That(await Output.IsSecretAsync(secret), Is.True);
        Assert.That(await Output.IsSecretAsync(mixed), Is.True);
        Assert.That(await Output.IsSecretAsync(Output.Unsecret(secret)), Is.False);
    }

    [Test]
    public async Task Apply_does_not_run_on_what_is_unknown()
    {
        var ran = false;
        var applied = OutputUtilities.CreateUnknown("?").Apply(_ => ran = true);

        Assert.That(await OutputUtilities.GetIsKnownAsync(applied), Is.False);
        Assert.That(ran, Is.False);
    }

    [Test]
    public async Task Json_may_hold_outputs_and_is_as_secret_and_unknown_as_they_are()
    {
        var document = new
        {
            Plain = 1,
            Output = Output.Create(Task.Run(() => "later")),
            List = (InputList<string>)new[] { "a", "b" },
            Map = new InputMap<string> { ["k"] = Output.CreateSecret("v") },
        };
        var json = Output.JsonSerialize(Output.Create(document));
        var unknown = Output.JsonSerialize(Output.Create(new { Value = OutputUtilities.CreateUnknown("?") }));

        Assert.That(
            await OutputUtilities.GetValueAsync(json),
            Is.EqualTo("""{"Plain":1,"Output":"later","List":["a","b"],"Map":{"k":"v"}}""")
        );
        Assert.That(await Output.IsSecretAsync(json), Is.True);
        Assert.That(await OutputUtilities.GetIsKnownAsync(unknown), Is.False);
    }

    [Test]
    public async Task Json_is_read_into_a_type()
    {
        var read = Output.JsonDeserialize<ImmutableArray<int>>(Output.CreateSecret("[1,2]"));

        Assert.That(await OutputUtilities.GetValueAsync(read), Is.EqualTo(new[] { 1, 2 }));
        Assert.That(await Output.IsSecretAsync(read), Is.True);
    }

    [Test]
    public async Task Json_follows_the_options()
    {
        var options = new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };
        var json = Output.JsonSerialize(
            Output.Create(new { Version = "2012-10-17", Nested = Output.Create(new { Sid = 1 }) }),
            options
        );

        Assert.That(
            await OutputUtilities.GetValueAsync(json),
            Is.EqualTo("""{"version":"2012-10-17","nested":{"sid":1}}""")
        );
    }

    [Test]
    public async Task An_output_remembers_the_resources_that_it_came_from()
    {
        ImmutableHashSet<Resource> from = [];
        Thing? thing = null;

        await Deployment.TestAsync(
            new Declared(),
            Declared.Update,
            async () =>
            {
                thing = new Thing("thing", new ThingArgs { Arn = "arn" });
                from = await OutputUtilities.GetDependenciesAsync(thing.Arn.Apply(arn => arn + "/*"));
            }
        );

        Assert.That(from, Is.EqualTo(new Resource[] { thing! }));
    }
}
