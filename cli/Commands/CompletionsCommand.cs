using System.CommandLine;
using Mlops.Cli.Display;

namespace Mlops.Cli.Commands;

/// <summary>A shell that we have a script for.</summary>
public enum Shell
{
    /// <summary>GNU bash, 3.2 and later.</summary>
    Bash,

    /// <summary>Z shell.</summary>
    Zsh,

    /// <summary>Friendly interactive shell.</summary>
    Fish,

    /// <summary>PowerShell 5 and later.</summary>
    PowerShell,
}

/// <summary>
/// <c>mlops completions SHELL</c>: prints the script of a shell. The script asks the very command that is being typed, so
/// it is never older than it; where that has no answer, the shell completes file names.
/// </summary>
public sealed class CompletionsCommand(CliConsole console)
{
    /// <summary>The hidden command that the scripts call.</summary>
    public const string Asked = "complete";

    // For an installed command line; a checkout's ./mlops is found by its last part, as shells do.
    private const string Bash = """
        # mlops: completion for bash. In ~/.bashrc: source <(mlops completions bash)
        _mlops() {
          local line=${COMP_LINE:0:COMP_POINT} IFS=$'\n'
          COMPREPLY=($("$1" complete "$line" 2>/dev/null))
        }
        complete -o default -F _mlops mlops
        """;

    private const string Zsh = """
        # mlops: completion for zsh. In ~/.zshrc, after compinit: source <(mlops completions zsh)
        _mlops() {
          local -a found
          found=("${(@f)$("${words[1]}" complete "$LBUFFER" 2>/dev/null)}")
          if [[ -n "${found[1]}" ]]; then compadd -- "${found[@]}"; else _files; fi
        }
        compdef _mlops mlops
        """;

    private const string Fish = """
        # mlops: completion for fish. mlops completions fish > ~/.config/fish/completions/mlops.fish
        complete -c mlops -a '(mlops complete (commandline -cp | string collect) 2>/dev/null)'
        """;

    private const string PowerShell = """
        # mlops: completion for PowerShell. In $PROFILE: mlops completions powershell | Out-String | Invoke-Expression
        Register-ArgumentCompleter -Native -CommandName mlops -ScriptBlock {
          param($word, $ast, $position)
          $line = $ast.ToString().PadRight($position).Substring(0, $position)
          & $ast.CommandElements[0].Extent.Text complete $line 2>$null | ForEach-Object {
            [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
          }
        }
        """;

    /// <summary>Prints the script.</summary>
    public ExitCode Run(Shell shell)
    {
        var script = shell switch
        {
            Shell.Bash => Bash,
            Shell.Zsh => Zsh,
            Shell.Fish => Fish,
            Shell.PowerShell => PowerShell,
            _ => throw new ArgumentOutOfRangeException(nameof(shell), shell, "No script for this shell."),
        };
        CliConsole.WriteLine(console.Output, script.ReplaceLineEndings("\n"));
        return ExitCode.Done;
    }

    /// <summary>Answers what may come where the line ends, one a line; nothing where that is up to the user.</summary>
    /// <param name="root">All commands.</param>
    /// <param name="text">The line up to the cursor, with the word that calls us.</param>
    public ExitCode Answer(Command root, string text)
    {
        // The first word is however this command line was called: ./mlops, a path, or an alias.
        var start = text.TrimStart();
        var space = start.IndexOf(' ', StringComparison.Ordinal);
        var line = space < 0 ? "" : start[space..];
        var typed = line.Length == 0 || char.IsWhiteSpace(line[^1]) ? "" : line.Split(' ')[^1];
        foreach (
            var word in root.Parse(root.Name + line)
                .GetCompletions(root.Name.Length + line.Length)
                .Select(item => item.InsertText ?? item.Label)
                .Where(word => word.StartsWith(typed, StringComparison.Ordinal) && word != Asked && !IsShort(word))
                .Distinct(StringComparer.Ordinal)
        )
        {
            CliConsole.WriteLine(console.Output, word);
        }

        return ExitCode.Done;
    }

    // -h, -?, /h: nobody needs help to finish those.
    private static bool IsShort(string word) => word.Length == 2 && (word[0] is '-' or '/');
}
