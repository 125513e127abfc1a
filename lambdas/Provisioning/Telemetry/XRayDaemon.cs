using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace Mlops.Provisioning.Telemetry;

/// <summary>
/// The X-Ray daemon that Lambda runs beside a function. It takes documents by UDP, behind a line that says what they are
/// (X-Ray, sending segment documents to the daemon). What does not arrive is no loss to the caller.
/// </summary>
public sealed class XRayDaemon : IDisposable
{
    private static ReadOnlySpan<byte> Header => """{"format": "json", "version": 1}"""u8;

    private readonly IPEndPoint _address;
    private Socket? _socket;

    private XRayDaemon(IPEndPoint address) => _address = address;

    /// <summary>The daemon at <c>169.254.100.1:2000</c>, which is how Lambda names it; null when that names none.</summary>
    public static XRayDaemon? At(string? address) =>
        IPEndPoint.TryParse(address ?? "", out var endpoint) && endpoint.Port > 0 ? new XRayDaemon(endpoint) : null;

    /// <summary>Sends one document, without waiting for anything.</summary>
    public void Send(Subsegment subsegment)
    {
        var message = new ArrayBufferWriter<byte>(512);
        message.Write(Header);
        message.Write("\n"u8);
        subsegment.Write(message);
        try
        {
            _socket ??= new Socket(_address.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { Blocking = false };
            _socket.SendTo(message.WrittenSpan, SocketFlags.None, _address);
        }
        catch (SocketException)
        {
            // A trace with a hole in it: the call that it would have told of went as it went.
        }
    }

    /// <inheritdoc />
    public void Dispose() => _socket?.Dispose();
}
