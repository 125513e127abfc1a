namespace Mlops.Local.Moto;

/// <summary>Where to find or how to start the local AWS.</summary>
public sealed record MotoServerOptions
{
    /// <summary>The checkout's <c>.mlops</c> folder: its <c>venv</c> is looked into after <see cref="SearchPath"/>.</summary>
    public required string WorkDirectory { get; init; }

    /// <summary>Folder of <c>moto.log</c>.</summary>
    public required string LogDirectory { get; init; }

    /// <summary>An endpoint that runs already (<c>AWS_ENDPOINT_URL</c>); with it nothing is started.</summary>
    public Uri? ExistingEndpoint { get; init; }

    /// <summary>What the environment's <c>PATH</c> holds.</summary>
    public string SearchPath { get; init; } = "";

    /// <summary>The environment that moto starts with; <c>AWS_*</c> and proxy settings are left out of it.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>0 takes any free port.</summary>
    public int Port { get; init; }

    /// <summary>How long moto may take until it answers; a cold file cache makes the first start slow.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Reads what the environment has to say: <c>AWS_ENDPOINT_URL</c> and <c>PATH</c>.</summary>
    /// <exception cref="Processes.StartFailedException"><c>AWS_ENDPOINT_URL</c> is not an http address.</exception>
    public static MotoServerOptions Read(IReadOnlyDictionary<string, string> environment, string workDirectory)
    {
        Uri? existing = null;
        if (environment.TryGetValue("AWS_ENDPOINT_URL", out var url) && url.Length > 0)
        {
            if (!Uri.TryCreate(url, UriKind.Absolute, out existing) || existing.Scheme is not ("http" or "https"))
            {
                throw new Processes.StartFailedException(
                    $"AWS_ENDPOINT_URL is \"{url}\", which is not an http address: correct it, or unset it to have moto started for you."
                );
            }
        }

        return new MotoServerOptions
        {
            WorkDirectory = workDirectory,
            LogDirectory = Path.Combine(workDirectory, "logs"),
            ExistingEndpoint = existing,
            SearchPath = environment.GetValueOrDefault("PATH", ""),
            Environment = environment,
        };
    }
}
