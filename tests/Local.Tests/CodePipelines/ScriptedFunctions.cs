using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Mlops.Local.Functions;

namespace Mlops.Local.Tests.CodePipelines;

/// <summary>Functions made of C#: they get a job and answer it over HTTP, as a Lambda function would.</summary>
internal sealed class ScriptedFunctions : IFunctionInvoker
{
    private readonly Dictionary<string, Func<JsonObject, Task<FunctionAnswer>>> functions = [];

    /// <summary>The jobs that came, oldest first.</summary>
    public ConcurrentQueue<JsonObject> Jobs { get; } = new();

    public void On(string name, Func<JsonObject, Task> function) =>
        functions[name] = async job =>
        {
            await function(job);
            return new FunctionAnswer("null", IsError: false);
        };

    public void Crash(string name, string error) =>
        functions[name] = _ => Task.FromResult(new FunctionAnswer(error, IsError: true));

    public Task<FunctionAnswer> InvokeAsync(string functionName, string payload, CancellationToken cancellationToken)
    {
        var job = JsonNode.Parse(payload)!["CodePipeline.job"]!.AsObject();
        Jobs.Enqueue(job);
        return functions.TryGetValue(functionName, out var function)
            ? function(job)
            : throw new KeyNotFoundException(functionName);
    }
}
