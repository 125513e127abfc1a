using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using static Mlops.Local.Tests.CodePipelines.Definitions;

namespace Mlops.Local.Tests.CodePipelines;

/// <summary>What ends because nobody answered, and what ends because the emulator does.</summary>
public sealed class TimeTests
{
    private FakeTimeProvider clock = null!;
    private Bench bench = null!;

    [SetUp]
    public async Task Start()
    {
        clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 1, 8, 0, 0, TimeSpan.Zero));
        bench = await Bench.StartAsync(clock);
        await bench.UploadAsync(("template.yaml", Template));
    }

    [TearDown]
    public async Task End() => await bench.DisposeAsync();

    [Test]
    public async Task A_function_that_does_not_answer_times_out_after_20_minutes()
    {
        bench.Functions.On("silent", _ => Task.CompletedTask);
        var execution = await bench.CreateAsync(Of(bench, ("Deploy", [Lambda("Call", 1, "silent")])));
        await Bench.UntilAsync(() => Task.FromResult(!bench.Functions.Jobs.IsEmpty));

        clock.Advance(TimeSpan.FromMinutes(19));
        var before = (await bench.ExecutionsAsync())[0]["status"]!.ToString();
        await AdvanceUntilOverAsync(execution);

        Assert.That(before, Is.EqualTo("InProgress"));
        var error = (await bench.ActionAsync("Deploy", "Call"))["latestExecution"]!["errorDetails"]!["message"]!;
        Assert.That(
            error.ToString(),
            Is.EqualTo("The AWS Lambda function silent did not answer its job within 20 minutes")
        );
        var late = await bench.Api.SendAsync(
            "PutJobSuccessResult",
            new JsonObject { ["jobId"] = bench.Functions.Jobs.Single()["id"]!.DeepClone() }
        );
        Assert.That(late.Error, Is.EqualTo("InvalidJobStateException"));
    }

    [Test]
    public async Task An_approval_times_out_after_the_declared_minutes()
    {
        var approval = Approval("Ask", 1);
        approval["timeoutInMinutes"] = 5;
        var execution = await bench.CreateAsync(Of(bench, ("Approve", [approval])));
        await Bench.UntilAsync(async () =>
            (await bench.ActionAsync("Approve", "Ask"))["latestExecution"]?["token"] is not null
        );

        await AdvanceUntilOverAsync(execution);

        var action = (await bench.ActionAsync("Approve", "Ask"))["latestExecution"]!;
        Assert.That(action["errorDetails"]!["message"]!.ToString(), Is.EqualTo("The approval timed out"));
        Assert.That(action["token"], Is.Null);
    }

    [Test]
    public async Task An_approval_that_waits_can_be_timed_out_as_a_rehearsal()
    {
        var execution = await bench.CreateAsync(Of(bench, ("Approve", [Approval("Ask", 1)])));
        await Bench.UntilAsync(async () =>
            (await bench.ActionAsync("Approve", "Ask"))["latestExecution"]?["token"] is not null
        );

        Assert.That(bench.TimeOutApprovals("another"), Is.False);
        Assert.That(bench.TimeOutApprovals(bench.Pipeline), Is.True);

        Assert.That(await bench.EndAsync(execution), Is.EqualTo("Failed"));
        var action = (await bench.ActionAsync("Approve", "Ask"))["latestExecution"]!;
        Assert.That(action["errorDetails"]!["message"]!.ToString(), Is.EqualTo("The approval timed out"));
        Assert.That(bench.TimeOutApprovals(bench.Pipeline), Is.False, "nothing waits any more");
    }

    [Test]
    public async Task Timestamps_are_seconds_since_1970()
    {
        await bench.CreateAsync(Of(bench, ("Approve", [Approval("Ask", 1)])));

        Assert.That((await bench.StateAsync())["created"]!.GetValue<double>(), Is.EqualTo(1_793_520_000d));
    }

    [Test]
    public async Task Ending_the_emulator_ends_what_waits()
    {
        var other = await Bench.StartAsync();
        await other.UploadAsync(("template.yaml", Template));
        other.Functions.On("never", _ => Task.CompletedTask);
        await other.CreateAsync(Of(other, ("Deploy", [Lambda("Call", 1, "never"), Approval("Ask", 1)])));
        await Bench.UntilAsync(() => Task.FromResult(!other.Functions.Jobs.IsEmpty));

        var end = other.DisposeAsync().AsTask();

        Assert.That(async () => await end.WaitAsync(TimeSpan.FromSeconds(10)), Throws.Nothing);
    }

    private async Task AdvanceUntilOverAsync(string execution)
    {
        await Bench.UntilAsync(async () =>
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            var executions = await bench.ExecutionsAsync();
            return executions.First(one => one["pipelineExecutionId"]!.ToString() == execution)["status"]!.ToString()
                == "Failed";
        });
    }
}
