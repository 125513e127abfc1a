using System.Diagnostics;
using System.Text;

namespace Mlops.EndToEnd.Tests;

/// <summary>A process that a test started and that ends with the test, with everything that it started itself.</summary>
internal sealed class Running : IAsyncDisposable
{
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();

    private Running(Process process) => Process = process;

    public Process Process { get; }

    public string Output => Locked(_output);

    public string Errors => Locked(_errors);

    public static Running Start(
        string program,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string?>? environment = null
    )
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
            WorkingDirectory = Repository.Root,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
        {
            start.Environment[name] = value;
        }

        var running = new Running(new Process { StartInfo = start });
        running.Process.OutputDataReceived += (_, line) => Add(running._output, line.Data);
        running.Process.ErrorDataReceived += (_, line) => Add(running._errors, line.Data);
        running.Process.Start();
        running.Process.StandardInput.Close();
        running.Process.BeginOutputReadLine();
        running.Process.BeginErrorReadLine();
        return running;
    }

    /// <summary>The exit code, once the process has ended by itself.</summary>
    public async Task<int> ExitAsync(TimeSpan within)
    {
        using var time = new CancellationTokenSource(within);
        try
        {
            await Process.WaitForExitAsync(time.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"{Process.StartInfo.FileName} did not end within {within}.\n{Output}\n{Errors}");
        }

        return Process.ExitCode;
    }

    /// <summary>Sends a signal as a terminal or an operating system would.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = System.Diagnostics.Process.Start("kill", [$"-{signal}", $"{Process.Id}"]);
        await kill.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!Process.HasExited)
        {
            Process.Kill(entireProcessTree: true);
            await Process.WaitForExitAsync();
        }

        Process.Dispose();
    }

    private static void Add(StringBuilder text, string? line)
    {
        lock (text)
        {
            text.AppendLine(line);
        }
    }

    private static string Locked(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }
}
