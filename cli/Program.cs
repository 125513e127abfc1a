using Mlops.Cli;
using Mlops.Cli.Display;

using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(60) };
using var input = Console.OpenStandardInput();

return (int)
    await new Application(
        CliConsole.OfProcess(),
        new CliServices
        {
            Http = http,
            Input = input,
            ReadEnvironment = Environment.GetEnvironmentVariable,
            WorkingFolder = Environment.CurrentDirectory,
            BlueprintFolder = Path.Combine(AppContext.BaseDirectory, "blueprints"),
            Clock = TimeProvider.System,
        }
    ).RunAsync(args);
