using System.Collections.Immutable;
using Pulumi;
using Pulumi.Testing;
using Pulumi.Utilities;

namespace Mlops.StandIns.Tests.PulumiSdk;

[TestFixture, NonParallelizable] // The SDK documents TestAsync as serial only.
public sealed class DeploymentTests
{
    [Test]
    public async Task A_mock_sees_type_name_and_no_provider_and_no_id()
    {
        var declared = await Run(() => _ = new Thing("thing"));

        var seen = declared["thing"];
        Assert.That(
            (seen.Type, seen.Name, seen.Provider, seen.Id),
            Is.EqualTo(("aws:things/thing:Thing", "thing", "", ""))
        );
    }

    [Test]
    public async Task Urns_name_stack_project_parents_type_and_name()
    {
        Thing? alone = null;
        Thing? inGroup = null;
        await Deployment.TestAsync(
            new Declared(),
            new() { ProjectName = "mlops", StackName = "dev" },
            () =>
            {
                alone = new Thing("alone");
                _ = new Group(
                    "group",
                    declare: group => inGroup = new Thing("in-group", options: new() { Parent = group })
                );
            }
        );

        Assert.That(
            await OutputUtilities.GetValueAsync(alone!.Urn),
            Is.EqualTo("urn:pulumi:dev::mlops::pulumi:pulumi:Stack$aws:things/thing:Thing::alone")
        );
        Assert.That(
            await OutputUtilities.GetValueAsync(inGroup!.Urn),
            Does.EndWith("$aws:things/thing:Thing::in-group").And.StartsWith("urn:pulumi:dev::mlops::")
        );
    }

    [Test]
    public async Task Creation_follows_outputs_and_DependsOn()
    {
        var declared = new Declared();
        declared.States["slow"] = async args =>
        {
            await Task.Delay(50);
            Assert.That(declared.Resources, Has.Count.EqualTo(1), "nothing that depends on it has been asked for");
            return args.Inputs.Add("arn", "arn:slow");
        };

        await Deployment.TestAsync(
            declared,
            Declared.Update,
            () =>
            {
                var slow = new Thing("slow");
                var after = new Thing("after", new ThingArgs { Arn = slow.Arn });
                _ = new Thing("last", options: new() { DependsOn = after });
            }
        );

        Assert.That(declared.Resources.Select(resource => resource.Name), Is.EqualTo(["slow", "after", "last"]));
        Assert.That(declared["after"].Inputs["arn"], Is.EqualTo("arn:slow"));
    }

    [Test]
    public async Task What_depends_on_a_component_waits_for_what_is_in_it()
    {
        var declared = new Declared();
        declared.States["inside"] = async args =>
        {
            await Task.Delay(50);
            Assert.That(declared.Resources.Select(resource => resource.Name), Does.Not.Contain("after"));
            return args.Inputs;
        };

        await Deployment.TestAsync(
            declared,
            Declared.Update,
            () =>
            {
                var group = new Group("group", declare: it => _ = new Thing("inside", options: new() { Parent = it }));
                _ = new Thing("after", options: new() { DependsOn = group });
            }
        );

        Assert.That(declared.Resources.Select(resource => resource.Name), Is.EqualTo(["group", "inside", "after"]));
    }

    [Test]
    public async Task Independent_resources_are_created_at_the_same_time()
    {
        var both = new CountdownEvent(2);
        var declared = new Declared();
        foreach (var name in new[] { "one", "two" })
        {
            declared.States[name] = async args =>
            {
                both.Signal();
                Assert.That(await Task.Run(() => both.Wait(TimeSpan.FromSeconds(10))), Is.True);
                return args.Inputs;
            };
        }

        await Deployment.TestAsync(
            declared,
            Declared.Update,
            () =>
            {
                _ = new Thing("one");
                _ = new Thing("two");
            }
        );

        Assert.That(both.IsSet, Is.True);
    }

    [Test]
    public void A_mock_that_fails_ends_the_run()
    {
        var declared = new Declared();
        declared.States["bad"] = async _ =>
        {
            await Task.Yield();
            throw new InvalidOperationException("no room");
        };

        Assert.That(
            () => Deployment.TestAsync(declared, Declared.Update, () => _ = new Thing("bad")),
            Throws.TypeOf<RunException>().With.Message.Contain("no room")
        );
    }

    [Test]
    public void A_program_that_fails_ends_the_run_and_a_RunException_tells_only_its_message() =>
        Assert.That(
            () => Run(() => throw new RunException("set the region")),
            Throws.TypeOf<RunException>().With.Message.EqualTo("set the region")
        );

    [Test]
    public void An_error_that_is_logged_fails_the_run() =>
        Assert.That(() => Run(() => Log.Error("so not")), Throws.TypeOf<RunException>().With.Message.EqualTo("so not"));

    [Test]
    public void An_Apply_that_fails_ends_the_run_although_nobody_uses_its_result() =>
        Assert.That(
            () => Run(() => new Thing("thing").Id.Apply(string (_) => throw new RunException("in apply"))),
            Throws.TypeOf<RunException>().With.Message.EqualTo("in apply")
        );

    [Test]
    public async Task A_resource_with_an_id_is_read()
    {
        var declared = await Run(() => _ = new Thing("thing", options: new() { Id = "existing" }));

        Assert.That(declared["thing"].Id, Is.EqualTo("existing"));
    }

    [Test]
    public async Task A_resource_with_an_import_id_is_taken_over()
    {
        var declared = await Run(() => _ = new Thing("thing", options: new() { ImportId = "existing" }));

        Assert.That(declared["thing"].Id, Is.EqualTo("existing"));
    }

    [Test]
    public void An_alias_that_says_the_same_thing_twice_is_refused() =>
        Assert.That(
            () =>
                Run(() =>
                    _ = new Thing(
                        "thing",
                        options: new()
                        {
                            Aliases =
                            {
                                new Alias { Urn = "urn", Name = "old" },
                            },
                        }
                    )
                ),
            Throws.TypeOf<RunException>().With.Message.Contain("Alias should not specify both Urn and Name")
        );

    [Test]
    public async Task A_stack_is_run_by_type_and_its_outputs_are_registered()
    {
        var declared = new Declared();
        var resources = await Deployment.TestAsync<OneThing>(declared, Declared.Update);

        Assert.That(resources.Select(resource => resource.GetType()), Is.EqualTo([typeof(OneThing), typeof(Thing)]));
        Assert.That(resources[0].GetResourceName(), Is.EqualTo("project-stack"));

        var outputs = declared.Outputs["urn:pulumi:stack::project::pulumi:pulumi:Stack::project-stack"];
        Assert.That(await OutputUtilities.GetValueAsync(outputs["thing"]), Is.EqualTo("thing-id"));
    }

    [Test]
    public async Task A_stack_comes_from_a_service_provider()
    {
        OneThing? made = null;
        var services = new Services(type => type == typeof(OneThing) ? made = new OneThing() : null);

        var resources = await Deployment.TestWithServiceProviderAsync<OneThing>(new Declared(), services);

        Assert.That(resources, Does.Contain(made));
    }

    [Test]
    public void A_stack_must_set_its_outputs() =>
        Assert.That(
            () => Deployment.TestAsync<Forgetful>(new Declared()),
            Throws
                .TypeOf<RunException>()
                .With.Message.EqualTo(
                    "Output(s) 'thing' have no value assigned. [Output] attributed properties must be assigned inside Stack constructor."
                )
        );

    [Test]
    public async Task A_component_keeps_its_own_outputs_and_registers_them()
    {
        var declared = await Run(() => _ = new Group("group"));

        var (_, outputs) = declared.Outputs.Single(entry => entry.Key.EndsWith("::group", StringComparison.Ordinal));
        Assert.That(await OutputUtilities.GetValueAsync(outputs["arn"]), Is.EqualTo("set by the component"));
    }

    [Test]
    public async Task A_program_sees_where_it_runs()
    {
        var (_, outputs) = await Deployment.TestAsync(
            new Declared(),
            new()
            {
                ProjectName = "mlops",
                StackName = "dev",
                OrganizationName = "org",
            },
            () =>
            {
                var it = Deployment.Instance;
                return new Dictionary<string, object?>
                {
                    ["where"] = (it.OrganizationName, it.ProjectName, it.StackName, it.IsDryRun),
                };
            }
        );

        Assert.That(outputs["where"], Is.EqualTo(("org", "mlops", "dev", true)));
    }

    [Test]
    public void There_is_no_deployment_outside_of_a_run() =>
        Assert.That(() => Deployment.Instance, Throws.InvalidOperationException);

    [Test]
    public void RunAsync_needs_the_engine() =>
        Assert.That(() => Deployment.RunAsync(() => { }), Throws.InvalidOperationException);

    private static async Task<Declared> Run(Action program)
    {
        var declared = new Declared();
        await Deployment.TestAsync(declared, Declared.Update, program);
        return declared;
    }

    private sealed class Services(Func<Type, object?> make) : IServiceProvider
    {
        public object? GetService(Type serviceType) => make(serviceType);
    }

    private sealed class OneThing : Stack
    {
        public OneThing() => Thing = new Thing("thing").Id;

        [Output("thing")]
        public Output<string> Thing { get; private set; }
    }

    private sealed class Forgetful : Stack
    {
        [Output("thing")]
        public Output<string> Thing { get; private set; } = null!;
    }
}
