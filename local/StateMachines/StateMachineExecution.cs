using System.Text.Json.Nodes;

namespace Mlops.Local.StateMachines;

/// <summary>One run of a state machine. Guarded by its own lock.</summary>
internal sealed class StateMachineExecution(
    string arn,
    string stateMachineArn,
    string name,
    string input,
    DateTimeOffset started,
    CancellationTokenSource stop
)
{
    private readonly List<JsonObject> history = [];
    private string status = "RUNNING";
    private string? output;
    private string? error;
    private string? cause;
    private DateTimeOffset? stopped;

    public Lock Gate { get; } = new();

    public string Arn { get; } = arn;

    public string StateMachineArn { get; } = stateMachineArn;

    public string Name { get; } = name;

    public string Input { get; } = input;

    public DateTimeOffset Started { get; } = started;

    /// <summary>Ends a running execution as ABORTED.</summary>
    public CancellationTokenSource Stop { get; } = stop;

    public bool IsRunning
    {
        get
        {
            lock (Gate)
            {
                return status == "RUNNING";
            }
        }
    }

    /// <summary>Notes a step for GetExecutionHistory.</summary>
    public void Note(string type, DateTimeOffset at, string? detailsMember = null, JsonObject? details = null)
    {
        lock (Gate)
        {
            var step = new JsonObject
            {
                ["timestamp"] = Seconds(at),
                ["type"] = type,
                ["id"] = history.Count + 1,
                ["previousEventId"] = history.Count,
            };
            if (detailsMember is not null)
            {
                step[detailsMember] = details;
            }

            history.Add(step);
        }
    }

    /// <summary>The first end counts.</summary>
    public void End(string how, DateTimeOffset at, string? result = null, string? failure = null, string? why = null)
    {
        lock (Gate)
        {
            if (status == "RUNNING")
            {
                (status, stopped, output, error, cause) = (how, at, result, failure, why);
            }
        }
    }

    /// <summary>As DescribeExecution answers.</summary>
    public JsonObject Describe()
    {
        lock (Gate)
        {
            var description = Summary();
            description["input"] = Input;
            AddIfAny(description, "output", output);
            AddIfAny(description, "error", error);
            AddIfAny(description, "cause", cause);
            return description;
        }
    }

    /// <summary>As ListExecutions answers.</summary>
    public JsonObject Summary()
    {
        lock (Gate)
        {
            var summary = new JsonObject
            {
                ["executionArn"] = Arn,
                ["stateMachineArn"] = StateMachineArn,
                ["name"] = Name,
                ["status"] = status,
                ["startDate"] = Seconds(Started),
            };
            if (stopped is { } end)
            {
                summary["stopDate"] = Seconds(end);
            }

            return summary;
        }
    }

    /// <summary>As GetExecutionHistory answers.</summary>
    public JsonArray History()
    {
        lock (Gate)
        {
            return new JsonArray([.. history.Select(step => step.DeepClone())]);
        }
    }

    private static void AddIfAny(JsonObject description, string member, string? text)
    {
        if (text is not null)
        {
            description[member] = text;
        }
    }

    private static double Seconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000.0;
}
