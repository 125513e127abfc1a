using System.CommandLine;
using System.CommandLine.Parsing;
using System.Reflection;
using Mlops.Cli.Display;
using Spectre.Console;

namespace Mlops.Cli;

/// <summary>Runs one command line, and turns every way to end into an <see cref="ExitCode"/>.</summary>
public sealed class Application(CliConsole console, CliServices services)
{
    /// <summary>Version of the product.</summary>
    public static string Version { get; } =
        typeof(Application)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
            ?.InformationalVersion.Split('+')[0]
        ?? "unknown";

    /// <summary>Runs a command; Ctrl-C ends it.</summary>
    public async Task<ExitCode> RunAsync(IReadOnlyList<string> args, CancellationToken cancellation = default)
    {
        var commandLine = new CommandLine(console, services);
        var line = commandLine.Root.Parse(args);
        var output = commandLine.OutputOf(line);
        if (line.Errors.Count > 0 && line.Action is not System.CommandLine.Help.HelpAction)
        {
            return WrongUsage(commandLine, line, output);
        }

        try
        {
            return (ExitCode)
                await line.InvokeAsync(
                    new InvocationConfiguration
                    {
                        EnableDefaultExceptionHandler = false,
                        Output = console.Output.Profile.Out.Writer,
                        Error = console.Error.Profile.Out.Writer,
                    },
                    cancellation
                );
        }
        catch (ExpectedFailureException failure)
        {
            return Expected(failure, output);
        }
        catch (OperationCanceledException)
        {
            console.Error.MarkupLine("mlops: stopped; the pipeline goes on.");
            return ExitCode.Failed;
        }
#pragma warning disable CA1031 // Whatever it is, nobody above us could say that it is a bug of ours.
        catch (Exception bug)
#pragma warning restore CA1031
        {
            console.Error.MarkupLine(
                "[red]mlops: this is a bug of ours.[/] Please report it in the issues of the repository, with the command and what follows:"
            );
            CliConsole.WriteLine(console.Error, $"mlops {Version}\n{bug}");
            return ExitCode.Bug;
        }
    }

    private ExitCode WrongUsage(CommandLine commandLine, ParseResult line, OutputFormat output)
    {
        var words = Words(line.CommandResult).Reverse().ToList();
        var remedy =
            words.Count == 0 ? "mlops help"
            : words.Count == 1 ? $"mlops help {words[0]}"
            : $"mlops {string.Join(' ', words)} --help";
        Complain(new FailureAnswer(commandLine.Complaint(line), $"How it is used: {remedy}", null, []), output);
        return ExitCode.WrongUsage;
    }

    /// <summary>The command and those that it is one of, the innermost first.</summary>
    private static IEnumerable<string> Words(CommandResult command)
    {
        for (SymbolResult? at = command; at is CommandResult { Parent: not null } one; at = one.Parent)
        {
            yield return one.Command.Name;
        }
    }

    private ExitCode Expected(ExpectedFailureException failure, OutputFormat output)
    {
        if (output == OutputFormat.Text)
        {
            FindingWriter.Write(console.Error, failure.File, failure.Findings);
        }

        Complain(
            new FailureAnswer(
                failure.Message,
                failure.Remedy,
                failure.Status,
                [.. failure.Findings.Select(FindingAnswer.Of)]
            ),
            output
        );
        return ExitCode.Failed;
    }

    private void Complain(FailureAnswer answer, OutputFormat output)
    {
        if (output == OutputFormat.Json)
        {
            console.WriteJson(answer, AnswerJson.Default.FailureAnswer);
        }
        else
        {
            console.Error.MarkupLineInterpolated($"[red]mlops:[/] {answer.Error} [dim]{answer.Remedy}[/]");
        }
    }
}
