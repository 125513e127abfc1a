using System.Net;
using System.Net.Sockets;
using Mlops.Local.Processes;

namespace Mlops.Local;

/// <summary>Asks early for a port that is bound late, so that nobody waits for a refusal.</summary>
internal static class Ports
{
    /// <exception cref="StartFailedException">Something listens there.</exception>
    public static void EnsureFree(int port, string option)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
        }
        catch (SocketException taken)
        {
            throw new StartFailedException(
                $"Port {port} is in use: end what listens there, or choose another with {option} (0 takes any free port).",
                taken
            );
        }
    }
}
