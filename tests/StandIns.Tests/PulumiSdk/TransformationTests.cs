using System.Collections.Immutable;
using Pulumi;

namespace Mlops.StandIns.Tests.PulumiSdk;

[TestFixture, NonParallelizable] // The SDK documents TestAsync as serial only.
public sealed class TransformationTests
{
    [Test]
    public async Task The_stacks_transformation_sees_the_options_of_every_resource()
    {
        var seen = new List<(string Name, bool? Protect, string? Parent)>();
        var stack = new StackOptions
        {
            ResourceTransformations =
            {
                args =>
                {
                    seen.Add(
                        (args.Resource.GetResourceName(), args.Options.Protect, args.Options.Parent?.GetResourceName())
                    );
                    return null;
                },
            },
        };

        await Deployment.TestWithServiceProviderAsync<Two>(new Declared(), new Only(() => new Two(stack)));

        Assert.That(
            seen,
            Is.EqualTo(
                new (string, bool?, string?)[]
                {
                    ("project-stack", null, null),
                    ("group", true, null),
                    ("inside", null, "group"),
                }
            )
        );
    }

    [Test]
    public async Task A_transformation_changes_arguments_and_the_innermost_is_first()
    {
        var declared = new Declared();
        await Deployment.TestAsync(
            declared,
            Declared.Update,
            () =>
            {
                var group = new Group("group", new() { ResourceTransformations = { Append("outer") } });
                _ = new Thing(
                    "thing",
                    new ThingArgs { Arn = "arn" },
                    new() { Parent = group, ResourceTransformations = { Append("inner") } }
                );
            }
        );

        Assert.That(declared["thing"].Inputs["arn"], Is.EqualTo("arn inner outer"));
    }

    [Test]
    public void A_transformation_cannot_move_a_resource() =>
        Assert.That(
            () =>
                Deployment.TestAsync(
                    new Declared(),
                    Declared.Update,
                    () =>
                    {
                        var group = new Group("group");
                        ResourceTransformation move = args =>
                            new(args.Args, new CustomResourceOptions { Parent = group });
                        _ = new Thing("thing", options: new() { ResourceTransformations = { move } });
                    }
                ),
            Throws
                .TypeOf<RunException>()
                .With.Message.Contain("Transformations cannot currently be used to change the 'parent' of a resource.")
        );

    [Test]
    public async Task Options_are_merged_with_the_second_on_top()
    {
        var parent = (Group?)null;
        CustomResourceOptions? merged = null;

        await Deployment.TestAsync(
            new Declared(),
            Declared.Update,
            () =>
            {
                parent = new Group("group");
                merged = CustomResourceOptions.Merge(
                    new()
                    {
                        Protect = true,
                        Parent = parent,
                        IgnoreChanges = { "a" },
                        Version = "1",
                    },
                    new()
                    {
                        Protect = false,
                        IgnoreChanges = { "b" },
                        DependsOn = parent,
                    }
                );
            }
        );

        Assert.That((merged!.Protect, merged.Parent, merged.Version), Is.EqualTo((false, parent, "1")));
        Assert.That(merged.IgnoreChanges, Is.EqualTo(["a", "b"]));
    }

    private static ResourceTransformation Append(string word) =>
        args =>
            args.Args is ThingArgs { Arn: { } arn }
                ? new(new ThingArgs { Arn = arn.Apply(text => $"{text} {word}") }, args.Options)
                : null;

    private sealed class Only(Func<object> make) : IServiceProvider
    {
        public object GetService(Type serviceType) => make();
    }

    private sealed class Two : Stack
    {
        public Two(StackOptions options)
            : base(options) =>
            _ = new Group(
                "group",
                new() { Protect = true },
                group => _ = new Thing("inside", options: new() { Parent = group })
            );
    }
}
