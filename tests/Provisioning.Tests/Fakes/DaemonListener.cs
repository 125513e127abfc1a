using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Mlops.Provisioning.Tests.Fakes;

/// <summary>An X-Ray daemon on loopback: keeps what arrives.</summary>
internal sealed class DaemonListener : IDisposable
{
    private static readonly TimeSpan LongestWay = TimeSpan.FromSeconds(10);
    private readonly UdpClient socket = new(new IPEndPoint(IPAddress.Loopback, 0));

    public string Address => $"{socket.Client.LocalEndPoint}";

    /// <summary>The next document, after the line that has to be before it.</summary>
    public async Task<JsonObject> NextAsync()
    {
        using var time = new CancellationTokenSource(LongestWay);
        var message = await socket.ReceiveAsync(time.Token);
        var lines = Encoding.UTF8.GetString(message.Buffer).Split('\n');

        Assert.That(message.Buffer, Has.Length.LessThan(64 * 1024), "the longest document that X-Ray takes");
        Assert.That(lines, Has.Length.EqualTo(2));
        Assert.That(lines[0], Is.EqualTo("""{"format": "json", "version": 1}"""));
        return JsonNode.Parse(lines[1])!.AsObject();
    }

    /// <summary>What is here already; on loopback a datagram is here when it was sent.</summary>
    public bool HasMore => socket.Available > 0;

    public void Dispose() => socket.Dispose();
}
