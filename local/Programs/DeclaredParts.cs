using System.Text.Json.Nodes;
using Mlops.Infra.Publishing;
using Mlops.Local.Api;
using Mlops.Local.Events;
using Mlops.Local.Functions;
using Mlops.Local.Processes;
using Mlops.Local.Stacks;
using Mlops.Local.Stacks.Wire;

namespace Mlops.Local.Programs;

/// <summary>What of the created resources the parts that we play ourselves have to carry out: functions, rules, the API.</summary>
public sealed class DeclaredParts(IReadOnlyCollection<CreatedResource> created, LambdaPackages packages)
{
    private const string Function = "aws:lambda/function:Function";

    /// <summary>The functions, each with the built package whose hash it declares.</summary>
    public IEnumerable<FunctionDeclaration> Functions => Of(Function).Select(Declaration);

    /// <summary>Registers every event rule.</summary>
    public void RegisterRules(EventBus bus)
    {
        // What starts a pipeline on commits is played by the emulator of CodePipeline, which watches the repository.
        foreach (
            var rule in Of("aws-native:events:Rule")
                .Where(rule => (string?)rule.Declared["State"] != "DISABLED" && !StartsPipeline(rule))
        )
        {
            var pattern =
                rule.Declared["EventPattern"]
                ?? throw new StartFailedException(
                    $"Event rule {rule.Name} has no EventPattern: local has no schedules."
                );
            bus.RegisterRule(
                (string)rule.Declared["Name"]!,
                (string)rule.State["arn"]!,
                pattern is JsonValue text ? text.ToString() : pattern.ToJsonString(),
                [.. (rule.Declared["Targets"] as JsonArray ?? []).Select(target => Target(target!))],
                new RuleBus(rule.Account.AccountId, (string?)rule.Declared["EventBusName"] ?? "default")
            );
        }
    }

    private static bool StartsPipeline(CreatedResource rule) =>
        (rule.Declared["Targets"] as JsonArray ?? []).Any(target =>
            ((string?)target!["Arn"])?.Split(':') is [_, _, "codepipeline", ..]
        );

    /// <summary>Makes the pipelines that the program declares, at the emulator.</summary>
    /// <exception cref="StartFailedException">It refuses one.</exception>
    public async Task CreatePipelinesAsync(LocalAws aws, CancellationToken cancellationToken)
    {
        foreach (var pipeline in Of("aws-native:codepipeline:Pipeline"))
        {
            var declared = pipeline.Declared.DeepClone().AsObject();
            // A parameter of its own in CodePipeline's API.
            var tags = declared["Tags"]?.DeepClone() ?? new JsonArray();
            declared.Remove("Tags");
            try
            {
                await aws.JsonAsync(
                    pipeline.Account,
                    "codepipeline",
                    "CodePipeline_20150709.CreatePipeline",
                    new JsonObject { ["pipeline"] = Spelled(declared), ["tags"] = Spelled(tags) },
                    cancellationToken
                );
            }
            catch (AwsCallException refusal)
            {
                throw new StartFailedException($"The pipeline {pipeline.Id} was refused: {refusal.Message}", refusal);
            }
        }
    }

    /// <summary>As CodePipeline's API spells it; an action's configuration has the action's own words.</summary>
    private static JsonNode? Spelled(JsonNode? value) =>
        value switch
        {
            JsonObject members => new JsonObject(
                members.Select(member =>
                    KeyValuePair.Create(
                        char.ToLowerInvariant(member.Key[0]) + member.Key[1..],
                        member.Key == "Configuration" ? member.Value?.DeepClone() : Spelled(member.Value)
                    )
                )
            ),
            JsonArray items => new JsonArray([.. items.Select(Spelled)]),
            _ => value?.DeepClone(),
        };

    /// <summary>The one API, at its one stage.</summary>
    public ApiFrontOptions Api(Uri awsEndpoint, int port)
    {
        var api = Of("aws-native:apigateway:RestApi").Single();
        var stage = Of("aws-native:apigateway:Stage").Single(stage => (string?)stage.Declared["RestApiId"] == api.Id);
        var body = api.Declared["Body"]!;
        return new ApiFrontOptions
        {
            Body = body is JsonValue text ? text.ToString() : body.ToJsonString(),
            Stage = (string)stage.Declared["StageName"]!,
            FunctionName = FunctionBehind(body),
            ApiId = api.Id,
            AccountId = api.Account.AccountId,
            Region = api.Account.Region,
            AwsEndpoint = awsEndpoint,
            Port = port,
        };
    }

    private FunctionDeclaration Declaration(CreatedResource function)
    {
        var declared = function.Declared;
        var hash = (string)declared["sourceCodeHash"]!;
        var package = new[] { packages.Orchestrator, packages.DeploymentFlow }.First(built =>
            built.Sha256Base64 == hash
        );
        var retries = Of("aws-native:lambda:EventInvokeConfig")
            .FirstOrDefault(config => FunctionName.Of((string)config.Declared["FunctionName"]!) == function.Id);
        return new FunctionDeclaration
        {
            Name = function.Id,
            ZipPath = package.ZipPath,
            SourceCodeHash = hash,
            Runtime = (string?)declared["runtime"] ?? package.Runtime,
            Handler = (string?)declared["handler"] ?? package.Handler,
            Timeout = TimeSpan.FromSeconds((int?)declared["timeout"] ?? 3),
            MemorySize = (int?)declared["memorySize"] ?? 128,
            LogGroup = (string?)declared["loggingConfig"]?["logGroup"],
            MaximumRetryAttempts = (int?)retries?.Declared["MaximumRetryAttempts"] ?? 2,
            Environment = (declared["environment"]?["variables"] as JsonObject ?? []).ToDictionary(
                variable => variable.Key,
                variable => variable.Value!.ToString()
            ),
        };
    }

    private static RuleTarget Target(JsonNode target)
    {
        var transformer = target["InputTransformer"];
        return new RuleTarget((string)target["Id"]!, (string)target["Arn"]!)
        {
            Input = (string?)target["Input"],
            InputPath = (string?)target["InputPath"],
            InputTemplate = (string?)transformer?["InputTemplate"],
            InputPathsMap = (transformer?["InputPathsMap"] as JsonObject ?? []).ToDictionary(
                path => path.Key,
                path => path.Value!.ToString()
            ),
        };
    }

    /// <summary>The function that the integrations name: <c>…:lambda:path/2015-03-31/functions/ARN/invocations</c>.</summary>
    private static string FunctionBehind(JsonNode body)
    {
        var document = body is JsonValue text ? JsonNode.Parse(text.ToString())! : body;
        var functions = document["paths"]!
            .AsObject()
            .SelectMany(path => path.Value!.AsObject())
            .Select(operation => (string?)(operation.Value as JsonObject)?["x-amazon-apigateway-integration"]?["uri"])
            .OfType<string>()
            .Select(uri => FunctionName.Of(uri.Split("/functions/")[^1].Split("/invocations")[0]))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        return functions is [var only]
            ? only
            : throw new StartFailedException(
                $"The declared API stands before {functions.Count} functions; local serves an API with one."
            );
    }

    private IEnumerable<CreatedResource> Of(string token) => created.Where(resource => resource.Token == token);
}
