namespace Mlops.Cli.Conformance;

/// <summary>A check under checks/ that runs with Node.js and with packages of the npm registry: the same that our own blueprints pass.</summary>
/// <param name="Name">What people call it; also the package without which it cannot run.</param>
/// <param name="Script">Its file under checks/.</param>
internal sealed record NodeCheck(string Name, string Script)
{
    /// <summary>Over templates: cdk-nag's AwsSolutions rules, and the specification of Amazon States Language.</summary>
    public static readonly IReadOnlyList<NodeCheck> All = [new("cdk-nag", "nag.mjs"), new("asl-validator", "asl.mjs")];

    /// <summary>What it says of the templates.</summary>
    public async Task<ToolResult> RunAsync(
        Func<string, string?> environment,
        string folder,
        IReadOnlyList<string> templates,
        CancellationToken cancellation
    )
    {
        if (environment(CliEnvironment.Root) is not { } root)
        {
            return ToolResult.NotRun($"{Name}: it runs from a checkout of the repository (./mlops blueprint check)");
        }

        var checks = Path.Combine(root, "checks");
        if (ToolProcess.Find(environment, "node") is not { } node)
        {
            return ToolResult.NotRun($"{Name}: Node.js is not installed (https://nodejs.org)");
        }

        if (!Directory.Exists(Path.Combine(checks, "node_modules", Name)))
        {
            return ToolResult.NotRun($"{Name}: it is not installed (npm ci --ignore-scripts --prefix {checks})");
        }

        string[] arguments = [Path.Combine(checks, Script), .. templates];
        var (exit, errors) = await ToolProcess.RunAsync(node, folder, arguments, _ => { }, cancellation);
        if (exit == 0)
        {
            return new ToolResult([]);
        }

        var problems = errors
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => Problem(line, templates))
            .OfType<ConformanceProblem>()
            .ToList();
        return new ToolResult(
            problems.Count > 0
                ? problems
                : [new("", Name, $"It could not look: {ToolProcess.LastLine(errors)} (exit code {exit})")]
        );
    }

    /// <summary><c>file: message</c>; anything else is not about a template.</summary>
    private ConformanceProblem? Problem(string line, IReadOnlyList<string> templates) =>
        line.Split(": ", 2) is [var file, var message] && templates.Contains(file) ? new(file, Name, message) : null;
}
