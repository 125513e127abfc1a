using System.CommandLine;
using System.Reflection;
using Mlops.Infra;
using Mlops.Infra.Publishing;
using Mlops.Local;
using Mlops.Local.Display;
using Mlops.Local.Exporting;
using Mlops.Local.Processes;
using Spectre.Console;

var command = LocalCommand.Create(RunAsync);
command.Subcommands.Add(TemplateCommand.Create(WriteTemplateAsync));
var parsed = command.Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors)
    {
        await Console.Error.WriteLineAsync($"mlops: {error.Message}");
    }

    await Console.Error.WriteLineAsync("mlops: ./mlops local --help lists the options.");
    return ExitCodes.Usage;
}

// After a signal everything that was started is ended; the default of two seconds would cut that short.
return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(20) });

static async Task<int> RunAsync(LocalOptions options, CancellationToken cancellationToken)
{
    var display = new RememberingDisplay(DisplayFor(options.Output));
    try
    {
        return await TellingFailuresAsync(
            display,
            () =>
                new LocalRun(options, LocalPlace.Find(options.InfoFile), display, TimeProvider.System).RunAsync(
                    Packages(),
                    cancellationToken
                ),
            cancellationToken
        );
    }
    catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
    {
        // Ctrl-C is how a run that stays is ended; one that was to wait for its pipeline has not done so.
        return options.Once ? ExitCodes.Failed : ExitCodes.Done;
    }
}

static Task<int> WriteTemplateAsync(TemplateOptions options, CancellationToken cancellationToken) =>
    TellingFailuresAsync(
        new PlainDisplay(Console.Out, Console.Error),
        async () =>
        {
            await ProgramTemplate.WriteAsync(options, LocalPlace.Find(infoFile: null), Console.Out, cancellationToken);
            return ExitCodes.Done;
        },
        cancellationToken
    );

static async Task<int> TellingFailuresAsync(IDisplay display, Func<Task<int>> work, CancellationToken cancellationToken)
{
    try
    {
        return await work();
    }
    catch (Exception failure)
        when (failure is StartFailedException or StackSettingsException or LambdaPublishingException)
    {
        display.Show(new Failed(failure.Message));
        return ExitCodes.Failed;
    }
#pragma warning disable CA1031 // The last resort: a bug of ours is told as one.
    catch (Exception bug) when (bug is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
    {
        display.Show(
            new Failed($"This is a bug of ours; please report it with what follows.{Environment.NewLine}{bug}")
        );
        return ExitCodes.Bug;
    }
}

static IDisplay DisplayFor(OutputKind output) =>
    output == OutputKind.Json ? new JsonDisplay(Console.Out)
    : Console.IsOutputRedirected ? new PlainDisplay(Console.Out, Console.Error)
    : new TerminalDisplay(AnsiConsole.Console);

static string Packages() =>
    Assembly
        .GetExecutingAssembly()
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(metadata => metadata.Key == "SdkSource")
        .Value!;
