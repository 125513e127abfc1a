using Mlops.Local.Display;
using Spectre.Console;

namespace Mlops.Local.Tests.Display;

public sealed class TerminalDisplayTests
{
    [Test]
    public void A_command_is_never_broken_however_narrow_the_terminal()
    {
        using var output = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = 40;
        var command = $"aws --endpoint-url http://127.0.0.1:4580 {new string('x', 200)} [not markup]";

        new TerminalDisplay(console).Show(new TryNext([new NextCommand("why", command)]));

        Assert.That(output.ToString().ReplaceLineEndings("\n"), Does.Contain($"\n  {command}\n"));
    }
}
