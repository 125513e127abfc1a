namespace Mlops.Local.Tests;

public sealed class LocalCommandTests
{
    [Test]
    public async Task Without_options_it_is_what_the_documentation_says()
    {
        Assert.That(await OptionsAsync(), Is.EqualTo(new LocalOptions()));
        Assert.That(
            new LocalOptions(),
            Is.EqualTo(
                new LocalOptions
                {
                    Stack = "dev",
                    Port = 4580,
                    ApiPort = 4581,
                    Example = "byom_realtime_builtin",
                }
            )
        );
    }

    [Test]
    public async Task Every_option_arrives() =>
        Assert.That(
            await OptionsAsync(
                "--stack multiaccount --port 0 --api-port 1 --example byom_realtime_custom --info x.json --once --approve-all --output json"
            ),
            Is.EqualTo(
                new LocalOptions
                {
                    Stack = "multiaccount",
                    Port = 0,
                    ApiPort = 1,
                    Example = "byom_realtime_custom",
                    InfoFile = "x.json",
                    Once = true,
                    ApproveAll = true,
                    Output = OutputKind.Json,
                }
            )
        );

    [Test]
    public async Task Settings_of_the_stack_may_be_given_for_this_run() =>
        Assert.That(
            (await OptionsAsync("--config mlops:useModelRegistry=true -c retainData=a=b"))!.Config,
            Is.EqualTo(["mlops:useModelRegistry=true", "retainData=a=b"])
        );

    [Test]
    public async Task No_example_is_none() => Assert.That((await OptionsAsync("--no-example"))!.Example, Is.Null);

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
