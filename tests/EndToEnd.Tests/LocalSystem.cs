using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mlops.EndToEnd.Tests;

/// <summary>One <c>./mlops local</c> on free ports, as a user starts it, and the clients that a user has: HTTP and the AWS CLI.</summary>
internal sealed class LocalSystem : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(10);
    private readonly string _folder;
    private readonly Dictionary<string, JsonNode> _sessions = new(StringComparer.Ordinal);
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };

    private LocalSystem(Running process, string folder, JsonNode info)
    {
        Process = process;
        _folder = folder;
        Info = info;
    }

    public Running Process { get; }

    public JsonNode Info { get; }

    public string InfoFile => Path.Combine(_folder, "local.json");

    public string Aws => (string)Info["aws"]!;

    public string Api => (string)Info["api"]!;

    public string AssetsBucket => (string)Info["assetsBucket"]!;

    public static async Task<LocalSystem> StartAsync(params string[] options)
    {
        var folder = Directory.CreateTempSubdirectory("mlops-e2e-").FullName;
        var info = Path.Combine(folder, "local.json");
        var process = Running.Start(
            Repository.Entry,
            ["local", "--port", "0", "--api-port", "0", "--info", info, .. options]
        );

        using var time = new CancellationTokenSource(StartLimit);
        while (!File.Exists(info))
        {
            if (process.Process.HasExited || time.IsCancellationRequested)
            {
                var said = $"{process.Output}\n{process.Errors}";
                await process.DisposeAsync();
                throw new InvalidOperationException($"./mlops local is not ready:\n{said}");
            }

            await Task.Delay(100);
        }

        return new LocalSystem(process, folder, JsonNode.Parse(await File.ReadAllTextAsync(info))!);
    }

    public Task<HttpResponseMessage> GetAsync(string route) => _http.GetAsync($"{Api}{route}");

    public Task<HttpResponseMessage> DeleteAsync(string route) => _http.DeleteAsync($"{Api}{route}");

    public Task<HttpResponseMessage> PostAsync(string route, JsonNode request) =>
        _http.PostAsJsonAsync($"{Api}{route}", request);

    public Task<HttpResponseMessage> PostAsync(string route, byte[] body) =>
        _http.PostAsync(
            $"{Api}{route}",
            new ByteArrayContent(body) { Headers = { { "Content-Type", "application/json" } } }
        );

    public Task<HttpResponseMessage> PostAsync(string route, string body) =>
        PostAsync(route, Encoding.UTF8.GetBytes(body));

    /// <summary>The independent witness: what the AWS CLI says.</summary>
    public Task<JsonNode> AwsAsync(params string[] arguments) => AwsAsync(null, arguments);

    /// <summary>The same witness in another account, by a role that it takes on there.</summary>
    public async Task<JsonNode> AwsInAsync(string account, params string[] arguments)
    {
        if (!_sessions.TryGetValue(account, out var session))
        {
            var role = $"arn:aws:iam::{account}:role/mlops-orchestrator/mlops-multiaccount-observe";
            var answer = await AwsAsync("sts", "assume-role", "--role-arn", role, "--role-session-name", "witness");
            _sessions[account] = session = answer["Credentials"]!;
        }

        return await AwsAsync(session, arguments);
    }

    /// <summary>Runs a Python program that says JSON, with the local AWS, its region and <paramref name="arguments"/>.</summary>
    public async Task<JsonNode> Boto3Async(string program, params string[] arguments)
    {
        await using var python = Running.Start(
            Repository.Python,
            ["-c", program, Aws, (string)Info["region"]!, .. arguments],
            new Dictionary<string, string?> { ["AWS_PROFILE"] = null, ["NO_PROXY"] = "127.0.0.1" }
        );
        var code = await python.ExitAsync(TimeSpan.FromMinutes(1));
        Assert.That(code, Is.Zero, () => python.Errors);
        return JsonNode.Parse(python.Output)!;
    }

    /// <summary>A request to the local AWS itself, which no client of AWS sends.</summary>
    public async Task PretendAsync(JsonNode? what)
    {
        using var request = new HttpRequestMessage(
            what is null ? HttpMethod.Delete : HttpMethod.Post,
            $"{Aws}/mlops-local/pretences"
        );
        request.Content = what is null ? null : JsonContent.Create(what);
        using var answer = await _http.SendAsync(request);
        Assert.That((int)answer.StatusCode, Is.EqualTo(204));
    }

    /// <summary>An operation of CodePipeline without a client: to ask again and again costs nothing.</summary>
    public async Task<JsonNode> CodePipelineAsync(string operation, JsonNode input)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Aws);
        request.Content = new StringContent(input.ToJsonString(), Encoding.UTF8);
        request.Headers.Add("X-Amz-Target", $"CodePipeline_20150709.{operation}");
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=testing/20260101/us-east-1/codepipeline/aws4_request, SignedHeaders=host, Signature=0"
        );
        using var answer = await _http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That(answer.IsSuccessStatusCode, Is.True, text);
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
    }

    private async Task<JsonNode> AwsAsync(JsonNode? session, string[] arguments)
    {
        await using var aws = Running.Start(
            "aws",
            ["--endpoint-url", Aws, "--region", (string)Info["region"]!, "--output", "json", .. arguments],
            new Dictionary<string, string?>
            {
                ["AWS_ACCESS_KEY_ID"] = (string?)session?["AccessKeyId"] ?? "testing",
                ["AWS_SECRET_ACCESS_KEY"] = (string?)session?["SecretAccessKey"] ?? "testing",
                ["AWS_SESSION_TOKEN"] = (string?)session?["SessionToken"],
                ["AWS_PROFILE"] = null,
                ["AWS_PAGER"] = "",
            }
        );
        var code = await aws.ExitAsync(TimeSpan.FromMinutes(1));
        Assert.That(code, Is.Zero, () => $"aws {string.Join(' ', arguments)}\n{aws.Errors}");
        return string.IsNullOrWhiteSpace(aws.Output) ? new JsonObject() : JsonNode.Parse(aws.Output)!;
    }

    /// <summary>Runs our own command line against this system.</summary>
    public async Task<(int Code, string Output, string Errors)> MlopsAsync(params string[] arguments)
    {
        await using var mlops = Running.Start(Repository.Entry, ["--local", "--info", InfoFile, .. arguments]);
        var code = await mlops.ExitAsync(TimeSpan.FromMinutes(2));
        return (code, mlops.Output, mlops.Errors);
    }

    /// <summary>Waits until the pipeline's newest execution has ended and gives its status.</summary>
    public async Task<string> EndedAsync(string pipeline)
    {
        using var time = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            if (
                await ExecutionsAsync(pipeline) is [var newest, ..]
                && (string)newest["status"]! is not ("InProgress" or "Stopping") and var status
            )
            {
                return status;
            }

            time.Token.ThrowIfCancellationRequested();
            await Task.Delay(250);
        }
    }

    /// <summary>Waits until there is no pipeline of this name any more.</summary>
    public async Task RemovedAsync(string pipeline)
    {
        using var time = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var listed = await CodePipelineAsync("ListPipelines", new JsonObject());
            if (listed["pipelines"]!.AsArray().All(one => (string?)one!["name"] != pipeline))
            {
                return;
            }

            if (time.IsCancellationRequested)
            {
                Assert.Fail($"It is not removed: {await StateAsync(pipeline)}");
            }

            await Task.Delay(150);
        }
    }

    public async Task<IReadOnlyList<JsonNode>> ExecutionsAsync(string pipeline)
    {
        var answer = await AwsAsync("codepipeline", "list-pipeline-executions", "--pipeline-name", pipeline);
        return [.. answer["pipelineExecutionSummaries"]!.AsArray().Select(execution => execution!)];
    }

    /// <summary>What CodePipeline says of every stage, to read when a test fails.</summary>
    public async Task<string> StateAsync(string pipeline) =>
        (await AwsAsync("codepipeline", "get-pipeline-state", "--name", pipeline)).ToJsonString();

    /// <summary>Name of what a stack made under this logical id.</summary>
    public async Task<string> PhysicalNameAsync(string stack, string logicalId)
    {
        var answer = await AwsAsync(
            "cloudformation",
            "describe-stack-resources",
            "--stack-name",
            stack,
            "--logical-resource-id",
            logicalId
        );
        return ((string)answer["StackResources"]![0]!["PhysicalResourceId"]!).Split('/')[^1];
    }

    /// <summary>The versions of the pipeline's package, newest first.</summary>
    public async Task<IReadOnlyList<string>> PackageVersionsAsync(string pipeline)
    {
        var answer = await AwsAsync(
            "s3api",
            "list-object-versions",
            "--bucket",
            AssetsBucket,
            "--prefix",
            $"mlops_provisioned_pipelines/{pipeline}/"
        );
        return [.. (answer["Versions"]?.AsArray() ?? []).Select(version => (string)version!["VersionId"]!)];
    }

    public static async Task<JsonNode> JsonAsync(HttpResponseMessage answer) =>
        JsonNode.Parse(await answer.Content.ReadAsStringAsync())
        ?? throw new JsonException("The answer has no content.");

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (!Process.Process.HasExited)
        {
            await Process.SignalAsync("INT");
            await Process.ExitAsync(TimeSpan.FromSeconds(30));
        }

        await Process.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
