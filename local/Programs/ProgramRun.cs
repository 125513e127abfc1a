using Mlops.Infra;
using Mlops.Infra.Publishing;
using Mlops.Local.Processes;
using Mlops.Local.Stacks;
using Pulumi;
using Pulumi.Testing;

namespace Mlops.Local.Programs;

/// <summary>What the Pulumi program says about itself when it has run.</summary>
/// <param name="AssetsBucket">Name of the bucket for models and data.</param>
/// <param name="ArtifactBucket">Name of the bucket of CodePipeline's artifacts.</param>
/// <param name="NotificationsTopic">ARN of the topic that tells how pipelines went.</param>
/// <param name="ModelRegistryArn">ARN of the model package group, or null when none is made.</param>
public sealed record ProgramOutputs(
    string AssetsBucket,
    string ArtifactBucket,
    string NotificationsTopic,
    string? ModelRegistryArn
);

/// <summary>Runs the Pulumi program in this process, with <see cref="LocalEngine"/> in the engine's place.</summary>
public static class ProgramRun
{
    /// <summary>The name in <c>Pulumi.yaml</c>.</summary>
    internal const string Project = "mlops";

    /// <summary>Creates everything that the program declares.</summary>
    /// <exception cref="StartFailedException">A creation failed; the message names the resource and the reason.</exception>
    public static async Task<ProgramOutputs> RunAsync(
        string stack,
        StackSettings settings,
        LambdaPackages packages,
        LocalEngine engine,
        GitSource? besides = null
    )
    {
        try
        {
            var made = await DeclareAsync(
                stack,
                engine,
                () => new OrchestratorStack(settings, packages, besides: besides)
            );
            return new ProgramOutputs(
                await ValueAsync(made.AssetsBucket),
                await ValueAsync(made.ArtifactBucket),
                await ValueAsync(made.NotificationsTopic),
                await ValueAsync(made.ModelRegistryArn)
            );
        }
        catch (RunException failure)
        {
            throw new StartFailedException(
                $"The Pulumi program could not be carried out locally: {engine.Failure ?? failure.Message}",
                failure
            );
        }
    }

    /// <summary>Runs the program; <paramref name="providers"/> answer in the place of AWS.</summary>
    /// <exception cref="RunException">The program failed, or a provider's answer did.</exception>
    internal static async Task<OrchestratorStack> DeclareAsync(
        string stack,
        IMocks providers,
        Func<OrchestratorStack> make
    )
    {
        var resources = await Deployment.TestWithServiceProviderAsync<OrchestratorStack>(
            providers,
            new OneStack(make),
            new TestOptions
            {
                ProjectName = Project,
                StackName = stack,
                IsPreview = false,
            }
        );
        return resources.OfType<OrchestratorStack>().Single();
    }

    /// <summary>What an output of a finished run is.</summary>
    internal static Task<T> ValueAsync<T>(Output<T> output)
    {
        var value = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        output.Apply(known =>
        {
            value.SetResult(known);
            return known;
        });
        return value.Task;
    }

    /// <summary>The stack is made inside of the deployment, not before it.</summary>
    private sealed class OneStack(Func<OrchestratorStack> make) : IServiceProvider
    {
        public object? GetService(Type serviceType) => serviceType == typeof(OrchestratorStack) ? make() : null;
    }
}
