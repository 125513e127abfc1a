using Mlops.Cli.Display;
using Mlops.Provisioning.Api;

namespace Mlops.Cli.Commands;

/// <summary><c>mlops retry NAME STAGE</c>: starts a failed stage again.</summary>
public sealed class RetryCommand(CliConsole console, CliServices services)
{
    /// <summary>Runs the command.</summary>
    /// <exception cref="ExpectedFailureException">The stage is not there, has not failed or cannot be retried.</exception>
    public Task<ExitCode> RunAsync(RetryCommandSettings settings, CancellationToken cancellation) =>
        new PipelineCall(console, services, settings.Global).RunAsync(
            ApiRoutes.Retry,
            [(ApiRoutes.PipelineName, PipelineCall.NameOf(settings.Pipeline)), (ApiRoutes.StageName, settings.Stage)],
            [],
            cancellation
        );
}
