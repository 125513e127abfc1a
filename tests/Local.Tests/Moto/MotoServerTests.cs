using System.Net;
using System.Net.Sockets;
using Mlops.Local.Moto;
using Mlops.Local.Processes;

namespace Mlops.Local.Tests.Moto;

public sealed class MotoServerTests
{
    private TemporaryFolder folder = null!;

    [SetUp]
    public void Start() => folder = new TemporaryFolder();

    [TearDown]
    public void End() => folder.Dispose();

    [Test]
    public async Task It_answers_when_it_is_started_and_is_gone_when_it_is_disposed()
    {
        var moto = await LocalMoto.StartAsync(folder);
        using var http = new HttpClient();

        Assert.That(await http.GetStringAsync(new Uri(moto.Endpoint, "/moto-api/config")), Does.StartWith("{"));
        Assert.That(moto.IsOurs, Is.True);
        Assert.That(moto.Ended.IsCompleted, Is.False);

        await moto.DisposeAsync();

        Assert.That(moto.Ended.IsCompleted, Is.True);
        Assert.That(async () => await http.GetStringAsync(moto.Endpoint), Throws.TypeOf<HttpRequestException>());
        Assert.That(await File.ReadAllTextAsync(moto.LogPath!), Does.Contain("GET /moto-api/config"));
    }

    [Test]
    public async Task An_endpoint_that_is_there_is_used_and_left_running()
    {
        await using var other = await LocalMoto.StartAsync(folder);

        var moto = await StartAsync(LocalMoto.Options(folder) with { ExistingEndpoint = other.Endpoint });
        await moto.DisposeAsync();

        Assert.That(moto.Endpoint, Is.EqualTo(other.Endpoint));
        Assert.That(moto.IsOurs, Is.False);
        Assert.That(other.Ended.IsCompleted, Is.False);
    }

    [Test]
    public void An_endpoint_where_nothing_answers_is_said()
    {
        var options = LocalMoto.Options(folder) with { ExistingEndpoint = new Uri("http://127.0.0.1:1") };

        Assert.That(
            () => StartAsync(options),
            Throws
                .TypeOf<StartFailedException>()
                .With.Message.EqualTo(
                    "Nothing answers at AWS_ENDPOINT_URL=http://127.0.0.1:1/: start it, or unset AWS_ENDPOINT_URL to have moto started for you."
                )
        );
    }

    [Test]
    public void An_endpoint_that_is_no_address_is_said() =>
        Assert.That(
            () =>
                MotoServerOptions.Read(
                    new Dictionary<string, string> { ["AWS_ENDPOINT_URL"] = "localhost" },
                    folder.Path
                ),
            Throws
                .TypeOf<StartFailedException>()
                .With.Message.EqualTo(
                    "AWS_ENDPOINT_URL is \"localhost\", which is not an http address: correct it, or unset it to have moto started for you."
                )
        );

    [Test]
    public void A_moto_that_is_not_installed_is_said_with_what_installs_it() =>
        Assert.That(
            () => StartAsync(LocalMoto.Options(folder) with { SearchPath = folder.Path }),
            Throws
                .TypeOf<StartFailedException>()
                .With.Message.EqualTo(
                    "moto_server, which plays AWS locally, is not installed: run ./mlops setup (or pip install 'moto[server]')."
                )
        );

    [Test]
    public void A_moto_that_does_not_start_is_said_with_its_log()
    {
        Fake("echo broken; exit 1");

        Assert.That(
            () => StartAsync(FakeOptions()),
            Throws
                .TypeOf<StartFailedException>()
                .With.Message.EqualTo($"moto_server ended as soon as it was started: see {folder["logs/moto.log"]}.")
        );
        Assert.That(File.ReadAllText(folder["logs/moto.log"]), Is.EqualTo("broken\n"));
    }

    [Test]
    public void A_moto_that_does_not_answer_is_said()
    {
        Fake("sleep 60");

        Assert.That(
            () => StartAsync(FakeOptions() with { StartTimeout = TimeSpan.FromSeconds(1) }),
            Throws
                .TypeOf<StartFailedException>()
                .With.Message.EqualTo($"moto_server did not answer within 1 seconds: see {folder["logs/moto.log"]}.")
        );
    }

    [Test]
    public void A_busy_port_is_said()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        Assert.That(
            () => StartAsync(LocalMoto.Options(folder) with { Port = port }),
            Throws
                .TypeOf<StartFailedException>()
                .With.Message.EqualTo(
                    $"moto_server cannot start because port {port} is in use: end what listens there."
                )
        );
    }

    private static Task<MotoServer> StartAsync(MotoServerOptions options) =>
        MotoServer.StartAsync(options, TimeProvider.System, CancellationToken.None);

    // In the checkout's own virtual environment, where ./mlops setup puts the real one.
    private void Fake(string script)
    {
        Directory.CreateDirectory(folder["venv/bin"]);
        File.WriteAllText(folder["venv/bin/moto_server"], $"#!/bin/sh\n{script}\n");
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        File.SetUnixFileMode(folder["venv/bin/moto_server"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    private MotoServerOptions FakeOptions() => LocalMoto.Options(folder) with { SearchPath = "/usr/bin:/bin" };
}
