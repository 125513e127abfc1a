namespace Mlops.Local.Functions;

/// <summary>A Lambda function as the program declared it, and the package that was built for it.</summary>
public sealed record FunctionDeclaration
{
    /// <summary>The function's name; its log file has this name, too.</summary>
    public required string Name { get; init; }

    /// <summary>The package: a zip with <c>bootstrap</c> (<c>provided.*</c>) or an executable assembly (<c>dotnet10</c>).</summary>
    public required string ZipPath { get; init; }

    /// <summary><c>provided.al2023</c>, <c>provided.al2</c> or <c>dotnet10</c>.</summary>
    public required string Runtime { get; init; }

    /// <summary>For <c>dotnet10</c> the name of the executable assembly; class-library handlers (<c>A::B::C</c>) are not run locally.</summary>
    public required string Handler { get; init; }

    /// <summary>The declared variables; they may not begin with a name that Lambda reserves.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Lambda's default is 3 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>In MB; told to the function, not enforced. Lambda's default is 128.</summary>
    public int MemorySize { get; init; } = 128;

    /// <summary>For events only; Lambda's default is 2.</summary>
    public int MaximumRetryAttempts { get; init; } = 2;

    /// <summary>The log group's name; Lambda's default when null.</summary>
    public string? LogGroup { get; init; }

    /// <summary>The base64 SHA-256 that the program declared for the zip; a zip that differs is refused. Null: not compared.</summary>
    public string? SourceCodeHash { get; init; }
}

/// <summary>What all functions of one local AWS share.</summary>
public sealed record FunctionHostOptions
{
    /// <summary>Packages are extracted below it, each into a folder named by its content, so a second run finds them there.</summary>
    public required string WorkDirectory { get; init; }

    /// <summary>Gets one <c>&lt;function&gt;.log</c> per function.</summary>
    public required string LogDirectory { get; init; }

    /// <summary>The gateway: what the functions see as <c>AWS_ENDPOINT_URL</c>.</summary>
    public required Uri AwsEndpoint { get; init; }

    /// <summary>The functions' region.</summary>
    public required string Region { get; init; }

    /// <summary>The account that the functions live in.</summary>
    public required string AccountId { get; init; }

    /// <summary>The access key, and the secret and session token with it: moto checks none of them and maps any unknown key to its default account.</summary>
    public string AccessKey { get; init; } = "testing";

    /// <summary>What the environment's <c>PATH</c> holds: the only variable of ours that functions see (and <c>DOTNET_ROOT</c>).</summary>
    public string SearchPath { get; init; } = "";

    /// <summary>Where the .NET runtime is, when not found by the path; only functions on a managed runtime need it.</summary>
    public string? DotnetRoot { get; init; }

    /// <summary>How many processes one function may have; a further call waits until one is free.</summary>
    public int MaximumConcurrency { get; init; } = 8;

    /// <summary>How long a process may take until it asks for its first event (Lambda's limit is 10 seconds).</summary>
    public TimeSpan InitTimeout { get; init; } = TimeSpan.FromSeconds(10);
}
