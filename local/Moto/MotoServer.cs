using System.Net;
using System.Net.Sockets;
using Mlops.Local.Hosting;
using Mlops.Local.Processes;

namespace Mlops.Local.Moto;

/// <summary>The local AWS: a <c>moto_server</c> process that lives as long as this object, or an endpoint that was there before.</summary>
public sealed class MotoServer : IAsyncDisposable
{
    private readonly GuardedProcess? child;
    private readonly LogFile? childLog;

    private MotoServer(Uri endpoint, GuardedProcess? child, LogFile? childLog)
    {
        Endpoint = endpoint;
        this.child = child;
        this.childLog = childLog;
    }

    /// <summary>Where every service that moto has is reached.</summary>
    public Uri Endpoint { get; }

    /// <summary>False when the endpoint was given (<c>AWS_ENDPOINT_URL</c>): its state may be older than this run.</summary>
    public bool IsOurs => child is not null;

    /// <summary>moto's own log; null when it is not ours.</summary>
    public string? LogPath => childLog?.Path;

    /// <summary>Completes when moto ends, wanted or not; never for an endpoint that is not ours.</summary>
    public Task Ended => child?.Exited ?? new TaskCompletionSource().Task;

    /// <summary>Finds moto, starts it and waits until it answers.</summary>
    /// <exception cref="StartFailedException">moto is not installed, does not start or does not answer, or the port is in use.</exception>
    public static async Task<MotoServer> StartAsync(
        MotoServerOptions options,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        using var http = LoopbackHttp.Client();
        if (options.ExistingEndpoint is { } existing)
        {
            await EnsureAnswersAsync(http, existing, cancellationToken);
            return new MotoServer(existing, child: null, childLog: null);
        }

        var program = Find(options);
        if (options.Port != 0 && !PortIsFree(options.Port))
        {
            throw PortInUse(options.Port);
        }

        var log = new LogFile(Path.Combine(options.LogDirectory, "moto.log"));
        try
        {
            // A free port may be taken between our asking and moto's binding it.
            for (var attempt = 1; ; attempt++)
            {
                var port = options.Port == 0 ? FreePort() : options.Port;
                var process = GuardedProcess.Start(Command(program, port, options, log));
                switch (await WaitAsync(http, port, process, options.StartTimeout, clock, cancellationToken))
                {
                    case Start.Answers:
                        return new MotoServer(Address(port), process, log);
                    case Start.Silent:
                        await process.DisposeAsync();
                        throw new StartFailedException(
                            $"moto_server did not answer within {options.StartTimeout.TotalSeconds:0} seconds: see {log.Path}."
                        );
                    case Start.Ended:
                        await process.DisposeAsync();
                        if (PortIsFree(port))
                        {
                            throw new StartFailedException(
                                $"moto_server ended as soon as it was started: see {log.Path}."
                            );
                        }

                        if (options.Port != 0 || attempt == 3)
                        {
                            throw PortInUse(port);
                        }

                        break;
                }
            }
        }
        catch
        {
            log.Dispose();
            throw;
        }
    }

    /// <summary>Ends moto when it is ours; its state goes with it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (child is not null)
        {
            await child.DisposeAsync();
        }

        childLog?.Dispose();
    }

    private static string Find(MotoServerOptions options) =>
        options
            .SearchPath.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Append(Path.Combine(options.WorkDirectory, "venv", "bin"))
            .Select(folder => Path.Combine(folder, "moto_server"))
            .FirstOrDefault(File.Exists)
        ?? throw new StartFailedException(
            "moto_server, which plays AWS locally, is not installed: run ./mlops setup (or pip install 'moto[server]')."
        );

    private static GuardedCommand Command(string program, int port, MotoServerOptions options, LogFile log) =>
        new(program, ["-H", "127.0.0.1", "-p", $"{port}"])
        {
            WorkingDirectory = options.LogDirectory,
            OnLine = log.Write,
            Environment = new Dictionary<string, string>(
                options.Environment.Where(variable =>
                    !variable.Key.StartsWith("AWS_", StringComparison.Ordinal)
                    && !variable.Key.EndsWith("_proxy", StringComparison.OrdinalIgnoreCase)
                )
            )
            {
                ["PATH"] = options.SearchPath,
                ["PYTHONUNBUFFERED"] = "1",
            },
        };

    private static async Task<Start> WaitAsync(
        HttpClient http,
        int port,
        GuardedProcess process,
        TimeSpan timeout,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var started = clock.GetTimestamp();
        try
        {
            while (clock.GetElapsedTime(started) < timeout)
            {
                if (await AnswersAsync(http, Address(port), cancellationToken))
                {
                    return Start.Answers;
                }

                if (process.Exited.IsCompleted)
                {
                    return Start.Ended;
                }

                await Task.Delay(TimeSpan.FromMilliseconds(50), clock, cancellationToken);
            }

            return Start.Silent;
        }
        catch (OperationCanceledException)
        {
            await process.DisposeAsync();
            throw;
        }
    }

    private static async Task<bool> AnswersAsync(HttpClient http, Uri endpoint, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(endpoint, "/moto-api/config"), cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static async Task EnsureAnswersAsync(HttpClient http, Uri endpoint, CancellationToken cancellationToken)
    {
        try
        {
            // Whatever it answers: not every local AWS has moto's own paths.
            using var _ = await http.GetAsync(endpoint, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException cause)
        {
            throw new StartFailedException(
                $"Nothing answers at AWS_ENDPOINT_URL={endpoint}: start it, or unset AWS_ENDPOINT_URL to have moto started for you.",
                cause
            );
        }
    }

    private static StartFailedException PortInUse(int port) =>
        new($"moto_server cannot start because port {port} is in use: end what listens there.");

    private static Uri Address(int port) => new($"http://127.0.0.1:{port}");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static bool PortIsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private enum Start
    {
        Answers,
        Silent,
        Ended,
    }
}
