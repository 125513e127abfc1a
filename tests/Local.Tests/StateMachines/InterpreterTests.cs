using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Mlops.Local.StateMachines.Language;

namespace Mlops.Local.Tests.StateMachines;

public sealed class InterpreterTests
{
    [Test]
    public async Task Values_pass_through_parameters_result_path_and_output_path()
    {
        var output = await RunAsync(
            """
            {"StartAt": "Values", "States": {
              "Values": {"Type": "Pass", "Parameters": {"text": "{\"a\": 1}", "keep.$": "$.in"}, "ResultPath": "$.values", "Next": "Job"},
              "Job": {"Type": "Task", "Resource": "job", "Parameters": {"map.$": "States.StringToJson($.values.text)", "name.$": "$$.Execution.Name"},
                      "ResultSelector": {"status.$": "$.Status"}, "ResultPath": "$.job", "OutputPath": "$['job']", "End": true}
            }}
            """,
            """{"in": [1, 2]}""",
            (resource, parameters) =>
            {
                Assert.That(parameters!.ToJsonString(), Is.EqualTo("""{"map":{"a":1},"name":"run-1"}"""));
                return JsonNode.Parse("""{"Status": "Done", "More": true}""");
            }
        );

        Assert.That(output!.ToJsonString(), Is.EqualTo("""{"status":"Done"}"""));
    }

    [TestCase("""{"all": [{"s": "x", "n": 1}, {"n": 2}, {"s": 3}, "x", {"s": "x", "n": 4}]}""", "[1,4]")]
    [TestCase("""{"all": []}""", "[]")]
    public async Task A_filter_takes_from_a_list_what_has_the_value(string input, string expected)
    {
        var output = await RunAsync(
            """{"StartAt": "Filter", "States": {"Filter": {"Type": "Pass", "Parameters": {"found.$": "$.all[?(@.s == 'x')]"}, "End": true}}}""",
            input,
            (_, _) => null
        );

        var numbers = output!["found"]!.AsArray().Select(item => item!["n"]!.DeepClone());
        Assert.That(new JsonArray([.. numbers]).ToJsonString(), Is.EqualTo(expected));
    }

    [TestCase("""{"size": 5}""", "big")]
    [TestCase("""{"size": 2, "kind": "spot-1"}""", "spot")]
    [TestCase("""{"size": 2}""", "other")]
    public async Task A_choice_takes_the_first_rule_that_holds(string input, string expected)
    {
        var output = await RunAsync(
            """
            {"StartAt": "Which", "States": {
              "Which": {"Type": "Choice", "Default": "Other", "Choices": [
                {"Variable": "$.size", "NumericGreaterThan": 3, "Next": "Big"},
                {"And": [{"Variable": "$.kind", "IsPresent": true}, {"Variable": "$.kind", "StringMatches": "spot-*"}], "Next": "Spot"}]},
              "Big": {"Type": "Pass", "Result": "big", "End": true},
              "Spot": {"Type": "Pass", "Result": "spot", "End": true},
              "Other": {"Type": "Pass", "Result": "other", "End": true}
            }}
            """,
            input
        );

        Assert.That($"{output}", Is.EqualTo(expected));
    }

    [Test]
    public async Task A_task_is_retried_as_often_as_its_retrier_says_and_then_caught()
    {
        var calls = 0;

        var output = await RunAsync(
            """
            {"StartAt": "Job", "States": {
              "Job": {"Type": "Task", "Resource": "job", "End": true,
                      "Retry": [{"ErrorEquals": ["SageMaker.Throttling"], "MaxAttempts": 2, "IntervalSeconds": 1}],
                      "Catch": [{"ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": "Tell"}]},
              "Tell": {"Type": "Pass", "Parameters": {"why.$": "States.Format('{} after {}', $.error.Cause, $.of)"}, "End": true}
            }}
            """,
            """{"of": "today"}""",
            (_, _) =>
            {
                calls++;
                throw new StateFailedException("SageMaker.Throttling", "slow down");
            }
        );

        Assert.That(calls, Is.EqualTo(3));
        Assert.That($"{output!["why"]}", Is.EqualTo("slow down after today"));
    }

    [Test]
    public void A_fail_state_ends_with_its_error_and_cause() =>
        Assert.That(
            async () =>
                await RunAsync(
                    """{"StartAt": "No", "States": {"No": {"Type": "Fail", "Error": "Job.Failed", "CausePath": "$.why"}}}""",
                    """{"why": "no data"}"""
                ),
            Throws.TypeOf<StateFailedException>().With.Message.EqualTo("Job.Failed: no data")
        );

    [TestCase("States.ArrayGetItem(States.StringSplit('a-b-c', '-'), 2)", "c")]
    [TestCase(@"States.Format('it\'s {}', 3)", "it's 3")]
    [TestCase("States.JsonToString(States.JsonMerge($.a, $.b, false))", """{"x":1,"y":2}""")]
    public async Task Intrinsic_functions_nest_and_quote(string call, string expected)
    {
        var definition = new JsonObject
        {
            ["StartAt"] = "Only",
            ["States"] = new JsonObject
            {
                ["Only"] = new JsonObject
                {
                    ["Type"] = "Pass",
                    ["Parameters"] = new JsonObject { ["value.$"] = call },
                    ["End"] = true,
                },
            },
        };

        var output = await RunAsync(definition.ToJsonString(), """{"a": {"x": 1}, "b": {"y": 2}}""");

        Assert.That($"{output!["value"]}", Is.EqualTo(expected));
    }

    [Test]
    public void What_is_not_carried_out_is_named_before_anything_runs() =>
        Assert.That(
            () =>
                Definition.Parse(
                    """{"StartAt": "A", "States": {"A": {"Type": "Parallel"}, "B": {"Type": "Task", "Resource": "x", "Credentials": {}}}}"""
                ),
            Throws
                .TypeOf<StateFailedException>()
                .With.Message.Contains("the type Parallel of state 'A'")
                .And.Message.Contains("Credentials of state 'B'")
        );

    private static async Task<JsonNode?> RunAsync(
        string definition,
        string input,
        Func<string, JsonNode?, JsonNode?>? task = null
    )
    {
        var clock = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromSeconds(1) };
        var interpreter = new Interpreter(Definition.Parse(definition), new ScriptedTasks(task), clock, (_, _) => { });
        var context = new JsonObject { ["Execution"] = new JsonObject { ["Name"] = "run-1" } };
        var run = interpreter.RunAsync(JsonNode.Parse(input), context, CancellationToken.None);
        while (!run.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        return await run;
    }

    private sealed class ScriptedTasks(Func<string, JsonNode?, JsonNode?>? task) : ITasks
    {
        public Task<JsonNode?> RunAsync(string resource, JsonNode? parameters, CancellationToken cancellationToken) =>
            Task.FromResult(task!(resource, parameters));
    }
}
