namespace Mlops.Local.Tests;

public sealed class LocalCommandTests
{
    [Test]
    public async Task Without_options_it_is_what_the_documentation_says()
    {
        var options = (await OptionsAsync())!;

        Assert.That(
            options,
            Is.EqualTo(
                new LocalOptions
                {
                    Stack = "dev",
                    Port = 4580,
                    ApiPort = 4581,
                    Examples = options.Examples,
                }
            )
        );
        Assert.That(options.Examples, Is.EqualTo(["byom_realtime_builtin"]));
    }

    [Test]
    public async Task Every_option_arrives()
    {
        var options = (
            await OptionsAsync(
                "--stack multiaccount --port 0 --api-port 1 --example byom_realtime_custom --example scoring_service --info x.json --once --approve-all --output json"
            )
        )!;

        Assert.That(
            options,
            Is.EqualTo(
                new LocalOptions
                {
                    Stack = "multiaccount",
                    Port = 0,
                    ApiPort = 1,
                    Examples = options.Examples,
                    InfoFile = "x.json",
                    Once = true,
                    ApproveAll = true,
                    Output = OutputKind.Json,
                }
            )
        );
        Assert.That(options.Examples, Is.EqualTo(["byom_realtime_custom", "scoring_service"]));
    }

    [Test]
    public async Task Settings_of_the_stack_may_be_given_for_this_run() =>
        Assert.That(
            (await OptionsAsync("--config mlops:useModelRegistry=true -c retainData=a=b"))!.Config,
            Is.EqualTo(["mlops:useModelRegistry=true", "retainData=a=b"])
        );

    [Test]
    public async Task No_example_is_none() => Assert.That((await OptionsAsync("--no-example"))!.Examples, Is.Empty);

    [TestCase("--bananas")]
    [TestCase("--port 70000")]
    [TestCase("--port -1")]
    [TestCase("--output yaml")]
    [TestCase("--no-example --example x")]
    [TestCase("--config mlops:useModelRegistry")]
    [TestCase("--config =true")]
    public void Is_wrong_usage(string arguments) =>
        Assert.That(LocalCommand.Create((_, _) => Task.FromResult(0)).Parse(arguments).Errors, Is.Not.Empty);

    private static async Task<LocalOptions?> OptionsAsync(string arguments = "")
    {
        LocalOptions? given = null;
        var command = LocalCommand.Create(
            (options, _) =>
            {
                given = options;
                return Task.FromResult(0);
            }
        );
        await command.Parse(arguments).InvokeAsync();
        return given;
    }
}
