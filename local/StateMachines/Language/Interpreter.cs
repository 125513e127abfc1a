using System.Globalization;
using System.Text.Json.Nodes;

namespace Mlops.Local.StateMachines.Language;

/// <summary>Runs a definition state by state, with the JSONPath data flow of the Amazon States Language.</summary>
public sealed class Interpreter(Definition definition, ITasks tasks, TimeProvider clock, Action<string, string> entered)
{
    private const string Everything = "States.ALL";

    /// <summary>Runs from the first state to the last.</summary>
    /// <param name="input">The execution's input.</param>
    /// <param name="context">What <c>$$</c> names; the state that runs is added to it.</param>
    /// <param name="cancellationToken">Stops the execution.</param>
    /// <returns>The output of the last state.</returns>
    /// <exception cref="StateFailedException">A state failed, and no Catch was for it.</exception>
    public async Task<JsonNode?> RunAsync(JsonNode? input, JsonObject context, CancellationToken cancellationToken)
    {
        var (name, value) = ((string?)definition.First, input);
        while (name is not null)
        {
            var state = definition.State(name);
            context["State"] = new JsonObject
            {
                ["Name"] = name,
                ["EnteredTime"] = clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture),
            };
            entered($"{state["Type"]}", name);
            (name, value) = await StepAsync(state, new Data(value, context), cancellationToken);
        }

        return value;
    }

    private async Task<(string? Next, JsonNode? Output)> StepAsync(
        JsonObject state,
        Data raw,
        CancellationToken cancellationToken
    )
    {
        var data = raw with { Input = state["InputPath"] is { } path ? Paths.Read($"{path}", raw) : raw.Input };
        switch ($"{state["Type"]}")
        {
            case "Task":
                return await TaskAsync(state, raw, data, cancellationToken);
            case "Choice":
                return (Choose(state, data), Output(state, data));
            case "Fail":
                throw new StateFailedException(Text(state, "Error", data), Text(state, "Cause", data));
            case "Succeed":
                return (null, Output(state, data));
            case "Wait":
                await Task.Delay(TimeSpan.FromSeconds(Seconds(state, data)), clock, cancellationToken);
                return (Next(state), Output(state, data));
            default:
                var result = state["Result"]?.DeepClone() ?? Parameters(state, data);
                return (Next(state), Output(state, data with { Input = Placed(state, raw, result) }));
        }
    }

    private async Task<(string? Next, JsonNode? Output)> TaskAsync(
        JsonObject state,
        Data raw,
        Data data,
        CancellationToken cancellationToken
    )
    {
        var tried = new Dictionary<JsonNode, int>();
        while (true)
        {
            try
            {
                var result = await RunTaskAsync(state, data, cancellationToken);
                if (state["ResultSelector"] is { } selector)
                {
                    result = PayloadTemplate.Fill(selector, data with { Input = result });
                }

                return (Next(state), Output(state, data with { Input = Placed(state, raw, result) }));
            }
            catch (StateFailedException failure) when (Retrier(state, failure) is { } retrier && MayTry(retrier, tried))
            {
                await Task.Delay(Pause(retrier, tried[retrier]), clock, cancellationToken);
            }
            catch (StateFailedException failure) when (Matching(state["Catch"], failure) is { } catcher)
            {
                var error = new JsonObject { ["Error"] = failure.Error, ["Cause"] = failure.Cause };
                return ($"{catcher["Next"]}", Placed(catcher, raw, error));
            }
        }
    }

    private async Task<JsonNode?> RunTaskAsync(JsonObject state, Data data, CancellationToken cancellationToken)
    {
        var run = tasks.RunAsync($"{state["Resource"]}", Parameters(state, data), cancellationToken);
        if (state["TimeoutSeconds"] is not { } limit)
        {
            return await run;
        }

        try
        {
            return await run.WaitAsync(TimeSpan.FromSeconds(limit.GetValue<double>()), clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new StateFailedException("States.Timeout", $"The task took longer than {limit} seconds");
        }
    }

    private static JsonNode? Parameters(JsonObject state, Data data) =>
        state["Parameters"] is { } template ? PayloadTemplate.Fill(template, data) : data.Input?.DeepClone();

    /// <summary>ResultPath: absent replaces the input, null leaves it, a path puts the result into it.</summary>
    private static JsonNode? Placed(JsonObject state, Data raw, JsonNode? result) =>
        !state.TryGetPropertyValue("ResultPath", out var path) ? result
        : path is null ? raw.Input
        : Paths.Write($"{path}", raw.Input, result);

    private static JsonNode? Output(JsonObject state, Data data) =>
        state["OutputPath"] is { } path ? Paths.Read($"{path}", data) : data.Input;

    private static string? Next(JsonObject state) => (string?)state["Next"];

    private static string Choose(JsonObject state, Data data) =>
        state["Choices"]!
            .AsArray()
            .Select(rule => rule!.AsObject())
            .Where(rule => ChoiceRule.Holds(rule, data))
            .Select(rule => $"{rule["Next"]}")
            .FirstOrDefault()
        ?? (string?)state["Default"]
        ?? throw new StateFailedException(
            "States.NoChoiceMatched",
            "No rule of the choice held, and it has no Default"
        );

    private static string Text(JsonObject state, string field, Data data) =>
        state[$"{field}Path"] is { } path ? $"{ValueOf($"{path}", data)}" : $"{state[field]}";

    private static JsonNode? ValueOf(string path, Data data) =>
        path.StartsWith('$') ? Paths.Read(path, data) : Intrinsics.Call(path, data);

    private static double Seconds(JsonObject state, Data data) =>
        (state["SecondsPath"] is { } path ? Paths.Read($"{path}", data) : state["Seconds"]) is { } seconds
            ? double.Parse(seconds.ToString(), CultureInfo.InvariantCulture)
            : 0;

    private static JsonObject? Retrier(JsonObject state, StateFailedException failure) =>
        Matching(state["Retry"], failure);

    private static JsonObject? Matching(JsonNode? rules, StateFailedException failure) =>
        (rules as JsonArray)
            ?.Select(rule => rule!.AsObject())
            .FirstOrDefault(rule =>
                rule["ErrorEquals"]!
                    .AsArray()
                    .Select(name => $"{name}")
                    .Any(name =>
                        name == Everything
                        || name == failure.Error
                        || (
                            name == "States.TaskFailed"
                            && !failure.Error.StartsWith("States.", StringComparison.Ordinal)
                        )
                    )
            );

    private static bool MayTry(JsonObject retrier, Dictionary<JsonNode, int> tried)
    {
        var times = tried.GetValueOrDefault(retrier);
        tried[retrier] = times + 1;
        return times < (retrier["MaxAttempts"]?.GetValue<int>() ?? 3);
    }

    private static TimeSpan Pause(JsonObject retrier, int attempt)
    {
        var first = retrier["IntervalSeconds"]?.GetValue<double>() ?? 1;
        var rate = retrier["BackoffRate"]?.GetValue<double>() ?? 2;
        var longest = retrier["MaxDelaySeconds"]?.GetValue<double>() ?? double.MaxValue;
        return TimeSpan.FromSeconds(Math.Min(first * Math.Pow(rate, attempt - 1), longest));
    }
}

/// <summary>Carries out the tasks of a state machine, with the rights of its role.</summary>
public interface ITasks
{
    /// <summary>Carries out one.</summary>
    /// <param name="resource">The state's Resource, an ARN.</param>
    /// <param name="parameters">What the state gives to it.</param>
    /// <param name="cancellationToken">The execution is stopped.</param>
    /// <exception cref="StateFailedException">The task failed.</exception>
    Task<JsonNode?> RunAsync(string resource, JsonNode? parameters, CancellationToken cancellationToken);
}
