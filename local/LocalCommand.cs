using System.CommandLine;
using Mlops.Local.Display;

namespace Mlops.Local;

/// <summary>The command line of <c>./mlops local</c>.</summary>
public static class LocalCommand
{
    /// <summary>Makes the command; <paramref name="run"/> gets what was asked for and answers the exit code.</summary>
    public static RootCommand Create(Func<LocalOptions, CancellationToken, Task<int>> run)
    {
        var otherwise = new LocalOptions();
        var stack = new Option<string>("--stack")
        {
            Description = "Stack of the Pulumi program: dev or multiaccount",
            HelpName = "dev|multiaccount",
            DefaultValueFactory = _ => otherwise.Stack,
        };
        var config = new Option<string[]>("--config", "-c")
        {
            Description = "A setting of the stack for this run, as in pulumi up -c; may be repeated",
            HelpName = "KEY=VALUE",
            AllowMultipleArgumentsPerToken = false,
        };
        config.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.IndexOf('=', StringComparison.Ordinal) < 1))
            {
                result.AddError($"--config takes KEY=VALUE, and \"{token.Value}\" is none.");
            }
        });
        var port = Port("--port", "Port of the local AWS; 0 takes any free one", otherwise.Port);
        var apiPort = Port("--api-port", "Port of the API; 0 takes any free one", otherwise.ApiPort);
        var noExample = new Option<bool>("--no-example") { Description = "Provision nothing" };
        var example = new Option<string[]>("--example")
        {
            Description =
                $"Pipeline type whose example is provisioned (default {otherwise.Examples[0]}); may be repeated",
            HelpName = "TYPE",
            AllowMultipleArgumentsPerToken = false,
        };
        var info = new Option<string?>("--info")
        {
            Description = "Where the run tells programs about itself (default .mlops/local.json)",
            HelpName = "FILE",
        };
        var once = new Option<bool>("--once") { Description = "End when the examples' pipelines have ended" };
        var approveAll = new Option<bool>("--approve-all") { Description = "Approve whatever waits for an approval" };
        var output = new Option<OutputKind>("--output")
        {
            Description = "text, or json: one object per line",
            HelpName = "text|json",
        };
        var command = new RootCommand("Runs the whole system on this machine, with no AWS account.")
        {
            stack,
            config,
            port,
            apiPort,
            noExample,
            example,
            info,
            once,
            approveAll,
            output,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(noExample) && result.GetResult(example) is not null)
            {
                result.AddError("--no-example and --example exclude each other.");
            }
        });
        command.SetAction(
            (parsed, cancellationToken) =>
                run(
                    new LocalOptions
                    {
                        Stack = parsed.GetValue(stack)!,
                        Config = parsed.GetValue(config) is { Length: > 0 } given ? given : otherwise.Config,
                        Port = parsed.GetValue(port),
                        ApiPort = parsed.GetValue(apiPort),
                        Examples =
                            parsed.GetValue(noExample) ? []
                            : parsed.GetValue(example) is { Length: > 0 } types ? types
                            : otherwise.Examples,
                        InfoFile = parsed.GetValue(info),
                        Once = parsed.GetValue(once),
                        ApproveAll = parsed.GetValue(approveAll),
                        Output = parsed.GetValue(output),
                    },
                    cancellationToken
                )
        );
        return command;
    }

    private static Option<int> Port(string name, string description, int otherwise)
    {
        var option = new Option<int>(name)
        {
            Description = description,
            HelpName = "PORT",
            DefaultValueFactory = _ => otherwise,
        };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > 65535)
            {
                result.AddError($"{name} is a port: 0 to 65535.");
            }
        });
        return option;
    }
}
