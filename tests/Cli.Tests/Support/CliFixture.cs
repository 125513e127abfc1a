using Mlops.Cli.Display;
using Spectre.Console.Testing;

namespace Mlops.Cli.Tests.Support;

/// <summary>The command line with a recorded console, a fake API, an environment and a folder of its own.</summary>
internal abstract class CliFixture
{
    protected const string LocalApi = "http://127.0.0.1:4581/prod";

    protected const string LocalAws = "http://127.0.0.1:4580";

    private readonly Dictionary<string, string> environment = [];
    private TestConsole output = null!;
    private TestConsole error = null!;
    private MemoryStream input = null!;

    protected FakeApi Api { get; private set; } = null!;

    protected string Folder { get; private set; } = null!;

    protected string Output => output.Output;

    protected string Error => error.Output;

    protected TimeProvider Clock { get; set; } = TimeProvider.System;

    [SetUp]
    public void Prepare()
    {
        output = new TestConsole().Width(1000);
        error = new TestConsole().Width(1000);
        input = new MemoryStream();
        Api = new FakeApi();
        Folder = Directory.CreateTempSubdirectory("mlops-cli-").FullName;
        environment.Clear();
        Clock = TimeProvider.System;
    }

    [TearDown]
    public void CleanUp()
    {
        Directory.Delete(Folder, recursive: true);
        Api.Dispose();
        input.Dispose();
        output.Dispose();
        error.Dispose();
    }

    protected void SetEnvironment(string name, string value) => environment[name] = value;

    protected void GivenInput(string text) => input = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text));

    protected void GivenFile(string name, string content)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }

    protected void GivenLocalSystem() =>
        GivenFile(
            ".mlops/local.json",
            $$"""{"api": "{{LocalApi}}", "aws": "{{LocalAws}}", "region": "us-east-1", "assetsBucket": "mlops-dev-assets", "pid": 1}"""
        );

    protected async Task<ExitCode> Run(params string[] args)
    {
        using var http = new HttpClient(Api, disposeHandler: false);
        return await new Application(
            new CliConsole(output, error),
            new CliServices
            {
                Http = http,
                StorageHttp = new FakeStorageHttp(http),
                Input = input,
                ReadEnvironment = environment.GetValueOrDefault,
                WorkingFolder = Folder,
                BlueprintFolder = Path.Combine(AppContext.BaseDirectory, "blueprints"),
                Clock = Clock,
            }
        ).RunAsync(args);
    }
}
