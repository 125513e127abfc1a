using System.Diagnostics;

namespace Mlops.Bench;

/// <summary>A process that answers events: how long from its start to its first answer, and for each one after it.</summary>
internal sealed record Measured(IReadOnlyList<double> Cold, IReadOnlyList<double> Warm)
{
    public static async Task<Measured> OfAsync(
        string program,
        IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string> environment,
        Func<int, string> proxyEvent,
        (int Cold, int Warm) rounds,
        CancellationToken cancellationToken
    )
    {
        var cold = new List<double>();
        var warm = new List<double>();
        for (var round = 0; round < rounds.Cold; round++)
        {
            await using var api = await RuntimeApi.StartAsync();
            var start = new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
            };
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
                cold.Add(await AnswerAsync(api, proxyEvent(0), began, cancellationToken));
                for (var i = 1; round == 0 && i <= rounds.Warm; i++)
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

        return new Measured(cold, warm);
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
