using System.IO.Compression;
using System.Text.Json.Nodes;
using Mlops.Native.Tests.Support;
using Mlops.Provisioning.Tests.Fakes;

namespace Mlops.Native.Tests;

/// <summary>DeploymentFlow as it is shipped carries out a committed file: all of it is compiled ahead of time, and its blueprints are there.</summary>
public sealed class ConfigBinaryTests
{
    private const string Origin = "connection:me/models@main:mlops-config.json";
    private const string Example = "blueprints/realtime-inference/examples/byom_realtime_builtin.json";
    private EmptyAws aws = null!;
    private NativeFunction flow = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        var bootstrap = Packages.Bootstrap(packages => packages.DeploymentFlow);
        aws = await EmptyAws.StartAsync();
        flow = await NativeFunction.StartAsync(bootstrap, aws.Url, Deployments.Environment());
    }

    [OneTimeTearDown]
    public async Task End()
    {
        await (flow?.DisposeAsync() ?? default);
        await (aws?.DisposeAsync() ?? default);
    }

    [Test]
    public async Task A_commit_makes_its_pipelines_and_the_job_is_answered_with_a_summary()
    {
        var before = aws.Calls.Count;

        await ApplyAsync(Request("a"), Request("b"));

        var answer = aws.Of("PutJobSuccessResult", before).Single();
        Assert.That((string?)answer["jobId"], Is.EqualTo("job-1"));
        Assert.That(
            (string?)answer["executionDetails"]!["summary"],
            Is.EqualTo("2 made, 0 updated, 0 unchanged, 0 being taken down; revision 1f2e3d")
        );
        var made = aws.Of("CreatePipeline", before);
        Assert.That(
            made.Select(one => (string?)one["pipeline"]!["name"]),
            Is.EqualTo(["mlops-pipeline-a-byompipelinerealtimebuiltin", "mlops-pipeline-b-byompipelinerealtimebuiltin"])
        );
        Assert.That(
            made[0]["tags"]!.AsArray().Select(tag => $"{tag!["key"]}={tag["value"]}"),
            Does.Contain($"mlops:origin={Origin}").And.Contain("mlops:revision=1f2e3d")
        );
    }

    [Test]
    public async Task A_wrong_file_is_answered_with_line_and_column_and_nothing_is_written()
    {
        var before = aws.Calls.Count;
        var wrong = Request("b");
        wrong["inference_instance"] = "m5.large";

        await ApplyAsync(Request("a"), wrong);

        Assert.That(
            (string?)aws.Of("PutJobFailureResult", before).Single()["failureDetails"]!["message"],
            Does.StartWith("Nothing was changed.\nmlops-config.json:18:29: MLP014 /pipelines/1/inference_instance: ")
        );
        Assert.That(aws.Of("CreatePipeline", before), Is.Empty);
        Assert.That(aws.Calls.Skip(before).Select(one => one.Call), Has.None.StartsWith("PUT "));
    }

    [Test]
    public async Task When_its_time_runs_short_it_goes_on_with_the_next_invocation_and_counts_what_both_have_made()
    {
        // With the pause after each pipeline, more than fits into the first invocation, which keeps 5 s for its answer.
        const int count = 14;
        var before = aws.Calls.Count;
        await PutAsync([.. Enumerable.Range(0, count).Select(number => Request($"slow-{number}"))]);

        await flow.InvokeAsync(Job(), TimeSpan.FromSeconds(7));

        var first = aws.Of("PutJobSuccessResult", before).Single();
        var token = (string?)first["continuationToken"];
        var made = aws.Of("CreatePipeline", before).Count;
        Assert.That(token, Is.Not.Null.And.Not.Empty, first.ToJsonString());
        Assert.That(made, Is.InRange(1, count - 1));

        await flow.InvokeAsync(Job(token));

        var last = aws.Of("PutJobSuccessResult", before)[^1];
        Assert.That(last["continuationToken"], Is.Null);
        // One whose answer came when the time was up was made and is not known to be: the next finds it unchanged.
        Assert.That(
            (string?)last["executionDetails"]!["summary"],
            Is.EqualTo($"{count} made, 0 updated, 0 unchanged, 0 being taken down; revision 1f2e3d")
                .Or.EqualTo($"{count - 1} made, 0 updated, 1 unchanged, 0 being taken down; revision 1f2e3d")
        );
        Assert.That(
            aws.Of("CreatePipeline", before).Select(one => (string?)one["pipeline"]!["name"]),
            Is.EquivalentTo(
                Enumerable.Range(0, count).Select(number => $"mlops-pipeline-slow-{number}-byompipelinerealtimebuiltin")
            ),
            "each once"
        );
    }

    /// <summary>Everything is judged and planned before the first pipeline is made: that is when memory is needed.</summary>
    [Test]
    public async Task A_thousand_requests_need_less_than_128_MB()
    {
        await using var alone = await NativeFunction.StartAsync(
            Packages.Bootstrap(packages => packages.DeploymentFlow),
            aws.Url,
            Deployments.Environment()
        );
        var before = aws.Calls.Count;
        await PutAsync([.. Enumerable.Range(0, 1000).Select(number => Request($"many-{number}"))]);

        var running = alone.InvokeAsync(Job());
        while (!running.IsCompleted && aws.Of("CreatePipeline", before).Count < 5)
        {
            await Task.Delay(50);
        }

        var used = alone.LargestResidentSet;
        await TestContext.Out.WriteLineAsync($"1,000 requests: {used / 1e6:0} MB");
        Assert.That(running.IsCompleted, Is.False, "it goes on for minutes, with a pause after each pipeline");
        Assert.That(used, Is.LessThan(128_000_000));
    }

    private async Task ApplyAsync(params JsonNode[] requests)
    {
        await PutAsync(requests);
        var answer = await flow.InvokeAsync(Job());
        Assert.That(answer.IsError, Is.False, answer.Body);
    }

    private async Task PutAsync(params JsonNode[] requests)
    {
        var config = new JsonObject { ["pipelines"] = new JsonArray(requests) };
        using var artifact = new MemoryStream();
        await using (var zip = new ZipArchive(artifact, ZipArchiveMode.Create, leaveOpen: true))
        {
            await using var file = new StreamWriter(await zip.CreateEntry("mlops-config.json").OpenAsync());
            await file.WriteAsync(config.ToJsonString(new() { WriteIndented = true }));
        }

        aws.Objects["mlops-dev-artifacts/config/1"] = artifact.ToArray();
    }

    private static JsonObject Request(string model)
    {
        var request = JsonNode.Parse(File.ReadAllText(Path.Combine(Packages.Root, Example)))!.AsObject();
        request["model_name"] = model;
        return request;
    }

    private static string Job(string? continuation = null)
    {
        var parameters = new JsonObject
        {
            ["duty"] = "Apply",
            ["target"] = "",
            ["stack"] = "",
            ["parameterFile"] = "mlops-config.json",
            ["source"] = Origin,
            ["revision"] = "1f2e3d",
        };
        var place = new JsonObject { ["bucketName"] = "mlops-dev-artifacts", ["objectKey"] = "config/1" };
        var data = new JsonObject
        {
            ["actionConfiguration"] = new JsonObject
            {
                ["configuration"] = new JsonObject { ["UserParameters"] = parameters.ToJsonString() },
            },
            ["inputArtifacts"] = new JsonArray(
                new JsonObject
                {
                    ["name"] = "Config",
                    ["location"] = new JsonObject { ["type"] = "S3", ["s3Location"] = place },
                }
            ),
            ["artifactCredentials"] = new JsonObject
            {
                ["accessKeyId"] = "job",
                ["secretAccessKey"] = "job",
                ["sessionToken"] = "job",
            },
        };
        if (continuation is not null)
        {
            data["continuationToken"] = continuation;
        }

        return new JsonObject
        {
            ["CodePipeline.job"] = new JsonObject { ["id"] = "job-1", ["data"] = data },
        }.ToJsonString();
    }
}
