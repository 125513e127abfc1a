using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Mlops.StandIns.Tests;

/// <summary>What came over the wire.</summary>
internal sealed record Received(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string Header(string name) => Headers.GetValueOrDefault(name, string.Empty);
}

/// <summary>What goes back.</summary>
internal sealed record Answer(int Status, string Body)
{
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public static Answer Ok(string body) => new(200, body);
}

/// <summary>An HTTP server on a free port of loopback that keeps every request and answers by a function of it.</summary>
internal sealed class LoopbackServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<Received> _received = new();
    private readonly Func<Received, int, Task<Answer>> _answer;

    private LoopbackServer(int port, Func<Received, int, Task<Answer>> answer)
    {
        _answer = answer;
        Authority = $"127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}";
        _listener.Prefixes.Add($"{Url}/");
        _listener.Start();
        _ = Task.Run(ServeAsync);
    }

    public string Authority { get; }

    public string Url => $"http://{Authority}";

    public IReadOnlyList<Received> Requests => [.. _received];

    public static LoopbackServer Answering(Func<Received, int, Task<Answer>> answer) => new(FreePort(), answer);

    public static LoopbackServer Answering(params Answer[] inTurn) =>
        Answering((_, index) => Task.FromResult(inTurn[Math.Min(index, inTurn.Length - 1)]));

    public void Dispose() => ((IDisposable)_listener).Dispose();

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                _ = Task.Run(() => RespondAsync(context));
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task RespondAsync(HttpListenerContext context)
    {
        using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
        var headers = context.Request.Headers;
        var request = new Received(
            context.Request.HttpMethod,
            context.Request.Url!.PathAndQuery,
            headers.AllKeys.OfType<string>().ToDictionary(k => k, k => headers[k]!, StringComparer.OrdinalIgnoreCase),
            await reader.ReadToEndAsync()
        );

        int index;

        lock (_received)
        {
            index = _received.Count;
            _received.Enqueue(request);
        }

        var answer = await _answer(request, index);
        context.Response.StatusCode = answer.Status;

        foreach (var (name, value) in answer.Headers)
        {
            context.Response.Headers[name] = value;
        }

        var body = Encoding.UTF8.GetBytes(answer.Body);
        await context.Response.OutputStream.WriteAsync(body);
        context.Response.Close();
    }
}
