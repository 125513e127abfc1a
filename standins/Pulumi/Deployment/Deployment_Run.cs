using System.Collections.Immutable;
using System.Reflection;
using Pulumi.Testing;

namespace Pulumi;

public sealed partial class Deployment
{
    /// <summary>Not possible with this stand-in: fails and says what is needed.</summary>
    public static Task<int> RunAsync(Action action) => NeedsOfficialPackages();

    /// <inheritdoc cref="RunAsync(Action)"/>
    public static Task<int> RunAsync(Func<IDictionary<string, object?>> func) => NeedsOfficialPackages();

    /// <inheritdoc cref="RunAsync(Action)"/>
    public static Task<int> RunAsync(Func<Task> func) => NeedsOfficialPackages();

    /// <inheritdoc cref="RunAsync(Action)"/>
    public static Task<int> RunAsync(Func<Task<IDictionary<string, object?>>> func, StackOptions? options = null) =>
        NeedsOfficialPackages();

    /// <inheritdoc cref="RunAsync(Action)"/>
    public static Task<int> RunAsync<TStack>()
        where TStack : Stack, new() => NeedsOfficialPackages();

    /// <inheritdoc cref="RunAsync(Action)"/>
    public static Task<int> RunAsync<TStack>(IServiceProvider serviceProvider)
        where TStack : Stack => NeedsOfficialPackages();

    /// <summary>
    /// Runs a stack in-process against mocks and gives everything that it declared. Fails with a
    /// <see cref="RunException"/>, or several in an <see cref="AggregateException"/>.
    /// </summary>
    public static Task<ImmutableArray<Resource>> TestAsync<TStack>(IMocks mocks, TestOptions? options = null)
        where TStack : Stack, new() =>
        TestAsync(
            mocks,
            options,
            () =>
                Task.FromResult(
                    (Stack)
                        Activator.CreateInstance(
                            typeof(TStack),
                            BindingFlags.DoNotWrapExceptions | BindingFlags.Public | BindingFlags.Instance,
                            null,
                            null,
                            null
                        )!
                )
        );

    /// <summary>As <see cref="TestAsync{TStack}(IMocks, TestOptions?)"/>, with the stack from a service provider.</summary>
    public static Task<ImmutableArray<Resource>> TestWithServiceProviderAsync<TStack>(
        IMocks mocks,
        IServiceProvider serviceProvider,
        TestOptions? options = null
    )
        where TStack : Stack =>
        TestAsync(
            mocks,
            options,
            () =>
                Task.FromResult<Stack>(
                    serviceProvider.GetService(typeof(TStack)) as TStack
                        ?? throw new InvalidOperationException(
                            $"Failed to resolve instance of type {typeof(TStack)} from service provider. "
                                + "Register the type with the service provider before calling RunAsync."
                        )
                )
        );

    /// <summary>Runs a function as a program; also gives the outputs that it returned.</summary>
    public static async Task<(ImmutableArray<Resource> Resources, IDictionary<string, object?> Outputs)> TestAsync(
        IMocks testMocks,
        TestOptions testOptions,
        Func<Task<IDictionary<string, object?>>> createResources
    )
    {
        TestStack? program = null;
        var resources = await TestAsync(
            testMocks,
            testOptions,
            async () =>
            {
                program = new TestStack();
                program.Results = await createResources();
                return program;
            }
        );

        // The stack that stands for the function is none of the program's resources.
        return ([.. resources.Where(resource => resource != program)], program!.Results);
    }

    /// <inheritdoc cref="TestAsync(IMocks, TestOptions, Func{Task{IDictionary{string, object?}}})"/>
    public static Task<(ImmutableArray<Resource> Resources, IDictionary<string, object?> Outputs)> TestAsync(
        IMocks testMocks,
        TestOptions testOptions,
        Func<IDictionary<string, object?>> createResources
    ) => TestAsync(testMocks, testOptions, () => Task.FromResult(createResources()));

    /// <summary>Runs a function as a program.</summary>
    public static async Task<ImmutableArray<Resource>> TestAsync(
        IMocks testMocks,
        TestOptions testOptions,
        Func<Task> createResources
    )
    {
        var (resources, _) = await TestAsync(
            testMocks,
            testOptions,
            async () =>
            {
                await createResources();
                return (IDictionary<string, object?>)new Dictionary<string, object?>();
            }
        );

        return resources;
    }

    /// <summary>Runs a function as a program.</summary>
    public static Task<ImmutableArray<Resource>> TestAsync(
        IMocks testMocks,
        TestOptions testOptions,
        Action createResources
    ) =>
        TestAsync(
            testMocks,
            testOptions,
            () =>
            {
                createResources();
                return Task.CompletedTask;
            }
        );

    // Asynchronous, and not merely returning the task: the instance must be gone again when the caller goes on.
    private static async Task<ImmutableArray<Resource>> TestAsync(
        IMocks mocks,
        TestOptions? options,
        Func<Task<Stack>> program
    )
    {
        var deployment = new Deployment(mocks, options);
        Instance = new DeploymentInstance(deployment);
        await deployment.Runner.RunAsync(program);

        return deployment.Runner.Errors switch
        {
            [] => deployment._monitor.Resources,
            [var error] => throw new RunException(error),
            var errors => throw new AggregateException(errors.Select(error => new RunException(error))),
        };
    }

    private static Task<int> NeedsOfficialPackages() =>
        Task.FromException<int>(
            new InvalidOperationException(
                "This program was built with the repository's stand-in for the Pulumi package, which can only be run in-process "
                    + "(./mlops local, tests). `pulumi up` needs the official packages: build with -p:SdkSource=registry where the "
                    + "registry serves them (docs/packages.md)."
            )
        );
}
