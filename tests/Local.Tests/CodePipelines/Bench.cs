using System.IO.Compression;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Mlops.Local.CodePipelines;
using Mlops.Local.CodePipelines.Definitions;
using Mlops.Local.CodePipelines.Executions;
using Mlops.Local.Git;

namespace Mlops.Local.Tests.CodePipelines;

/// <summary>An emulator behind a web server of its own, with buckets, roles and functions, all under names nobody else has.</summary>
internal sealed class Bench : IAsyncDisposable
{
    public const string Account = "123456789012";

    private readonly WebApplication app;
    private readonly CodePipelineEmulator emulator;
    private readonly HttpClient http = new();

    private Bench(WebApplication app, CodePipelineEmulator emulator, ScriptedFunctions functions, RecordedEvents events)
    {
        (this.app, this.emulator, Functions, Events) = (app, emulator, functions, events);
        Endpoint = new Uri(
            app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()
        );
        Api = new CodePipelineApi(Endpoint);
        S3 = new AmazonS3Client(
            new BasicAWSCredentials("AKIATEST", "any"),
            new AmazonS3Config
            {
                ServiceURL = LocalAws.Endpoint.AbsoluteUri,
                AuthenticationRegion = "us-east-1",
                ForcePathStyle = true,
            }
        );
    }

    public string Id { get; } = Guid.NewGuid().ToString("n")[..8];

    public Uri Endpoint { get; }

    public CodePipelineApi Api { get; }

    public AmazonS3Client S3 { get; }

    public ScriptedFunctions Functions { get; }

    public RecordedEvents Events { get; }

    public string Pipeline => $"pipeline-{Id}";

    public string Stack => $"stack-{Id}";

    public string SourceBucket => $"source-{Id}";

    public string ArtifactBucket => $"artifacts-{Id}";

    public string PipelineRole => $"arn:aws:iam::{Account}:role/tests/pipeline-{Id}";

    public string StackRole => $"arn:aws:iam::{Account}:role/tests/stack-{Id}";

    public static async Task<Bench> StartAsync(
        TimeProvider? clock = null,
        Uri? states = null,
        IReadOnlyDictionary<string, GitRepository>? repositories = null
    )
    {
        var (functions, events) = (new ScriptedFunctions(), new RecordedEvents());
        var served = new CodePipelineEmulator(
            new CodePipelineEmulatorOptions(LocalAws.Endpoint, "us-east-1")
            {
                ContinuationDelay = TimeSpan.FromMilliseconds(20),
                StatesEndpoint = states,
                Repositories = repositories ?? new Dictionary<string, GitRepository>(),
            },
            functions,
            events,
            clock ?? TimeProvider.System
        );
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var host = builder.Build();
        host.Run(served.HandleAsync);
        await host.StartAsync();

        var bench = new Bench(host, served, functions, events);
        await bench.S3.PutBucketAsync(bench.ArtifactBucket);
        await bench.S3.PutBucketAsync(bench.SourceBucket);
        await bench.S3.PutBucketVersioningAsync(
            new PutBucketVersioningRequest
            {
                BucketName = bench.SourceBucket,
                VersioningConfig = new S3BucketVersioningConfig { Status = VersionStatus.Enabled },
            }
        );
        await bench.MakeRoleAsync(bench.PipelineRole, "codepipeline.amazonaws.com");
        await bench.MakeRoleAsync(bench.StackRole, "cloudformation.amazonaws.com");
        return bench;
    }

    /// <summary>Makes a role in the account of its ARN; <paramref name="trusted"/> is a service, or an account by its number.</summary>
    public async Task MakeRoleAsync(string arn, string trusted)
    {
        var parts = arn.Split(':')[5].Split('/');
        var trust = new JsonObject
        {
            ["Version"] = "2012-10-17",
            ["Statement"] = new JsonArray(
                new JsonObject
                {
                    ["Effect"] = "Allow",
                    ["Principal"] = trusted.All(char.IsAsciiDigit)
                        ? new JsonObject { ["AWS"] = $"arn:aws:iam::{trusted}:root" }
                        : new JsonObject { ["Service"] = trusted },
                    ["Action"] = "sts:AssumeRole",
                }
            ),
        };
        var key = await AccessKeyAsync(arn.Split(':')[4]);
        using var request = new HttpRequestMessage(HttpMethod.Post, LocalAws.Endpoint);
        request.Content = new FormUrlEncodedContent([
            new("Action", "CreateRole"),
            new("Version", "2010-05-08"),
            new("RoleName", parts[^1]),
            new("Path", $"/{string.Join('/', parts[1..^1])}/"),
            new("AssumeRolePolicyDocument", trust.ToJsonString()),
        ]);
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            $"AWS4-HMAC-SHA256 Credential={key}/20260101/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=0"
        );
        using var response = await http.SendAsync(request);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>A key whose calls happen in the account.</summary>
    private static async Task<string> AccessKeyAsync(string account)
    {
        if (account == Account)
        {
            return "AKIATEST";
        }

        using var sts = new AmazonSecurityTokenServiceClient(
            new BasicAWSCredentials("AKIATEST", "any"),
            new AmazonSecurityTokenServiceConfig
            {
                ServiceURL = LocalAws.Endpoint.AbsoluteUri,
                AuthenticationRegion = "us-east-1",
            }
        );
        var assumed = await sts.AssumeRoleAsync(
            new AssumeRoleRequest { RoleArn = $"arn:aws:iam::{account}:role/any", RoleSessionName = "tests" }
        );
        return assumed.Credentials.AccessKeyId;
    }

    public bool TimeOutApprovals(string pipeline) => emulator.TimeOutApprovals(pipeline);

    /// <summary>Uploads a package and returns its version.</summary>
    public async Task<string> UploadAsync(params (string Name, string Text)[] files)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in files)
            {
                using var writer = new StreamWriter(zip.CreateEntry(name).Open());
                await writer.WriteAsync(text);
            }
        }

        bytes.Position = 0;
        var put = await S3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = SourceBucket,
                Key = "template.zip",
                InputStream = bytes,
            }
        );
        return put.VersionId;
    }

    /// <summary>Puts a pipeline there that nothing has started, without a word to anybody.</summary>
    public void Add(JsonObject definition, IReadOnlyDictionary<string, string> tags)
    {
        var pipeline = new Pipeline(
            Account,
            "us-east-1",
            DeclarationReader.Read(definition, version: 1),
            DateTimeOffset.UnixEpoch
        );
        foreach (var (key, value) in tags)
        {
            pipeline.Tags[key] = value;
        }

        Assert.That(emulator.Store.TryAdd(pipeline), Is.True, pipeline.Name);
    }

    public async Task<string> CreateAsync(JsonObject definition)
    {
        await Api.CallAsync("CreatePipeline", new JsonObject { ["pipeline"] = definition.DeepClone() });
        return (await ExecutionsAsync())[0]["pipelineExecutionId"]!.GetValue<string>();
    }

    public Task<JsonObject> StateAsync() => Api.CallAsync("GetPipelineState", new JsonObject { ["name"] = Pipeline });

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<JsonNode>> ExecutionsAsync()
    {
        var list = await Api.CallAsync("ListPipelineExecutions", new JsonObject { ["pipelineName"] = Pipeline });
        return [.. list["pipelineExecutionSummaries"]!.AsArray().Select(one => one!)];
    }

    /// <summary>The state of the latest execution of an action.</summary>
    public async Task<JsonObject> ActionAsync(string stage, string action)
    {
        var state = await StateAsync();
        return state["stageStates"]!.AsArray().First(one => one!["stageName"]!.ToString() == stage)!["actionStates"]!
            .AsArray()
            .First(one => one!["actionName"]!.ToString() == action)!
            .AsObject();
    }

    /// <summary>Waits until an execution is over and returns its status.</summary>
    public async Task<string> EndAsync(string executionId)
    {
        var status = "";
        await UntilAsync(async () =>
        {
            var executions = await ExecutionsAsync();
            status = executions.First(one => one["pipelineExecutionId"]!.ToString() == executionId)[
                "status"
            ]!.ToString();
            return status is not ("InProgress" or "Stopping");
        });
        return status;
    }

    public static async Task UntilAsync(Func<Task<bool>> reached)
    {
        var limit = DateTime.UtcNow.AddSeconds(30);
        while (!await reached())
        {
            Assert.That(DateTime.UtcNow, Is.LessThan(limit), "it did not come about within 30 seconds");
            await Task.Delay(20);
        }
    }

    public Task SucceedAsync(JsonObject job, JsonObject? more = null) =>
        Api.CallAsync("PutJobSuccessResult", With(more ?? [], "jobId", job["id"]!.DeepClone()));

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await emulator.DisposeAsync();
        await app.DisposeAsync();
        Api.Dispose();
        S3.Dispose();
        http.Dispose();
    }

    private static JsonObject With(JsonObject body, string name, JsonNode value)
    {
        body[name] = value;
        return body;
    }
}
