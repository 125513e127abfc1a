[assembly: Parallelizable(ParallelScope.Fixtures)]
// A run waits more than it works: for pipelines, for the witness, for processes that end.
[assembly: LevelOfParallelism(3)]

namespace Mlops.EndToEnd.Tests;

/// <summary>Builds what the fixtures start, once: they run beside each other, and two builds would be in each other's way.</summary>
[SetUpFixture]
public sealed class Warm
{
    [OneTimeSetUp]
    public async Task BuildAsync()
    {
        await using (await LocalSystem.StartAsync("--no-example"))
        {
            // Its functions are published, and it ends.
        }

        await using var mlops = Running.Start(Repository.Entry, ["version"]);
        Assert.That(await mlops.ExitAsync(TimeSpan.FromMinutes(5)), Is.Zero, () => mlops.Errors);
    }
}
