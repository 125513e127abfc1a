using System.ComponentModel;
using System.Diagnostics;

namespace Mlops.Local.Processes;

/// <summary>What to start, and nothing more: the process sees exactly this environment.</summary>
public sealed record GuardedCommand(string FileName, IReadOnlyList<string> Arguments)
{
    /// <summary>Must exist.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>The whole environment. The guard needs a <c>PATH</c> in it.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Gets each line of standard output and standard error; called from several threads.</summary>
    public Action<string> OnLine { get; init; } = static _ => { };
}

/// <summary>
/// A child process that ends with us, also when we are killed and cannot clean up. A shell between us and the child holds
/// the reading end of a pipe; when the writing end, which only we have, is closed by the kernel, it ends the child's whole
/// process group. A shell, because that works the same on Linux and on macOS.
/// </summary>
public sealed class GuardedProcess : IAsyncDisposable
{
    // The child gets a process group of its own (set -m), so that what it starts ends with it and a Ctrl-C in the terminal reaches us only.
    // A line on the pipe: kill at once. End of file: ask, then kill after two seconds.
    private const string Guard = """
        trap '' INT HUP QUIT
        set -m
        exec 3<&0
        "$@" 3<&- </dev/null &
        child=$!
        exec >/dev/null 2>&1
        (
          if IFS= read -r now <&3; then signal=KILL; else signal=TERM; fi
          kill -$signal -- -$child
          tries=0
          while kill -0 -- -$child && [ $tries -lt 20 ]; do sleep 0.1; tries=$((tries + 1)); done
          kill -KILL -- -$child
        ) &
        guard=$!
        exec 3<&- </dev/null
        wait $child
        code=$?
        kill -KILL -- -$child
        kill -KILL -- -$guard
        exit $code
        """;

    private readonly Process process;
    private readonly Task output;

    private GuardedProcess(Process process, Action<string> onLine)
    {
        this.process = process;
        output = Task.WhenAll(ReadAsync(process.StandardOutput, onLine), ReadAsync(process.StandardError, onLine));
        Exited = WaitAsync();
    }

    /// <summary>Completes with the exit code when the process has ended, for whatever reason; 128 + n when signal n ended it. Never faults.</summary>
    public Task<int> Exited { get; }

    /// <summary>Starts the command. That its file does not exist shows as exit code 127.</summary>
    /// <exception cref="StartFailedException">There is no <c>bash</c> to guard it with.</exception>
    public static GuardedProcess Start(GuardedCommand command)
    {
        var start = new ProcessStartInfo("bash", ["-c", Guard, "guard", command.FileName, .. command.Arguments])
        {
            WorkingDirectory = command.WorkingDirectory,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in command.Environment)
        {
            start.Environment[name] = value;
        }

        try
        {
            return new GuardedProcess(Process.Start(start)!, command.OnLine);
        }
        catch (Win32Exception cause)
        {
            throw new StartFailedException(
                $"Cannot start bash to run {Path.GetFileName(command.FileName)}: install bash and put it on the PATH.",
                cause
            );
        }
    }

    /// <summary>Ends the process and all that it started, without asking it first.</summary>
    public void Kill()
    {
        try
        {
            process.StandardInput.WriteLine("now");
            process.StandardInput.Flush();
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException)
        {
            // The guard has ended, and so has its child.
        }
    }

    /// <summary>Asks the process to end, kills it two seconds later, and waits until it is gone.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The guard has ended, and so has its child.
        }

        await Exited;
        process.Dispose();
    }

    private async Task<int> WaitAsync()
    {
        await process.WaitForExitAsync();

        // What the child wrote last is still on its way; a grandchild that escaped may hold the pipe for ever.
        await Task.WhenAny(output, Task.Delay(TimeSpan.FromMilliseconds(500)));
        return process.ExitCode;
    }

    private static async Task ReadAsync(StreamReader reader, Action<string> onLine)
    {
        try
        {
            while (await reader.ReadLineAsync() is { } line)
            {
                onLine(line);
            }
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException)
        {
            // Disposed while a process that escaped the guard still held the pipe.
        }
    }
}
