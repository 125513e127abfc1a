using Mlops.Infra;
using Mlops.Infra.Publishing;
using Mlops.Local.Api;
using Mlops.Local.CodePipelines;
using Mlops.Local.Display;
using Mlops.Local.Events;
using Mlops.Local.Functions;
using Mlops.Local.Gateway;
using Mlops.Local.Git;
using Mlops.Local.Moto;
using Mlops.Local.Pipelines;
using Mlops.Local.Programs;
using Mlops.Local.Stacks;
using Mlops.Local.Stacks.Lambdas;
using Mlops.Local.Stacks.Natives;
using Mlops.Local.Stacks.Wire;
using Mlops.Local.StateMachines;
using Mlops.Provisioning;

namespace Mlops.Local;

/// <summary>
/// The whole system on one machine: starts the local AWS, creates in it what the Pulumi program declares, and connects
/// the parts that we play ourselves. Everything that it starts ends with it.
/// </summary>
public sealed class LocalSession : IAsyncDisposable
{
    private readonly Stack<IAsyncDisposable> belongings = new();
    private readonly LocalOptions options;
    private readonly StackSettings settings;
    private readonly LocalPlace place;
    private readonly IDisplay display;
    private readonly TimeProvider clock;
    private readonly NotCarriedOutList notCarriedOut = new();
    private readonly SemaphoreSlim stackDeletion = new(1);
    private ConfigRepository repository = null!;
    private ObjectEvents objects = null!;
    private readonly HttpClient http = Hosting.LoopbackHttp.Client();

    private LocalSession(
        LocalOptions options,
        StackSettings settings,
        LocalPlace place,
        IDisplay display,
        TimeProvider clock
    ) =>
        (this.options, this.settings, this.place, this.display, this.clock) = (
            options,
            settings,
            place,
            display,
            clock
        );

    /// <summary>What the run tells programs about itself.</summary>
    public SessionInfo Info { get; private set; } = null!;

    /// <summary>The orchestrator account.</summary>
    public AwsAccount Account { get; private set; } = null!;

    /// <summary>For HTTP to this machine.</summary>
    public HttpClient Http => http;

    /// <summary>Watches all pipelines.</summary>
    public PipelineWatch Pipelines { get; private set; } = null!;

    /// <summary>What came from the notification topic.</summary>
    public Inbox Inbox { get; private set; } = null!;

    /// <summary>Completes when the local AWS ends before we do.</summary>
    public Task AwsEnded { get; private set; } = Task.CompletedTask;

    /// <summary>Starts everything.</summary>
    /// <exception cref="Processes.StartFailedException">Something could not be started; nothing is left running.</exception>
    public static async Task<LocalSession> StartAsync(
        LocalOptions options,
        StackSettings settings,
        LocalPlace place,
        IDisplay display,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var session = new LocalSession(options, settings, place, display, clock);
        try
        {
            await session.StartAsync(cancellationToken);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends what was started, last first.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Info is not null)
        {
            File.Delete(place.InfoFile);
            File.Delete(place.ExampleFile);
        }

        while (belongings.TryPop(out var belonging))
        {
            await belonging.DisposeAsync();
        }

        stackDeletion.Dispose();
        http.Dispose();
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        Account = AwsAccount.Orchestrator(settings.Region);
        using var abandon = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var publishing = PublishAsync(abandon.Token);
        MotoServer moto;
        AwsGateway gateway;
        LocalAws aws;
        try
        {
            moto = await StartMotoAsync(cancellationToken);
            gateway = Keep(await AwsGateway.StartAsync(moto.Endpoint, options.Port, cancellationToken));
            var s3 = new S3Questions(moto.Endpoint);
            Keep(new Disposal(s3));
            objects = new ObjectEvents(
                s3,
                new BucketNotifications(s3),
                gateway.ForwardAsync,
                Account.AccountId,
                Account.Region,
                clock
            );
            gateway.Handle("s3", objects.HandleAsync);
            Ports.EnsureFree(options.ApiPort, "--api-port");
            aws = new LocalAws(http, moto.Endpoint, clock);
            await OneResourceStack.WarmUpAsync(aws, Account, cancellationToken);
        }
        catch
        {
            await abandon.CancelAsync();
            await publishing.ContinueWith(static _ => { }, TaskScheduler.Default);
            throw;
        }

        var packages = await publishing;
        repository = Keep(new ConfigRepository(settings, Account.AccountId, place.ConfigRepository));
        await repository.MakeAsync(cancellationToken);
        // Not past the gateway: it knows more of buckets than moto does.
        var whole = new LocalAws(http, gateway.Endpoint, clock);
        var (outputs, created) = await CreateAsync(packages, whole, cancellationToken);
        await ConnectAsync(moto, gateway, new DeclaredParts(created, packages), outputs, cancellationToken);
        var reader = new PipelineReader(new LocalAws(http, gateway.Endpoint, clock), Account);
        var stacks = new DeployedStacks(aws, Account, notCarriedOut, display, Publish) { Deletion = stackDeletion };
        Pipelines = new PipelineWatch(reader, stacks, display, options.ApproveAll, clock);
        Publish();
        display.Show(new Ready(Info, created.Count));
        if (notCarriedOut.All is { Count: > 0 } missing)
        {
            display.Show(new LeftOut($"{options.Stack}, the Pulumi program", missing));
        }
    }

    /// <summary>Tells programs; again when more turns out to be missing.</summary>
    private void Publish()
    {
        Info = Info with { NotCarriedOut = notCarriedOut.All };
        Info.Write(place.InfoFile);
    }

    /// <summary>A call of a state machine's that the local AWS cannot do.</summary>
    private void LeaveOut(string stateMachineArn, string call)
    {
        var missing = new NotCarriedOut("AWS::StepFunctions::StateMachine", call, stateMachineArn.Split(':')[^1]);
        if (notCarriedOut.Add(missing))
        {
            display.Show(new LeftOut(missing.Name, [missing]));
            Publish();
        }
    }

    private async Task<LambdaPackages> PublishAsync(CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        var packages = await LambdaPublisher.PublishAsync(
            new LambdaPublishing
            {
                RepositoryRoot = place.Root,
                Kind = settings.LambdaPackage,
                BlueprintPaths = settings.BlueprintPaths,
                ForLocal = true,
                Tell = text => display.Show(new Note(text)),
            },
            cancellationToken
        );
        display.Show(new StepDone($"Lambda packages ({packages.Orchestrator.Runtime})", clock.GetElapsedTime(started)));
        return packages;
    }

    private async Task<MotoServer> StartMotoAsync(CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        var moto = Keep(
            await MotoServer.StartAsync(
                MotoServerOptions.Read(place.Environment, place.WorkDirectory),
                clock,
                cancellationToken
            )
        );
        AwsEnded = moto.Ended;
        display.Show(new StepDone($"local AWS at {moto.Endpoint}", clock.GetElapsedTime(started)));
        return moto;
    }

    private async Task<(ProgramOutputs Outputs, IReadOnlyCollection<CreatedResource> Created)> CreateAsync(
        LambdaPackages packages,
        LocalAws aws,
        CancellationToken cancellationToken
    )
    {
        var started = clock.GetTimestamp();
        BuiltPackage[] built =
        [
            new(packages.Orchestrator.ZipPath, packages.Orchestrator.Sha256Base64),
            new(packages.DeploymentFlow.ZipPath, packages.DeploymentFlow.Sha256Base64),
        ];
        var own = new UsersOwn(aws, Account);
        var withOwn = await own.MakeAsync(settings, cancellationToken);
        if (own.Sentence is { } sentence)
        {
            display.Show(new Note(sentence));
        }

        using var engine = new LocalEngine(aws, Account, built, notCarriedOut, clock, cancellationToken);
        var outputs = await ProgramRun.RunAsync(options.Stack, withOwn, packages, engine, repository.Besides);
        display.Show(new StepDone("Pulumi program", clock.GetElapsedTime(started)));
        return (outputs, engine.Created);
    }

    private async Task ConnectAsync(
        MotoServer moto,
        AwsGateway gateway,
        DeclaredParts parts,
        ProgramOutputs outputs,
        CancellationToken cancellationToken
    )
    {
        var functions = Keep(new FunctionHost(FunctionHost(gateway), clock));
        foreach (var function in parts.Functions)
        {
            functions.Register(function);
        }

        var bus = new EventBus(moto.Endpoint, functions, Report, clock);
        Keep(new Disposal(bus));
        parts.RegisterRules(bus);
        var machines = Keep(
            new StateMachineEmulator(
                new LocalAws(http, moto.Endpoint, clock),
                gateway.ForwardAsync,
                LeaveOut,
                line => display.Show(new Note(line)),
                clock
            )
        );
        gateway.Handle("states", machines.HandleAsync);
        var emulator = Keep(
            new CodePipelineEmulator(
                new CodePipelineEmulatorOptions(moto.Endpoint, Account.Region)
                {
                    StatesEndpoint = gateway.Endpoint,
                    StackDeletion = stackDeletion,
                    Repositories = repository.ByName,
                    Log = line => display.Show(new Note(line)),
                },
                functions,
                bus,
                clock
            )
        );
        gateway.Handle("codepipeline", emulator.HandleAsync);
        gateway.Handle("codecommit", new CodeCommitApi(repository.ByName, gateway.ForwardAsync).HandleAsync);
        gateway.Handle("tagging", context => emulator.HandleTaggingAsync(context, gateway.ForwardAsync));
        objects.TellTo(bus);
        gateway.EndApprovalsWith(emulator.TimeOutApprovals);
        gateway.RaiseQuotaWith(emulator.RaiseQuota);
        gateway.InvokeWith(functions);
        await parts.CreatePipelinesAsync(new LocalAws(http, gateway.Endpoint, clock), cancellationToken);
        Inbox = Keep(await Inbox.StartAsync(moto.Endpoint, outputs.NotificationsTopic, clock, cancellationToken));
        var front = await ApiFront.StartAsync(
            parts.Api(moto.Endpoint, options.ApiPort),
            functions,
            clock,
            cancellationToken
        );
        Keep(front);
        Info = new SessionInfo
        {
            Api = front.Address.ToString().TrimEnd('/'),
            Aws = gateway.Endpoint.ToString().TrimEnd('/'),
            Region = Account.Region,
            Account = Account.AccountId,
            Stack = options.Stack,
            AssetsBucket = outputs.AssetsBucket,
            ArtifactBucket = outputs.ArtifactBucket,
            NotificationsTopic = outputs.NotificationsTopic,
            ModelRegistryArn = outputs.ModelRegistryArn,
            ConfigRepository = place.ConfigRepository,
            ConfigBucket = settings.ConfigBucket,
            ConfigKey = settings.ConfigBucket is null ? null : settings.ConfigPath,
            Targets = Targets(),
            Pid = Environment.ProcessId,
        };
    }

    private IReadOnlyList<TargetInfo> Targets() =>
        settings.AccountMode is AccountMode.Single
            ? [new TargetInfo(DeploymentNames.SingleTarget, Account.AccountId)]
            : [.. settings.Targets.Select(target => new TargetInfo(target.Name, target.AccountId.Text))];

    private FunctionHostOptions FunctionHost(AwsGateway gateway) =>
        new()
        {
            WorkDirectory = place.WorkDirectory,
            LogDirectory = Path.Combine(place.WorkDirectory, "logs"),
            AwsEndpoint = gateway.Endpoint,
            Region = Account.Region,
            AccountId = Account.AccountId,
            SearchPath = place.Environment.GetValueOrDefault("PATH", ""),
            DotnetRoot = place.Environment.GetValueOrDefault("DOTNET_ROOT"),
        };

    private void Report(EventDelivery delivery)
    {
        if (delivery.Error is { } error)
        {
            display.Show(new Note($"Event rule {delivery.Rule} could not tell {delivery.TargetArn}: {error}"));
        }
    }

    private T Keep<T>(T belonging)
        where T : IAsyncDisposable
    {
        belongings.Push(belonging);
        return belonging;
    }

    private sealed class Disposal(IDisposable inner) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            inner.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
