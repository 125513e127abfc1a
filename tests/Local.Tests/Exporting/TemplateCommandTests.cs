using Mlops.Local.Exporting;

namespace Mlops.Local.Tests.Exporting;

public sealed class TemplateCommandTests
{
    [TestCase("", "dev", null, null)]
    [TestCase("--stack prod --config-file my.yaml --output t.json", "prod", "my.yaml", "t.json")]
    public async Task Its_options_are(string arguments, string stack, string? config, string? output)
    {
        TemplateOptions? given = null;
        var command = TemplateCommand.Create(
            (options, _) =>
            {
                given = options;
                return Task.FromResult(0);
            }
        );
        await command.Parse(arguments).InvokeAsync();

        Assert.That(
            given,
            Is.EqualTo(
                new TemplateOptions
                {
                    Stack = stack,
                    ConfigFile = config,
                    Output = output,
                }
            )
        );
    }
}
