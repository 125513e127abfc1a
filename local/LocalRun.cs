using Mlops.Infra;
using Mlops.Infra.Publishing;
using Mlops.Local.Display;
using Mlops.Local.Events;
using Mlops.Local.Examples;
using Mlops.Local.Pipelines;
using Mlops.Local.Processes;
using Mlops.Local.Programs;
using Mlops.Local.Stacks.Wire;
using Mlops.Provisioning.Blueprints;

namespace Mlops.Local;

/// <summary>One call of the command: start, example, watch, end.</summary>
public sealed class LocalRun(LocalOptions options, LocalPlace place, RememberingDisplay display, TimeProvider clock)
{
    /// <summary>How long mail may take after its pipeline has ended; it comes by HTTP on this machine.</summary>
    private static readonly TimeSpan MailPatience = TimeSpan.FromSeconds(5);

    /// <summary>Runs until its purpose is reached or it is cancelled.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(string packages, CancellationToken cancellationToken)
    {
        display.Show(new PackagesChosen(packages));
        display.Show(
            new Note("Everything is in memory: when this ends, it is gone. Permissions are not enforced here.")
        );
        display.Show(new Note("Resources are created once; updates and deletes of the program are not rehearsed."));
        SessionInfo.EnsureFree(place.InfoFile);
        var settings = StackFile.Settings(place.Root, options.Stack, options.Config);
        var examples = options
            .Examples.Select(type =>
                ExampleCatalog.Find(place.Root, type, settings.UseModelRegistry, settings.BlueprintPaths)
            )
            .ToList();
        await using var session = await LocalSession.StartAsync(
            options,
            settings,
            place,
            display,
            clock,
            cancellationToken
        );
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var mail = ShowMailAsync(session.Inbox, end.Token);
        var watch = session.Pipelines.RunAsync(end.Token);
        try
        {
            var work = WorkAsync(session, settings, examples, end.Token);
            var first = await Task.WhenAny(work, watch, mail, session.AwsEnded);
            if (first == session.AwsEnded && !end.IsCancellationRequested)
            {
                throw new StartFailedException("The local AWS has ended by itself: see .mlops/logs/moto.log.");
            }

            await first;
            return await work;
        }
        finally
        {
            await end.CancelAsync();
            await Task.WhenAll(mail, watch).ContinueWith(static _ => { }, TaskScheduler.Default);
        }
    }

    private async Task<int> WorkAsync(
        LocalSession session,
        StackSettings settings,
        List<Example> examples,
        CancellationToken cancellationToken
    )
    {
        var code = ExitCodes.Done;
        (Example Example, string Pipeline)? last = null;
        foreach (var example in examples)
        {
            try
            {
                var (sent, pipeline, outcome) = await ProvisionAsync(session, settings, example, cancellationToken);
                last = (sent, pipeline);
                code = code == ExitCodes.Done ? outcome : code;
            }
            catch (StartFailedException refused) when (examples.Count > 1)
            {
                // What is wrong with one says nothing of the next.
                display.Show(new Failed(refused.Message));
                code = ExitCodes.Failed;
            }
        }

        if (options.Once)
        {
            return code;
        }

        display.Show(
            new TryNext(
                NextCommands.For(
                    session.Info,
                    place.Root,
                    options.InfoFile is null ? null : place.InfoFile,
                    last?.Example.Path,
                    last?.Pipeline,
                    last is { } shown ? display.EndpointOf(shown.Pipeline) : null,
                    last is { } asking ? display.ApprovalOf(asking.Pipeline)?.Stage : null
                )
            )
        );
        display.Show(new Note("This stays until Ctrl-C."));
        await Task.Delay(Timeout.InfiniteTimeSpan, clock, cancellationToken);
        return code;
    }

    /// <summary>The example as it was sent, its pipeline, and the exit code for how that went.</summary>
    private async Task<(Example Sent, string Pipeline, int Code)> ProvisionAsync(
        LocalSession session,
        StackSettings settings,
        Example example,
        CancellationToken cancellationToken
    )
    {
        var run = new ExampleRun(session.Http, session.Info, session.Account, display);
        var aws = new LocalAws(session.Http, new Uri(session.Info.Aws), clock);
        var registration = new ModelRegistration(
            aws,
            session.Info,
            session.Account,
            BlueprintCatalog.Open(
                Path.Combine(place.Root, "blueprints"),
                OwnBlueprints.Find(place.Root, settings.BlueprintPaths)
            ),
            display
        );
        var sent = await run.PrepareAsync(example, registration, place.ExampleFile, cancellationToken);
        await new MonitoredEndpoint(aws, session.Account, display).MakeAsync(sent.Request, cancellationToken);
        session.Pipelines.ForgetEnds();
        var pipeline = await run.ProvisionAsync(sent, cancellationToken);
        var status = await session.Pipelines.EndOf(pipeline).WaitAsync(cancellationToken);
        await display
            .MailAbout(pipeline, ofApproval: status == PipelineWatch.WaitsForApproval)
            .WaitAsync(MailPatience, clock, cancellationToken)
            .ContinueWith(static _ => { }, TaskScheduler.Default);

        return (
            sent,
            pipeline,
            status switch
            {
                "Succeeded" => ExitCodes.Done,
                PipelineWatch.WaitsForApproval => ExitCodes.Waits,
                _ => ExitCodes.Failed,
            }
        );
    }

    private async Task ShowMailAsync(Inbox inbox, CancellationToken cancellationToken)
    {
        await foreach (var message in inbox.ReadAllAsync(cancellationToken))
        {
            display.Show(new MailArrived(message.Subject, message.Message));
        }
    }
}
