namespace Mlops.Local;

/// <summary>How a run tells what happens.</summary>
public enum OutputKind
{
    /// <summary>For people: colored and live on a terminal, plain lines in a pipe.</summary>
    Text,

    /// <summary>One JSON object per line.</summary>
    Json,
}

/// <summary>What the command line asks for.</summary>
public sealed record LocalOptions
{
    /// <summary>The stack of the Pulumi program: <c>Pulumi.&lt;stack&gt;.yaml</c> has its settings.</summary>
    public string Stack { get; init; } = "dev";

    /// <summary>Settings that take the place of the stack file's, each as <c>KEY=VALUE</c>; of the same key the last counts.</summary>
    public IReadOnlyList<string> Config { get; init; } = [];

    /// <summary>Of the local AWS; 0 takes any free one.</summary>
    public int Port { get; init; } = 4580;

    /// <summary>Of the API; 0 takes any free one.</summary>
    public int ApiPort { get; init; } = 4581;

    /// <summary>The pipeline types whose examples are provisioned, one after the other; may be empty.</summary>
    public IReadOnlyList<string> Examples { get; init; } = ["byom_realtime_builtin"];

    /// <summary>Where the run tells programs about itself; null is <c>.mlops/local.json</c>.</summary>
    public string? InfoFile { get; init; }

    /// <summary>End when the last example's pipeline has ended.</summary>
    public bool Once { get; init; }

    /// <summary>Approve whatever waits for an approval.</summary>
    public bool ApproveAll { get; init; }

    /// <summary>How the run tells what happens.</summary>
    public OutputKind Output { get; init; } = OutputKind.Text;
}
