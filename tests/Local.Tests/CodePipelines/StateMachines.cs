using System.Globalization;
using System.Text.Json.Nodes;
using Mlops.Local.Gateway;
using Mlops.Local.Stacks.Wire;
using Mlops.Local.StateMachines;
using Wire = Mlops.Local.Stacks.Wire.LocalAws;

namespace Mlops.Local.Tests.CodePipelines;

/// <summary>The gateway in front of moto with executions of state machines, as a local run has it.</summary>
internal sealed class StateMachines : IAsyncDisposable
{
    private readonly HttpClient http;
    private readonly AwsGateway gateway;
    private readonly StateMachineEmulator emulator;

    private StateMachines(HttpClient http, AwsGateway gateway, List<string> leftOut)
    {
        (this.http, this.gateway, LeftOut) = (http, gateway, leftOut);
        Aws = new Wire(http, gateway.Endpoint, TimeProvider.System);
        emulator = new StateMachineEmulator(
            new Wire(http, LocalAws.Endpoint, TimeProvider.System),
            gateway.ForwardAsync,
            (_, call) => leftOut.Add(call),
            TestContext.Progress.WriteLine,
            TimeProvider.System
        );
        gateway.Handle("states", emulator.HandleAsync);
    }

    public Uri Endpoint => gateway.Endpoint;

    public Wire Aws { get; }

    /// <summary>Calls that the local AWS could not do.</summary>
    public List<string> LeftOut { get; }

    public static async Task<StateMachines> StartAsync() =>
        new(new HttpClient(), await AwsGateway.StartAsync(LocalAws.Endpoint, port: 0, CancellationToken.None), []);

    /// <summary>Makes a state machine, and returns its ARN.</summary>
    public async Task<string> MakeAsync(string name, string roleArn, JsonObject definition) =>
        $"{(await CallAsync("CreateStateMachine", new JsonObject
        {
            ["name"] = name,
            ["roleArn"] = roleArn,
            ["definition"] = definition.ToJsonString(),
        }))["stateMachineArn"]}";

    public Task<JsonObject> CallAsync(string operation, JsonObject body) =>
        Aws.JsonAsync(
            AwsAccount.Orchestrator("us-east-1"),
            "states",
            $"AWSStepFunctions.{operation}",
            body,
            CancellationToken.None
        );

    /// <summary>Starts an execution, waits for its end, and describes it.</summary>
    public async Task<JsonObject> RunAsync(string machine, string input = "{}")
    {
        var started = await CallAsync(
            "StartExecution",
            new JsonObject
            {
                ["stateMachineArn"] = machine,
                ["name"] = Guid.NewGuid().ToString("n", CultureInfo.InvariantCulture),
                ["input"] = input,
            }
        );
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var question = new JsonObject { ["executionArn"] = $"{started["executionArn"]}" };
            var execution = await CallAsync("DescribeExecution", question);
            if ($"{execution["status"]}" != "RUNNING")
            {
                return execution;
            }

            await Task.Delay(50, patience.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await gateway.DisposeAsync();
        await emulator.DisposeAsync();
        http.Dispose();
    }
}
