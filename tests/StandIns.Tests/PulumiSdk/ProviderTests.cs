using System.Collections.Immutable;
using Pulumi;
using Pulumi.Utilities;

namespace Mlops.StandIns.Tests.PulumiSdk;

[TestFixture, NonParallelizable] // The SDK documents TestAsync as serial only.
public sealed class ProviderTests
{
    private const string Reference =
        "urn:pulumi:stack::project::pulumi:pulumi:Stack$pulumi:providers:aws::cloud::cloud-id";

    [Test]
    public async Task A_provider_is_a_resource_whose_complex_inputs_are_json_texts()
    {
        var declared = await Run(() =>
            _ = new Cloud(
                "cloud",
                new CloudArgs
                {
                    Region = "us-east-1",
                    MaxRetries = 3,
                    AssumeRoles =
                    {
                        new AssumedRoleArgs { SessionName = "mlops \"dev\"", RoleArn = Output.Create("arn") },
                    },
                }
            )
        );

        var inputs = declared["cloud"].Inputs;
        Assert.That(declared["cloud"].Type, Is.EqualTo("pulumi:providers:aws"));
        Assert.That(inputs["region"], Is.EqualTo("us-east-1"));
        Assert.That(inputs["maxRetries"], Is.EqualTo("3"));
        Assert.That(inputs["assumeRoles"], Is.EqualTo("""[ { "roleArn": "arn", "sessionName": "mlops \"dev\"" } ]"""));
    }

    [Test]
    public async Task An_empty_list_of_a_provider_is_json_too()
    {
        var declared = await Run(() => _ = new Cloud("cloud"));

        Assert.That(
            declared["cloud"].Inputs,
            Is.EquivalentTo(new Dictionary<string, object> { ["assumeRoles"] = "[ ]" })
        );
    }

    [Test]
    public async Task A_resource_refers_to_its_provider_by_urn_and_id()
    {
        var declared = await Run(() => _ = new Thing("thing", options: new() { Provider = new Cloud("cloud") }));

        Assert.That(declared["thing"].Provider, Is.EqualTo(Reference));
    }

    [Test]
    public async Task Children_of_a_component_use_its_provider([Values] bool asList)
    {
        var declared = await Run(() =>
        {
            var cloud = new Cloud("cloud");
            var options = asList ? new ComponentResourceOptions { Providers = { cloud } } : new() { Provider = cloud };
            _ = new Group("outer", options, outer => _ = new Group("inner", new() { Parent = outer }, Things));
        });

        Assert.That(declared["child"].Provider, Is.EqualTo(Reference));
        Assert.That(declared["grandchild"].Provider, Is.EqualTo(Reference));
        Assert.That(declared["outer"].Provider, Is.Empty);

        static void Things(Group inner)
        {
            var child = new Thing("child", options: new() { Parent = inner });
            _ = new Thing("grandchild", options: new() { Parent = child });
        }
    }

    [Test]
    public async Task A_component_that_is_in_a_component_may_have_another_provider()
    {
        var declared = await Run(() =>
            _ = new Group(
                "outer",
                new() { Provider = new Cloud("elsewhere") },
                outer =>
                    _ = new Group(
                        "inner",
                        new() { Parent = outer, Provider = new Cloud("cloud") },
                        inner => _ = new Thing("thing", options: new() { Parent = inner })
                    )
            )
        );

        Assert.That(declared["thing"].Provider, Is.EqualTo(Reference));
    }

    [Test]
    public void Provider_and_providers_exclude_each_other() =>
        Assert.That(
            () =>
                Run(() =>
                {
                    var cloud = new Cloud("cloud");
                    _ = new Group("group", new() { Provider = cloud, Providers = { cloud } });
                }),
            Throws
                .TypeOf<RunException>()
                .With.Message.Contain("Do not supply both 'provider' and 'providers' options to a ComponentResource.")
        );

    [Test]
    public async Task A_function_is_called_with_known_arguments_and_its_provider()
    {
        var declared = new Declared { Answer = _ => new Dictionary<string, object> { ["accountId"] = "123456789012" } };
        var account = "";

        await Deployment.TestAsync(
            declared,
            Declared.Update,
            () =>
            {
                var cloud = new Cloud("cloud");
                var caller = Deployment.Instance.Invoke<Caller>(
                    "aws:index/getCallerIdentity:getCallerIdentity",
                    InvokeArgs.Empty,
                    new InvokeOptions { Provider = cloud }
                );
                caller.Apply(it => account = it.AccountId);
            }
        );

        var call = declared.Calls.Single();
        Assert.That(account, Is.EqualTo("123456789012"));
        Assert.That(
            (call.Token, call.Provider),
            Is.EqualTo(("aws:index/getCallerIdentity:getCallerIdentity", Reference))
        );
        Assert.That(call.Args, Is.Empty);
    }

    [Test]
    public async Task A_function_with_an_unknown_argument_is_not_called()
    {
        var declared = new Declared();
        var isKnown = true;

        await Deployment.TestAsync(
            declared,
            new() { IsPreview = true },
            async () =>
            {
                var args = ImmutableDictionary<string, object?>.Empty.Add("arn", OutputUtilities.CreateUnknown("?"));
                var caller = Deployment.Instance.Invoke<Caller>("aws:index/get:get", new DictionaryInvokeArgs(args));
                isKnown = await OutputUtilities.GetIsKnownAsync(caller);
            }
        );

        Assert.That(isKnown, Is.False);
        Assert.That(declared.Calls, Is.Empty);
    }

    private static async Task<Declared> Run(Action program)
    {
        var declared = new Declared();
        await Deployment.TestAsync(declared, Declared.Update, program);
        return declared;
    }

    [OutputType]
    private sealed class Caller
    {
        public readonly string AccountId;

        [OutputConstructor]
        private Caller(string accountId) => AccountId = accountId;
    }
}
