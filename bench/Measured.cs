using System.Diagnostics;

namespace Mlops.Bench;

/// <summary>A process that answers events: how long from its start to its first answer, and for each one after it.</summary>
internal sealed class Measured(
    string program,
    IReadOnlyList<string> arguments,
    IReadOnlyDictionary<string, string> environment,
    Func<int, string> proxyEvent
)
{
    private readonly List<double> cold = [];
    private readonly List<double> warm = [];

    /// <summary>Milliseconds, one for each call of <see cref="ColdAsync"/>.</summary>
    public IReadOnlyList<double> Cold => cold;

    /// <summary>Milliseconds of the events after a first one.</summary>
    public IReadOnlyList<double> Warm => warm;

    public Task ColdAsync(CancellationToken cancellationToken) => RunAsync(cold, 0, cancellationToken);

    public Task WarmAsync(int events, CancellationToken cancellationToken) => RunAsync([], events, cancellationToken);

    private async Task RunAsync(List<double> first, int more, CancellationToken cancellationToken)
    {
        await using var api = await RuntimeApi.StartAsync();
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        start.Environment["AWS_LAMBDA_RUNTIME_API"] = api.Address;
        var began = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        try
        {
            first.Add(await AnswerAsync(api, proxyEvent(0), began, cancellationToken));
            for (var i = 1; i <= more; i++)
            {
                warm.Add(await AnswerAsync(api, proxyEvent(i), Stopwatch.GetTimestamp(), cancellationToken));
            }
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(cancellationToken);
        }
    }

    public static double Median(IReadOnlyList<double> values) => values.Order().ElementAt(values.Count / 2);

    private static async Task<double> AnswerAsync(
        RuntimeApi api,
        string json,
        long began,
        CancellationToken cancellationToken
    )
    {
        var answer = await api.InvokeAsync(json, cancellationToken);
        return answer.Body.Contains("pipeline_id", StringComparison.Ordinal)
            ? Stopwatch.GetElapsedTime(began, answer.Timestamp).TotalMilliseconds
            : throw new InvalidOperationException($"The function refused the request of the benchmark: {answer.Body}");
    }
}
