using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mlops.Bench;
using Mlops.Infra.Publishing;
using Mlops.Provisioning;
using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Images;
using Mlops.Provisioning.Requests;
using Spectre.Console;

// Usage: bench/run [cold rounds] [warm rounds]. Prints the bars of docs/benchmarks.md as measured on this machine now.
var root = Environment.GetEnvironmentVariable("MLOPS_ROOT") ?? Directory.GetCurrentDirectory();
var rounds = (
    Cold: args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 21,
    Warm: args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 300
);
using var time = new CancellationTokenSource(TimeSpan.FromMinutes(10));

var packages = await LambdaPublisher.PublishAsync(
    new LambdaPublishing
    {
        RepositoryRoot = root,
        ForLocal = true,
        Tell = Console.Error.WriteLine,
    },
    time.Token
);
var folder = Directory.CreateTempSubdirectory("mlops-bench-");
await ZipFile.ExtractToDirectoryAsync(packages.Orchestrator.ZipPath, folder.FullName, time.Token);
await using var aws = await InstantAws.StartAsync();

var example = Path.Combine(root, "blueprints", "realtime-inference", "examples", "byom_realtime_builtin.json");
var request = JsonNode.Parse(await File.ReadAllTextAsync(example, time.Token))!;
var environment = Settings(aws.Url);

var bootstrap = Path.Combine(folder.FullName, "bootstrap");
var ours = new Measured(bootstrap, [], environment, Event);
var theirs = new Measured(
    "python3",
    [
        Path.Combine(root, "bench", "predecessor.py"),
        Path.Combine(root, "blueprints", "realtime-inference", "template.yaml"),
    ],
    environment,
    Event
);
var byCount = new SortedDictionary<int, Measured>
{
    [1] = new(bootstrap, [], environment, Event),
    [11] = new(bootstrap, [], environment, Event),
    [50] = new(bootstrap, [], environment, Event),
};
await ours.WarmAsync(rounds.Warm, time.Token);

// In turn, so that a machine whose speed drifts is as fast for each.
for (var round = 0; round < rounds.Cold; round++)
{
    await ours.ColdAsync(time.Token);
    await theirs.ColdAsync(time.Token);
}

var blueprints = Path.Combine(folder.FullName, "blueprints");
for (var round = 0; round < rounds.Cold; round++)
{
    foreach (var (count, measured) in byCount)
    {
        ManyBlueprints.Make(blueprints, Path.Combine(root, "blueprints", "realtime-inference"), count);
        await measured.ColdAsync(time.Token);
    }
}

folder.Delete(recursive: true);

var cold = Measured.Median(ours.Cold);
var predecessor = Measured.Median(theirs.Cold);
var table = new Table().AddColumns("what", "measured (median)", "bar");
table.AddRow("cold start, process start to first provision", $"{cold:0.0} ms", "60 ms or less");
table.AddRow("the same, predecessor's handler stand-in", $"{predecessor:0.0} ms", "");
table.AddRow(
    "cold start with 1, 11 and 50 blueprints",
    string.Join(", ", byCount.Values.Select(measured => $"{Measured.Median(measured.Cold):0.0} ms")),
    "50 not 20 % above 1"
);
table.AddRow("times faster", $"{predecessor / cold:0.0}", "10 or more");
table.AddRow(
    "warm provision with its calls, to an AWS that answers at once",
    $"{Measured.Median(ours.Warm):0.00} ms",
    ""
);
table.AddRow("warm provision without its calls", $"{Measured.Median(Plan()):0.00} ms", "1 ms or less");
foreach (
    var (name, package) in new[]
    {
        ("Orchestrator", packages.Orchestrator),
        ("DeploymentFlow", packages.DeploymentFlow),
    }
)
{
    var megabytes = new FileInfo(package.ZipPath).Length / 1e6;
    table.AddRow($"zip of {name} ({package.Runtime}, {package.Architecture})", $"{megabytes:0.00} MB", "8 MB or less");
}

AnsiConsole.Write(table);
return
    cold <= 60
    && predecessor / cold >= 10
    && Measured.Median(byCount[50].Cold) <= Measured.Median(byCount[1].Cold) * 1.2
    ? 0
    : 1;

// Everything but the calls to AWS: read, validate, map, package, define.
List<double> Plan()
{
    var planner = new RequestPlanner(
        new RequestValidator(BlueprintCatalog.Open(Path.Combine(root, "blueprints")), new ImageCatalog()),
        ProvisioningSettings.Read(environment.GetValueOrDefault)
    );
    var elapsed = new List<double>();
    for (var i = 0; i < 2000; i++)
    {
        request["model_name"] = $"bench-{i}";
        var body = Encoding.UTF8.GetBytes(request.ToJsonString());
        var began = Stopwatch.GetTimestamp();
        _ = planner.Plan(body, out _) ?? throw new InvalidOperationException("The example is refused.");
        elapsed.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
    }

    return elapsed;
}

// Every event asks for another model: a package that has to be built, uploaded and delivered by a new pipeline.
string Event(int number)
{
    request["model_name"] = $"bench-{number}";
    return new JsonObject
    {
        ["resource"] = "/provisionpipeline",
        ["path"] = "/provisionpipeline",
        ["httpMethod"] = "POST",
        ["headers"] = new JsonObject { ["Content-Type"] = "application/json" },
        ["requestContext"] = new JsonObject { ["requestId"] = $"bench-{number}" },
        ["body"] = request.ToJsonString(),
        ["isBase64Encoded"] = false,
    }.ToJsonString();
}

static Dictionary<string, string> Settings(string aws) =>
    new()
    {
        ["AWS_ENDPOINT_URL"] = aws,
        ["AWS_REGION"] = "us-east-1",
        ["AWS_DEFAULT_REGION"] = "us-east-1",
        ["AWS_ACCESS_KEY_ID"] = "bench",
        ["AWS_SECRET_ACCESS_KEY"] = "bench",
        ["AWS_LAMBDA_FUNCTION_NAME"] = "bench",
        ["AWS_LAMBDA_FUNCTION_VERSION"] = "$LATEST",
        ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = "512",
        [DeploymentEnvironment.DeploymentName] = "mlops-bench",
        [DeploymentEnvironment.AccountMode] = "single",
        [DeploymentEnvironment.Targets] = JsonSerializer.Serialize(
            new[] { new { name = "pipeline", accountId = "123456789012" } }
        ),
        [DeploymentEnvironment.AssetsBucket] = "bench-assets",
        [DeploymentEnvironment.ArtifactBucket] = "bench-artifacts",
        [DeploymentEnvironment.ArtifactKeyArn] =
            "arn:aws:kms:us-east-1:123456789012:key/00000000-0000-4000-8000-000000000000",
        [DeploymentEnvironment.PipelineRoleArn] =
            "arn:aws:iam::123456789012:role/mlops-orchestrator/mlops-bench-pipeline",
        [DeploymentEnvironment.DeploymentFlowFunction] = "mlops-bench-deployment-flow",
        [DeploymentEnvironment.NotificationsTopicArn] = "arn:aws:sns:us-east-1:123456789012:mlops-bench",
        [DeploymentEnvironment.EcrRepositoryArn] = "arn:aws:ecr:us-east-1:123456789012:repository/mlops-bench",
        [DeploymentEnvironment.Partition] = "aws",
    };
