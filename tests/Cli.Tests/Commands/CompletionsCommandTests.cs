using System.Diagnostics;
using Mlops.Cli.Tests.Support;

namespace Mlops.Cli.Tests.Commands;

internal sealed class CompletionsCommandTests : CliFixture
{
    [TestCase("mlops pro", "provision")]
    [TestCase("./mlops sch", "schema")]
    [TestCase("mlops provision --fo", "--force")]
    [TestCase("mlops --output ", "json text")]
    [TestCase("mlops validate --registry o", "off on")]
    [TestCase("mlops schema byom_realtime_b", "byom_realtime_builtin")]
    [TestCase("mlops status x", "", Description = "names of pipelines are nobody's to guess")]
    public async Task Answers_what_may_come_next(string line, string words)
    {
        await Run("complete", line);

        Assert.That(
            Output.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            Is.EqualTo(words.Split(' ').Where(word => word.Length > 0))
        );
    }

    [Test]
    public async Task After_the_name_come_all_commands_but_the_one_that_answers()
    {
        await Run("complete", "mlops ");

        Assert.That(
            Output.Split('\n').Where(word => word.Length > 0 && char.IsAsciiLetter(word[0])),
            Is.EquivalentTo(
                (string[])
                    [
                        "validate",
                        "blueprint",
                        "blueprints",
                        "explain",
                        "schema",
                        "upload",
                        "check-access",
                        "plan",
                        "provision",
                        "status",
                        "approve",
                        "reject",
                        "retry",
                        "list",
                        "delete",
                        "completions",
                        "help",
                        "version",
                    ]
            )
        );
    }

    [TestCase("bash", "complete -o default -F _mlops mlops\n")]
    [TestCase("zsh", "compdef _mlops mlops\n")]
    [TestCase("fish", "complete -c mlops -a '(mlops complete (commandline -cp | string collect) 2>/dev/null)'\n")]
    [TestCase("powershell", "}\n")]
    public async Task There_is_a_script_for(string shell, string end)
    {
        var exit = await Run("completions", shell);

        Assert.That(exit, Is.EqualTo(ExitCode.Done));
        Assert.That(Output, Does.StartWith("# mlops: completion for ").And.EndsWith(end));
    }

    /// <summary>The script in a clean bash, with the built command line: what the TAB key does there.</summary>
    [TestCase("mlops prov", "provision")]
    [TestCase("./mlops provision --f", "--force")]
    [TestCase("mlops validate --registry ", "off on")]
    [Platform("Unix")]
    public async Task A_clean_bash_completes(string line, string words)
    {
        await Run("completions", "bash");
        GivenFile("script.bash", Output);
        GivenFile("mlops", $"#!/bin/bash\nexec dotnet '{typeof(Application).Assembly.Location}' \"$@\"\n");
        var test = $$"""
            chmod +x mlops
            source script.bash
            [[ $(complete -p mlops) == *'-F _mlops mlops' ]] || exit 9
            COMP_LINE='{{line}}' COMP_POINT={{line.Length}}
            COMP_WORDS=({{line}}) COMP_CWORD=1
            _mlops "${COMP_WORDS[0]}"
            echo "${COMPREPLY[*]}"
            """;
        var start = new ProcessStartInfo("bash", ["--noprofile", "--norc", "-c", test])
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment["PATH"] = $"{Folder}:{start.Environment["PATH"]}";
        using var bash = Process.Start(start)!;
        var said = await bash.StandardOutput.ReadToEndAsync();
        await bash.WaitForExitAsync();

        Assert.That((bash.ExitCode, said), Is.EqualTo((0, words + "\n")));
    }
}
