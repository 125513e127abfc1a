using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Mlops.Bench;

namespace Mlops.Native.Tests.Support;

/// <summary>One process of a function, as Lambda would start it.</summary>
internal sealed class NativeFunction : IAsyncDisposable
{
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(30);
    private readonly ConcurrentQueue<string> lines = [];
    private readonly RuntimeApi runtime;
    private readonly Process process;

    private NativeFunction(RuntimeApi runtime, Process process)
    {
        (this.runtime, this.process) = (runtime, process);
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is { Length: > 0 } text)
            {
                lines.Enqueue(text);
            }
        };
        process.BeginOutputReadLine();
    }

    /// <summary>What it has written to standard output: its log.</summary>
    public IReadOnlyCollection<string> Lines => lines;

    /// <summary>The most memory that it has ever had, in bytes, as the kernel has kept it (proc(5), VmHWM).</summary>
    public long LargestResidentSet
    {
        get
        {
            var line = File.ReadLines($"/proc/{process.Id}/status")
                .First(one => one.StartsWith("VmHWM:", StringComparison.Ordinal));
            return 1024
                * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        }
    }

    /// <param name="bootstrap">The binary.</param>
    /// <param name="aws">Address of every AWS service.</param>
    /// <param name="environment">As the program declares it.</param>
    public static async Task<NativeFunction> StartAsync(
        string bootstrap,
        string aws,
        IReadOnlyDictionary<string, string?> environment
    )
    {
        var api = await RuntimeApi.StartAsync();
        var start = new ProcessStartInfo(bootstrap) { UseShellExecute = false, RedirectStandardOutput = true };
        start.Environment.Clear();
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        start.Environment["AWS_LAMBDA_RUNTIME_API"] = api.Address;
        start.Environment["AWS_LAMBDA_FUNCTION_NAME"] = "mlops-dev-function";
        start.Environment["AWS_REGION"] = "us-east-1";
        start.Environment["AWS_ENDPOINT_URL"] = aws;
        start.Environment["AWS_ACCESS_KEY_ID"] = "test";
        start.Environment["AWS_SECRET_ACCESS_KEY"] = "test";
        return new NativeFunction(api, Process.Start(start)!);
    }

    public async Task<RuntimeAnswer> InvokeAsync(string json)
    {
        using var time = new CancellationTokenSource(LongestAnswer);
        return await runtime.InvokeAsync(json, time.Token);
    }

    /// <summary>Invokes it as Lambda would when so much of the function's time is left.</summary>
    public async Task<RuntimeAnswer> InvokeAsync(string json, TimeSpan left)
    {
        using var time = new CancellationTokenSource(LongestAnswer);
        return await runtime.InvokeAsync(json, left, time.Token);
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        await runtime.DisposeAsync();
    }
}
